"""`valuestream goals` as a person runs it."""

import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from valuestream.cli import main

sys.path.append(str(Path(__file__).parents[1] / "goals"))

from weeks_made import goals, lay

WAIT = "measure: repair-shop / Repair / wait_time.mean"


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """The command in this process: most of a run of its own would be its start."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")

    def run_command(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["valuestream", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(ended.value.code or 0, *capsys.readouterr())

    return run_command


@pytest.fixture
def shop(tmp_path):
    lay(tmp_path, lambda week: 100 - 2 * week)
    aim = f"{WAIT}, from: 100 min, to: 60 min, start: 2026-01-05, by: 2026-06-28"
    goals(tmp_path, aim, more="owner: <b>Workshop</b>\n")
    return tmp_path


def test_goals_are_shown_written_and_printed(run, shop):
    shown = run("goals", ".", "--as-of", "2026-05-31", "-o", "goals.html", "--format", "json")
    assert shown.returncode == 0, shown.stderr
    (objective,) = json.loads(shown.stdout)["objectives"]
    assert objective["state"] == "on track"
    page = (shop / "goals.html").read_text()
    assert "&lt;b&gt;Workshop" in page
    assert "on track" in page
    assert not re.search(r"<script|src=|href=\"http|@import|url\((?!data:)", page)
    text = run("goals", "--as-of", "2026-05-31")
    assert "● on track" in text.stdout
    assert "1 h 3 min" in text.stdout
    assert all(len(line) <= 80 for line in text.stdout.splitlines())


def test_a_key_result_of_words_is_refused_with_status_1(run, shop):
    goals(shop, "measure: happy riders, to: 3")
    shown = run("goals", "--as-of", "2026-05-31")
    assert shown.returncode == 1
    assert "VS057" in shown.stdout
    assert "received.every" in re.sub(r"\s+", " ", shown.stdout)


def test_a_folder_without_goals_and_a_day_that_is_none_say_what_to_do(run, tmp_path):
    lay(tmp_path, lambda _: 60, weeks=2)
    without = run("goals")
    assert (without.returncode, "goals suggest" in without.stderr) == (1, True)
    wrong = run("goals", ".", "--as-of", "soon")
    assert (wrong.returncode, "2026-01-31" in wrong.stderr) == (1, True)
    lost = run("goals", "nowhere")
    assert (lost.returncode, "nowhere is not there" in lost.stderr) == (1, True)


def test_goals_at_fault_are_said_and_end_with_status_1(run, shop):
    (shop / "bad.goals.yaml").write_text("objective: O\nkey results: [{measure: x}]\n")
    shown = run("goals", "--as-of", "2026-05-31")
    assert shown.returncode == 1
    assert "bad.goals.yaml:2:" in shown.stderr
    assert "● on track" in shown.stdout


def test_suggestions_are_written_once(run, shop):
    arguments = ("goals", "suggest", "repair.stream.yaml", "-o", "new.goals.yaml")
    wrote = run(*arguments)
    assert wrote.returncode == 0, wrote.stderr
    assert "promise.kept" in (shop / "new.goals.yaml").read_text()
    again = run(*arguments)
    assert (again.returncode, "is there already" in again.stderr) == (1, True)
