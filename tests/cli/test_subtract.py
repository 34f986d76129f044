"""The subtraction list as a person works with it."""

import json
from pathlib import Path

import pytest

from valuestream.model.scenarios import applied
from valuestream.model.stream import Scenario
from valuestream.review.subtraction import subtractions
from valuestream.templates import templates
from valuestream.text import load, parse

DESK = """\
# The desk.
stream: Desk
steps:
  - {step: Ask, work: 2 min, by: Desk}
  # a copy for nobody
  - {step: Copy, work: 3 min, wait: 8 min, by: Desk}
  - {step: Key, work: 4 min, wait: 1 min, by: Desk, value: Has the key}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    path = tmp_path / "desk.stream.yaml"
    path.write_text(DESK)
    return path


def test_the_list_begins_with_what_loses_nothing(run, desk):
    shown = run("subtract", desk.name)
    assert shown.returncode == 0, shown.stderr
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert lines[1] == ["Loses", "nothing"]
    assert lines[2][:7] == ["1", "without", "Copy", "11", "min", "3", "min"]
    assert "Loses the value: Has" in shown.stdout
    assert "saved a case, as declared" in shown.stdout


def test_a_row_is_written_as_a_scenario_and_comments_stay(run, desk):
    rows = json.loads(run("subtract", desk.name, "--format", "json").stdout)
    shown = run("subtract", desk.name, "--write", "1")
    assert shown.stdout == "wrote the scenario 'without Copy' into desk.stream.yaml\n"
    assert desk.read_text().startswith(DESK)
    stream = load(desk)
    assert stream.scenarios["without Copy"] == Scenario.model_validate(rows[0]["scenario"])
    assert [step.step for step in applied(stream, "without Copy").steps] == ["Ask", "Key"]


def test_a_scenario_of_that_name_is_not_overwritten(run, desk):
    assert run("subtract", desk.name, "--write", "1", "--name", "less").returncode == 0
    again = run("subtract", desk.name, "--write", "2", "--name", "less")
    assert again.returncode == 1
    assert "has a scenario named 'less' already; give another with --name" in again.stderr
    assert list(load(desk).scenarios) == ["less"]


def test_a_row_that_is_not_there_is_said(run, desk):
    shown = run("subtract", desk.name, "--write", "99")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "there is no row 99: the list has" in shown.stderr


def test_measured_on_a_log_it_says_on_how_many_cases(run, desk):
    log = "case,activity,start,end\n" + "".join(
        f"{n},{step},2026-01-05T10:{at:02}:00Z,2026-01-05T10:{at + 3:02}:00Z\n"
        for n in range(4)
        for step, at in (("Ask", 0), ("Copy", 10), ("Key", 30))
    )
    desk.with_name("log.csv").write_text(log)
    shown = run("subtract", desk.name, "--events", "log.csv")
    assert "without Copy" in shown.stdout
    assert "measured on 4 cases" in shown.stdout


def test_a_stream_of_one_step_without_figures_has_nothing_to_take_away(run, tmp_path):
    (tmp_path / "one.stream.yaml").write_text("stream: One\nsteps:\n  - step: A\n")
    shown = run("subtract", "one.stream.yaml")
    assert shown.returncode == 0
    assert shown.stdout.startswith("nothing to take away is known")


@pytest.mark.parametrize("template", templates())
def test_every_row_of_every_template_can_be_written_and_read_back(template):
    from valuestream.text.edit import AddKey, apply

    document = parse(template.text if hasattr(template, "text") else template.read_text())
    for row in subtractions(document.stream):
        data = row.scenario.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        after = apply(document, AddKey(("scenarios", row.title), data))
        assert after.findings == ()
        assert after.stream.scenarios[row.title] == row.scenario
