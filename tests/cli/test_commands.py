"""The commands as a newcomer runs them, in an empty folder."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from valuestream.cli.app import COMMANDS, main

STREAM = """\
stream: Desk
customer: Guest
request: Arrival
outcome: Settled
log: stays.csv
steps:
  - step: Check-in
    by: Reception
    value:
      receives: Has the key
      promise: within 10 min
      keep: 90 %
  - step: Room
    by: Housekeeping
    value: Sleeps well
"""
LOG = """\
case,activity,start,end,resource
1,Check-in,2026-01-05T10:00:00Z,2026-01-05T10:06:00Z,a
1,Room,2026-01-05T10:10:00Z,2026-01-05T10:12:00Z,b
2,Check-in,2026-01-05T11:00:00Z,2026-01-05T11:20:00Z,a
2,Room,2026-01-05T11:30:00Z,2026-01-05T11:31:00Z,a
2,Minibar,2026-01-05T12:30:00Z,2026-01-05T12:31:00Z,a
3,Check-in,,,a
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "stays.csv").write_text(LOG)
    path = tmp_path / "desk.stream.yaml"
    path.write_text(STREAM)
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_is_in_the_readme(run, command):
    shown = run(command, "--help")
    assert shown.returncode == 0
    assert f"Example: valuestream {command}" in shown.stdout
    assert f"valuestream {command}" in Path(__file__, "../../../README.md").resolve().read_text()


def test_help_lists_all_commands(run):
    shown = run("--help").stdout
    assert all(f"  {command}  " in shown for command in COMMANDS)


def test_a_wrong_option_is_a_fault_of_the_command_line(run):
    assert run("check", "--colour").returncode == 2
    assert run("nonsense").returncode == 2


def test_from_a_template_to_a_picture(run, tmp_path):
    made = run("new", "Front desk", "--template", "hotel-check-in")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "Front desk.stream.yaml").read_text().count("stream: Front desk") == 1
    assert run("check", ".").returncode == 0
    for ending, head in (("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        drawn = run("draw", "Front desk.stream.yaml", "-o", f"desk.{ending}")
        assert drawn.returncode == 0, drawn.stderr
        assert (tmp_path / f"desk.{ending}").read_bytes().lstrip().startswith(head)


def test_a_scenario_is_drawn_under_the_map(run, tmp_path):
    assert run("new", "desk", "--template", "hotel-check-in").returncode == 0
    second = ("desk.stream.yaml", "--scenario", "a second receptionist", "-o", "a.svg")
    drawn = run("draw", "--view", "map", *second)
    assert drawn.returncode == 0, drawn.stderr
    assert "FUTURE STATE: a second receptionist" in (tmp_path / "a.svg").read_text()
    assert "say --view map, too" in run("draw", *second).stderr


def test_new_overwrites_nothing(run, tmp_path):
    (tmp_path / "x.stream.yaml").write_text("mine")
    refused = run("new", "x")
    assert refused.returncode == 1
    assert "is there already" in refused.stderr
    assert (tmp_path / "x.stream.yaml").read_text() == "mine"


def test_templates_are_listed_with_their_names(run):
    listed = json.loads(run("templates", "--format", "json").stdout)
    assert {"hotel-check-in", "order-to-delivery", "blank"} <= {t["name"] for t in listed}
    assert run("templates").stdout.splitlines()[0].split()[0] in {t["name"] for t in listed}


def test_measure_prints_json_alone_on_standard_output(run, desk):
    measured = run("measure", desk.name, "--format", "json")
    figures = json.loads(measured.stdout)
    assert figures["cases"] == 2
    assert figures["unmapped"] == {"Minibar": 1}
    promise = figures["steps"][0]["promise"]
    assert {k: promise[k] for k in ("kept", "of", "target")} == {
        "kept": 0.5,
        "of": 2,
        "target": 0.9,
    }
    assert (promise["broken"], promise["undecided"]) == (1, 0)
    assert promise["low"] == pytest.approx(0.0945, abs=1e-4)  # Wilson, 1 of 2
    assert figures["handoffs"] == {"count": 1, "per_case": 0.5}
    assert "1 left out" in measured.stderr


def test_measure_as_a_table_and_with_the_whole_ledger(run, desk):
    measured = run("measure", desk.name, "--ledger")
    assert measured.returncode == 0, measured.stderr
    assert "lead time" in measured.stdout
    assert "Minibar (1)" in measured.stdout
    assert "row 6" in measured.stderr


def test_conformance_is_told_in_words_in_json_and_in_the_flow(run, desk, tmp_path):
    with (tmp_path / "stays.csv").open("a") as log:
        log.write("4,Check-in,2026-01-06T10:00:00Z,2026-01-06T10:06:00Z,a\n")
    told = run("measure", desk.name, "--also", "conformance").stdout
    assert "2 of 3 cases follow the stream to an end (67 %)" in told
    assert "Room skipped after Check-in," in " ".join(told.split())
    written = run("measure", desk.name, "--also", "conformance", "--format", "json").stdout
    found = json.loads(written)
    assert "conformance" not in found
    (deviation,) = found["also"]["conformance"]["deviations"]
    assert (deviation["what"], deviation["step"], deviation["examples"]) == (
        "skipped",
        "Room",
        ["4"],
    )
    assert found["also"]["conformance"]["fitness"] == pytest.approx((1 + 1 + 2 / 3) / 3)
    assert run("draw", desk.name, "--view", "flow", "-o", "flow.svg").returncode == 0
    assert "skipped by 33 %" in (tmp_path / "flow.svg").read_text()


def test_a_flow_that_no_case_leaves_by_an_end_is_drawn_and_says_so(run, desk, tmp_path):
    ways = STREAM.replace("    by: Reception", "    then: Room").replace(
        "    by: Housekeeping", "    then: Check-in"
    )
    desk.write_text(ways + "  - step: Leave\n    end: true\n")
    drawn = run("draw", desk.name, "--view", "flow", "-o", "flow.svg")
    assert drawn.returncode == 0
    assert "no case of" in drawn.stderr
    refused = run("measure", desk.name, "--also", "conformance")
    assert refused.returncode == 1
    assert "every way goes round in a circle" in refused.stderr


def test_without_a_log_measure_says_how_to_give_one(run, tmp_path):
    (tmp_path / "a.stream.yaml").write_text("stream: A\nsteps:\n  - step: B\n    value: C\n")
    refused = run("measure", "a.stream.yaml")
    assert refused.returncode == 1
    assert "--events" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_faults_of_a_text_are_told_with_their_place(run, tmp_path):
    (tmp_path / "a.stream.yaml").write_text("stream: A\nstpes: []\n")
    for command in (("check",), ("measure",), ("review",), ("draw", "-o", "a.svg")):
        told = run(command[0], "a.stream.yaml", *command[1:])
        assert told.returncode == 1
        assert "a.stream.yaml:2:1" in told.stdout + told.stderr
        assert "Traceback" not in told.stderr


def test_review_gives_findings_as_the_contract_says(run, desk):
    found = json.loads(run("review", desk.name, "--format", "json").stdout)
    keys = [
        "code",
        "severity",
        "message",
        "file",
        "line",
        "column",
        "step",
        "evidence",
        "costs",
        "suggestion",
    ]
    assert all(list(finding) == keys for finding in found)


def test_check_speaks_sarif(run, tmp_path):
    (tmp_path / "a.stream.yaml").write_text("stream: A\nsteps:\n  - step: B\n")
    sarif = json.loads(run("check", ".", "--format", "sarif").stdout)
    result = sarif["runs"][0]["results"][0]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["ruleId"], region["startLine"]) == ("VS101", 3) or region["startLine"] == 1


def test_report_is_one_page(run, desk, tmp_path):
    written = run("report", desk.name, "-o", "desk.html")
    assert written.returncode == 0, written.stderr
    assert "<svg" in (tmp_path / "desk.html").read_text()


def test_a_failed_write_leaves_what_was_there(run, desk, tmp_path):
    (tmp_path / "old.svg").write_text("old")
    desk.write_text("stream: A\nsteps: 3\n")
    assert run("draw", desk.name, "-o", "old.svg").returncode == 1
    assert (tmp_path / "old.svg").read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "desk.stream.yaml",
        "old.svg",
        "stays.csv",
    ]


