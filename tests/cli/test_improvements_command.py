"""Improvements from the command line, as a person who reviews a stream goes on."""

import json
import os
import subprocess

import pytest

from valuestream.cli import main

STREAM = """\
stream: Hotel
customer: Guest
request: Arrival
outcome: Settled
steps:
  - step: Desk
    by: Reception
  - step: Room
    value: Sleeps well
"""
NO_VALUE = "VS101"


@pytest.fixture
def hotel(tmp_path, monkeypatch):
    """A workspace with a stream; git knows nobody here."""
    (tmp_path / "hotel.stream.yaml").write_text(STREAM)
    (tmp_path / "valuestream.yaml").write_text("workspace: Hotel\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    return tmp_path


@pytest.fixture
def improvements(hotel, monkeypatch, capsys):
    monkeypatch.chdir(hotel)

    def run_improvements(*arguments: str, fails: bool = False) -> str:
        monkeypatch.setattr("sys.argv", ["valuestream", "improvements", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert bool(ended.value.code) == fails, out + err
        return err if fails else out

    return run_improvements


def accepted(improvements) -> str:
    said = improvements("accept", "hotel.stream.yaml", "vs101", "--by", "Ana", "--on", "2026-01-05")
    assert f"is accepted: {NO_VALUE} at hotel / desk" in said
    return said.split()[0]


def test_from_a_finding_to_its_effect(improvements, hotel):
    assert "no improvements yet" in improvements()
    own = accepted(improvements)
    by = ("--by", "Ben [red]")
    improvements("decide", own[:4], *by, "--on", "2026-01-15")
    said = improvements(
        "roll-out", own, *by, "--on", "2026-02-01T09:00+01:00", "--note", "=A \x1b[31m"
    )
    assert f"next: valuestream improvements verify {own}" in said
    shown = improvements(".")
    assert "rolled out" in shown
    assert "\x1b[31m" not in shown
    last = json.loads(improvements("verify", own, *by, "--on", "2026-03-01", "--format", "json"))
    assert (last["state"], last["since"], last["owner"]) == (
        "verified",
        "2026-03-01T00:00:00Z",
        "Ana",
    )
    assert last["acts"][2] == {
        "act": "roll-out",
        "at": "2026-02-01T08:00:00Z",
        "by": "Ben [red]",
        "words": "=A \x1b[31m",
    }
    board = json.loads(improvements("--format", "json"))
    assert [i["id"] for i in board["improvements"]] == [own]
    assert board["faults"] == []
    measured = json.loads(improvements("measure", "--format", "json"))
    assert measured["finding_to_effect"]["p50"] == 55 * 86_400
    assert measured["figures"]["provenance"] == "measured"
    assert "the longest way is to 'Verify': median 27 d 16 h" in improvements("measure")


def test_what_cannot_be_accepted_is_refused_in_a_sentence(improvements, hotel):
    def refused(*arguments: str) -> str:
        said = improvements("accept", "hotel.stream.yaml", *arguments, "--by", "A", fails=True)
        assert len(said.splitlines()) == 1
        return said

    assert "no rule has the code 'VS10'" in refused("VS10")
    assert "finds no VS201 now; it finds VS101, VS103" in refused("VS201")
    assert "did you mean 'Desk'?" in refused(NO_VALUE, "--step", "Disk")
    assert "names no zone" in refused(NO_VALUE, "--on", "2026-01-01T10:00")
    assert "is no time" in refused(NO_VALUE, "--on", "2026-01-01T10:00+25:00")
    assert "is no time" in refused(NO_VALUE, "--on", "2026-02-30")
    assert "has not come yet" in refused(NO_VALUE, "--on", "2999-01-01")
    assert "2026-02-01 is after the acceptance" in refused(
        NO_VALUE, "--found", "2026-02-01", "--on", "2026-01-01"
    )
    assert not (hotel / "improvements.jsonl").exists()


def test_at_which_of_several_steps_is_asked_for(improvements, hotel):
    path = hotel / "hotel.stream.yaml"
    path.write_text(STREAM.replace("    value: Sleeps well\n", ""))
    said = improvements("accept", path.name, NO_VALUE, "--by", "A", fails=True)
    assert "VS101 is found at 'Desk', 'Room'; say which by --step" in said
    improvements("accept", path.name, NO_VALUE, "--by", "A", "--step", "room")


def test_nobody_is_invented(improvements, hotel):
    assert "--by NAME" in improvements("accept", "hotel.stream.yaml", NO_VALUE, fails=True)


def test_git_knows_who_works_here(run, improvements, hotel, monkeypatch):
    (hotel / "gitconfig").write_text("[user]\n\tname = Cleo\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(hotel / "gitconfig"))
    improvements("accept", "hotel.stream.yaml", NO_VALUE)
    assert json.loads((hotel / "improvements.jsonl").read_text())["resource"] == "Cleo"


def test_in_a_repository_it_says_how_two_branches_merge(run, hotel):
    def said(step: str) -> str:
        done = run("improvements", "accept", "hotel.stream.yaml", step, "--by", "A")
        assert done.returncode == 0, done.stderr
        return done.stderr

    subprocess.run(["git", "init", "-q"], cwd=hotel, check=True)
    assert "run 'valuestream git-setup'" in said(NO_VALUE)
    assert run("git-setup").returncode == 0
    assert "git-setup" not in said("VS103")


def test_broken_lines_are_named_on_standard_error_and_the_board_is_shown(run, improvements, hotel):
    own = accepted(improvements)
    with (hotel / "improvements.jsonl").open("a") as file:
        file.write('{"time": \n')
    shown = run("improvements")
    assert shown.returncode == 1
    assert own in shown.stdout
    assert "improvements.jsonl:2:1: error VS080" in shown.stderr
    as_json = run("improvements", "--format", "json")
    assert json.loads(as_json.stdout)["faults"][0]["code"] == "VS080"
    assert "What to do" in run("explain", "VS080").stdout
    checked = json.loads(run("check", ".", "--format", "json").stdout)
    assert ("VS080", "improvements.jsonl", 2) in {
        (f["code"], f["file"], f["line"]) for f in checked
    }


def test_a_renamed_step_is_named_by_check(run, improvements, hotel):
    accepted(improvements)
    path = hotel / "hotel.stream.yaml"
    path.write_text(STREAM.replace("step: Desk", "step: The desk"))
    said = run("check", ".").stdout
    assert "improvements.jsonl:1:1: warning VS087 'Hotel' has no step 'desk'" in said
    assert "VS087" in run("check", str(hotel)).stdout
    path.write_text(STREAM.replace("step: Desk", "step: The desk\n    id: desk"))
    assert "VS087" not in run("check", ".").stdout


def test_the_acts_are_an_event_log_that_any_command_reads(run, improvements, hotel):
    accepted(improvements)
    done = run("discover", "improvements.jsonl", "-o", "found.stream.yaml")
    assert done.returncode == 0, done.stderr
    assert 'step: "accept"' in (hotel / "found.stream.yaml").read_text()
