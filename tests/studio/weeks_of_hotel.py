"""A hotel with enough weeks for goals: promises kept ever more often, and an act on a finding."""

import json
import time
from datetime import date, timedelta

from starlette.testclient import TestClient
from studio_made import HOTEL, KEY

from valuestream.studio.app import create_app
from valuestream.studio.security import hosts_of

FIRST = date(2026, 1, 5)  # a Monday
WEEKS = 16
LAST = FIRST + timedelta(days=7 * WEEKS - 1)
GOALS = "arrivals.goals.yaml"
TEXT = """\
# what guests write about
objective: Arrivals that guests love
key results:
  - key result: Served in time
    measure: hotel-check-in / Check-in at the desk / promise.kept   # of all visits
    from: 20 %
    to: 90 %
    start: 2026-02-02
    by: 2026-06-30
"""


def log() -> str:
    """Ten cases a day; in week w the first w of 20 wait a minute at the desk, others 20."""
    rows = ["case,activity,start,end"]
    for day in range(7 * WEEKS):
        on = FIRST + timedelta(days=day)
        for case in range(10):
            quick = (case + 10 * (day % 2)) < 4 + day // 7
            desk = 2 if quick else 21
            rows += [
                f"{day}-{case},Welcome e-mail,{on} 09:00:00,{on} 09:01:00",
                f"{day}-{case},Check-in at the desk,{on} 09:{desk:02}:00,{on} 09:{desk + 4:02}:00",
                f"{day}-{case},Luggage to the room,{on} 10:10:00,{on} 10:12:00",
            ]
    return "\n".join(rows) + "\n"


def act(kind: str, on: str, **more: str) -> str:
    """A line of `improvements.jsonl`."""
    said = {"time": f"{on}T09:00:00Z", "case": "k3f9q2bd", "activity": kind, "resource": "Desk"}
    of = {"finding": "VS301", "place": "hotel-check-in / check-in-at-the-desk"}
    return json.dumps(said | of | more) + "\n"


def lay_weeks(folder, goals=TEXT):
    """The workspace in a folder, with a text of goals or without one."""
    (folder / "valuestream.yaml").write_text("workspace: Grand Hotel\n")
    (folder / KEY).write_text(HOTEL)
    (folder / "stays.csv").write_text(log())
    if goals:
        (folder / GOALS).write_text(goals)
    return folder


def opened(folder):
    """A studio of a folder, that measures."""
    return TestClient(create_app(folder, hosts_of(8765)), base_url="http://127.0.0.1:8765")


def known(client, path, **asked):
    """The answer once it is measured."""
    for _ in range(900):
        answer = client.get(path, params=asked)
        if answer.status_code != 202:
            return answer.json()
        time.sleep(0.1)
    raise AssertionError("nothing was measured in 90 s")
