"""Asking why from the command line."""

import json
import random
from pathlib import Path

import pytest

STREAM = """\
stream: Permits
log: permits.csv
steps:
  - step: Ask
  - step: Decide
"""


@pytest.fixture
def permits(tmp_path: Path) -> Path:
    """Cases of which those on paper take twice as long."""
    chance = random.Random(4)
    rows = ["case,activity,timestamp,channel"]
    for number in range(800):
        channel = "paper" if chance.random() < 0.2 else "web"
        hours = chance.lognormvariate(2, 0.4) * (2 if channel == "paper" else 1)
        minutes = int(hours * 60)
        day = f"2026-{1 + number // 80:02d}-{1 + number % 28:02d}"
        rows.append(f"{number},Ask,{day}T08:00:00Z,{channel}")
        done = f"{day}T08:00:00Z" if not minutes else _after(day, minutes)
        rows.append(f"{number},Decide,{done},{channel}")
    (tmp_path / "permits.csv").write_text("\n".join(rows) + "\n")
    path = tmp_path / "permits.stream.yaml"
    path.write_text(STREAM)
    return path


def _after(day: str, minutes: int) -> str:
    from datetime import datetime, timedelta

    return (
        datetime.fromisoformat(f"{day}T08:00:00+00:00") + timedelta(minutes=minutes)
    ).isoformat()


def test_the_first_reason_is_the_planted_one(run, permits):
    shown = run("why", permits.name)
    assert shown.returncode == 0, shown.stderr
    first = next(line for line in shown.stdout.splitlines() if line.startswith("1. "))
    assert "channel" in first
    assert "paper" in first


def test_json_says_the_same_sentence(run, permits):
    document = json.loads(run("why", permits.name, "--format", "json").stdout)
    first = document["reasons"][0]
    assert (first["feature"], first["value"]) == ("channel", "paper")
    assert "1. " + first["says"] in run("why", permits.name).stdout


def test_only_some_cases(run, permits):
    shown = run("why", permits.name, "--where", "channel = 'web'")
    assert shown.returncode == 0
    assert "Nothing sets them apart that chance does not explain." in shown.stdout


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--about", "Decid"), "Decide"),
        (("--from", "soon"), "--from 'soon' is no time"),
        (("--where", "chanel = 'web'"), "channel"),
    ],
)
def test_what_cannot_be_asked_is_said(run, permits, more, said):
    shown = run("why", permits.name, *more)
    assert shown.returncode == 1
    assert shown.stdout == ""
    assert said in shown.stderr
    assert "Traceback" not in shown.stderr


def test_a_stream_without_a_log_is_told_how(run, permits):
    permits.write_text(STREAM.replace("log: permits.csv\n", ""))
    shown = run("why", permits.name)
    assert shown.returncode == 1
    assert "add 'log: FILE'" in shown.stderr
