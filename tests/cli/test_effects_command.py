"""Asking from the command line whether deliveries helped."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

DESK = "stream: Desk\nlog: desk.csv\nsteps:\n  - step: Serve\n  - step: Pay\n"
DESIGN = """\
stream: Design
kind: developmental
steps: [{step: Build, develops: desk / Serve}]
deliveries:
  - {on: 2026-03-01, what: New till 🛒, changes: desk / Serve}
  - {on: 2026-03-03, what: <b>Sign</b>, changes: desk / Pay}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """Ninety days of ten cases; serving takes ten minutes, and five from the first of March on."""
    rows = ["case,activity,start,end"]
    for day in range(90):
        at = date(2026, 1, 1) + timedelta(days=day)
        for number in range(10):
            minutes = (10 if at < date(2026, 3, 1) else 5) + (number * 7 + day * 3) % 4
            rows.append(
                f"{day}-{number},Serve,{at}T0{number}:00:00Z,{at}T0{number}:{minutes:02}:00Z"
            )
            rows.append(f"{day}-{number},Pay,{at}T0{number}:30:00Z,{at}T0{number}:31:00Z")
    (tmp_path / "desk.csv").write_text("\n".join(rows) + "\n")
    (tmp_path / "desk.stream.yaml").write_text(DESK)
    (tmp_path / "design.stream.yaml").write_text(DESIGN)
    return tmp_path


def test_sentences_a_page_and_what_was_left_out(run, shop):
    shown = run("effects", ".", "-o", "effects.html")
    assert shown.returncode == 0, shown.stderr
    assert "New till 🛒 (1 March 2026), at Serve: process time fell by 5 min" in shown.stdout
    assert "cannot be told apart; together, at Desk: no visible effect on lead time" in shown.stdout
    page = (shop / "effects.html").read_text()
    assert "<b>Sign</b>" not in page
    assert "&lt;b&gt;Sign&lt;/b&gt;" in page
    assert page.count("<figure>") == 2
    assert (
        "//"
        not in page.replace("http://www.w3.org/", "").replace("data:font", "").split("</style>")[1]
    )


def test_json_has_the_same_sentences_and_the_course(run, shop):
    document = json.loads(run("effects", "--format", "json").stdout)
    (own,) = [e for e in document["effects"] if e["verdict"] == "better"]
    assert (own["step"], own["figure"], own["told_apart"]) == ("Serve", "process_time.mean", True)
    assert own["deliveries"] == [{"on": "2026-03-01", "what": "New till 🛒", "by": "Design"}]
    assert own["low"] < own["change"] < own["high"] < 0
    assert own["course"][0]["monday"] == "2025-12-29"
    assert own["visits"] == {"before": 590, "after": 300}
    assert any("process time fell" in said for said in document["says"])


def test_an_operational_stream_asks_for_what_changes_it(run, shop):
    other = run("effects", "design.stream.yaml", "--events", "desk.csv")
    assert other.returncode == 0, other.stderr
    assert run("effects", "desk.stream.yaml").stdout == other.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-o", "effects.png"], "name a file that ends in .html"),
        (["--events", "desk.csv"], "name its .stream.yaml file"),
        (["--deliveries", "."], "is no git repository"),
        (["nowhere.stream.yaml"], "nowhere.stream.yaml"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_line(run, shop, arguments, says):
    asked = run("effects", *arguments)
    assert asked.returncode in (1, 2)
    assert says in asked.stderr
    assert "Traceback" not in asked.stderr


def test_a_log_that_is_gone_ends_with_status_1(run, shop):
    (shop / "desk.csv").unlink()
    asked = run("effects")
    assert asked.returncode == 1
    assert asked.stderr.startswith("valuestream: ")


def test_a_verified_improvement_shows_its_effect(run, shop):
    (shop / "design.stream.yaml").unlink()
    line = (
        '{"time": "2026-0%s-01T00:00:00Z", "case": "kone", "activity": "%s", "resource": "Ana", '
        '"finding": "VS201", "place": "desk / serve", "words": "New till"}\n'
    )
    acts = [line % act for act in ((1, "accept"), (2, "decide"), (3, "roll-out"))]
    (shop / "improvements.jsonl").write_text("".join(acts))
    verified = run("improvements", "verify", "kone", "--by", "Ana")
    assert verified.returncode == 0, verified.stderr
    assert (
        "measured: New till (1 March 2026), at Serve: process time fell by 5 min" in verified.stdout
    )
