"""A workspace as a whole, from the command line."""

import csv
import io
import json
from subprocess import CompletedProcess

import pytest

from valuestream.cli import main

DESK = """\
stream: Desk
customer: Guest
steps:
  - step: Greet
    process: Front office
    value: Is known
  - step: Key
    value: Has the key
"""
WORK = """\
stream: Work
kind: developmental
customer: Guest
steps:
  - step: Do
    develops: Desk / Greet
"""
SHARED = """\
workspace: Grand Hotel
processes:
  Front office: Reception of guests
  Laundry: {capability: Care of rooms, owner: Housekeeper}
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """The command in this process: many runs, and one start of Python."""

    def run_here(*arguments: str) -> CompletedProcess[str]:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", ["valuestream", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return CompletedProcess(arguments, int(ended.value.code or 0), said.out, said.err)

    return run_here


@pytest.fixture
def hotel(tmp_path):
    folder = tmp_path / "hotel"
    folder.mkdir()
    (folder / "valuestream.yaml").write_text(SHARED)
    (folder / "desk.stream.yaml").write_text(DESK)
    (folder / "work.stream.yaml").write_text(WORK)
    return folder


@pytest.mark.parametrize("what", ["hotel", "hotel/desk.stream.yaml"])
def test_the_workspace_is_drawn_from_its_folder_or_a_stream(run, hotel, tmp_path, what):
    drawn = run("draw", what, "--view", "system", "-o", "s.svg")
    assert drawn.returncode == 0, drawn.stderr
    svg = (tmp_path / "s.svg").read_text()
    assert all(name in svg for name in ("Grand Hotel", "Desk", "Work", "Guest"))


def test_one_with_faults_is_drawn_faded_and_named(run, hotel, tmp_path):
    (hotel / "half.stream.yaml").write_text("stream: Half written\nstepps: []\n")
    drawn = run("draw", "hotel", "--view", "system", "-o", "s.svg")
    assert drawn.returncode == 0
    assert "half.stream.yaml" in drawn.stderr
    assert "Half written" in (tmp_path / "s.svg").read_text()


def test_a_log_that_cannot_be_read_leaves_its_stream_unmeasured(run, hotel, tmp_path):
    (hotel / "stays.csv").write_text("nothing,of,use\n1,2,3\n")
    (hotel / "desk.stream.yaml").write_text(DESK + "log: stays.csv\n")
    drawn = run("draw", "hotel", "--view", "system", "-o", "s.svg")
    assert drawn.returncode == 0, drawn.stderr
    assert "Desk: " in drawn.stderr
    assert "nothing is measured" in drawn.stderr


def test_improvements_are_a_stream_of_the_workspace(run, hotel, tmp_path):
    (hotel / "improvements.jsonl").write_text(
        '{"time": "2026-03-01T09:00:00Z", "case": "k3f9q2bd", "activity": "accept", '
        '"resource": "Owner", "finding": "VS101", "place": "desk / key"}\n'
        '{"time": "2026-03-02T09:00:00Z", "case": "k3f9q2bd", "activity": "decide", "resource": "Owner"}\n'
        '{"time": "2026-03-05T09:00:00Z", "case": "k3f9q2bd", "activity": "roll-out", '
        '"resource": "Owner", "words": "Keys are cut at night"}\n'
    )
    drawn = run("draw", "hotel", "--view", "system", "-o", "s.svg")
    assert drawn.returncode == 0, drawn.stderr
    svg = (tmp_path / "s.svg").read_text()
    assert "Keys are cut at night" in svg
    assert "no developmental stream builds" not in svg
    assert "lead time" not in svg  # It is verified by nobody yet.


@pytest.mark.parametrize("command", [("draw", "--view", "system", "-o", "s.svg"), ("alignment",)])
def test_where_there_is_no_stream_it_says_how_to_begin(run, tmp_path, command):
    (tmp_path / "empty").mkdir()
    refused = run(command[0], "empty", *command[1:])
    assert refused.returncode == 1
    assert "holds no stream; write one with 'valuestream new NAME'" in refused.stderr
    refused = run(command[0], "elsewhere", *command[1:])
    assert refused.returncode == 1
    assert "is not there" in refused.stderr


def test_events_of_one_stream_are_not_those_of_all(run, hotel):
    refused = run("draw", "hotel", "--view", "system", "--events", "x.csv", "-o", "s.svg")
    assert refused.returncode == 1
    assert "each of a system is drawn with its own" in refused.stderr


def test_check_and_review_judge_a_stream_among_the_others(run, hotel):
    for command in (("check", "hotel"), ("review", "hotel/desk.stream.yaml")):
        found = json.loads(run(*command, "--format", "json").stdout)
        assert [(f["code"], f["step"]) for f in found if f["code"] > "VS7"] == [("VS701", "Key")]
    (hotel / "work.stream.yaml").write_text(WORK.replace("Desk / Greet", "Work"))
    found = json.loads(run("review", "hotel/work.stream.yaml", "--format", "json").stdout)
    assert {"VS702", "VS703"} <= {f["code"] for f in found}


def test_alignment_as_a_table_as_json_and_as_csv(run, hotel, tmp_path):
    shown = run("alignment", "hotel").stdout
    assert "2 processes serve 1 of 2 values" in shown
    assert "Values that no process serves: Desk / Key" in shown
    assert "Processes that serve no value: Laundry" in shown
    found = json.loads(run("alignment", "hotel", "--format", "json").stdout)
    assert found["processes_that_serve_none"] == ["Laundry"]
    assert found["processes"][1]["owner"] == "Housekeeper"
    rows = list(csv.reader(io.StringIO(run("alignment", "hotel", "--format", "csv").stdout)))
    assert rows[1] == ["Desk", "Greet", "Is known", "x", ""]
    assert run("alignment", "hotel", "-o", "a.csv").returncode == 0
    assert list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text()))) == rows


def test_alignment_is_drawn(run, hotel, tmp_path):
    for name, start in (("a.svg", b"<svg"), ("a.png", b"\x89PNG"), ("a.pdf", b"%PDF")):
        drawn = run("alignment", "hotel", "-o", name)
        assert drawn.returncode == 0, drawn.stderr
        assert (tmp_path / name).read_bytes().startswith(start)
    assert ".csv; name it so" in run("alignment", "hotel", "-o", "a.txt").stderr


def test_a_process_that_is_nearly_a_listed_one_is_named(run, hotel):
    (hotel / "desk.stream.yaml").write_text(DESK.replace("Front office", "Front ofice"))
    said = run("check", "hotel").stdout
    assert "VS070 the process 'Front ofice' is nearly 'Front office'" in said
    assert "VS070" in run("explain", "VS070").stdout