def test_every_code_is_explained(run):
    assert "VS101" in run("explain", "vs101").stdout
    refused = run("explain", "VS3O1")
    assert refused.returncode == 1
    assert "VS301" in refused.stderr


def test_discover_writes_a_stream_that_checks(run, desk, tmp_path):
    made = run("discover", "stays.csv", "-o", "found.stream.yaml")
    assert made.returncode == 0, made.stderr
    assert run("check", "found.stream.yaml").returncode == 0
    assert "of the cases" in made.stderr


def test_discover_says_what_a_cover_is(run, desk):
    refused = run("discover", "stays.csv", "-o", "found.stream.yaml", "--cover", "a lot")
    assert refused.returncode == 1
    assert "--cover: 'a lot' is no share" in refused.stderr


def test_schema_is_a_json_schema(run):
    assert json.loads(run("schema").stdout)["properties"]["steps"]


def test_an_interrupted_command_says_so_by_its_status(desk, tmp_path):
    rows = "".join(
        f"{i},Check-in,2026-01-05T10:00:00Z,2026-01-05T10:06:00Z,a\n" for i in range(10**6)
    )
    (tmp_path / "stays.csv").write_text(LOG + rows)
    command = [sys.executable, "-c", "from valuestream.cli import main; main()"]
    process = subprocess.Popen(
        [*command, "measure", desk.name], cwd=tmp_path, stderr=subprocess.PIPE
    )
    time.sleep(2.5)  # well after its imports
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode in (130, 0)  # 0: done before it was interrupted
    assert b"Traceback" not in said
    assert b"fault of valuestream" not in said


@pytest.mark.parametrize("log", ["stays.csv", "stays"])
def test_a_stream_without_its_log_is_shown_as_declared_but_not_measured(run, desk, tmp_path, log):
    (tmp_path / "stays.csv").unlink()
    desk.write_text(STREAM.replace("stays.csv", log))
    for command in (("draw", "-o", "a.svg"), ("review",), ("report", "-o", "a.html")):
        done = run(command[0], desk.name, *command[1:])
        assert done.returncode == 0, done.stderr
        assert "nothing is measured" in done.stderr
    refused = run("measure", desk.name)
    assert refused.returncode == 1
    assert "stays" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    "stop", [KeyboardInterrupt(), RuntimeError("Query interrupted")], ids=["Ctrl-C", "in a query"]
)
def test_an_interruption_wherever_it_comes_ends_with_130(monkeypatch, capsys, stop):
    def interrupted():
        raise stop

    monkeypatch.setattr("valuestream.cli.app.app", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_a_fault_of_our_own_is_a_sentence_with_status_1(monkeypatch, capsys):
    def broken():
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("valuestream.cli.app.app", broken)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "a fault of valuestream's own, not yours" in capsys.readouterr().err
