"""A small stream and a made log of so many weeks, with a wait that is planted week by week."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

MONDAY = datetime(2026, 1, 5)
STREAM = """\
stream: Repair shop
customer: Cyclist
log: repairs.csv
steps:
  - step: Drop off
    by: Desk
    value: Need not ride home first
  - step: Repair
    by: Workshop
    value:
      receives: Rides again
      promise: within 2 h of the request
      keep: 90 %
"""
SHARED = "workspace: Shop\nroles:\n  Workshop: {people: 2, cost: 30 EUR/h}\n"


def lay(folder: Path, wait: Callable[[int], float], weeks: int = 26, seed: int = 1) -> Path:
    """Lays stream, log and workspace; `wait` is the mean wait in minutes of a week."""
    chance = random.Random(seed)
    lines = ["case,activity,start,end"]
    for week in range(weeks):
        for number in range(40):
            begin = MONDAY + timedelta(days=7 * week, minutes=4 * 60 * number + 10)
            waited = max(1.0, chance.gauss(wait(week), wait(week) / 8))
            times = (begin, begin + timedelta(minutes=5))
            starts = times[1] + timedelta(minutes=waited)
            lines.append(f"{week}-{number},Drop off,{times[0]},{times[1]}")
            lines.append(f"{week}-{number},Repair,{starts},{starts + timedelta(minutes=20)}")
    (folder / "repairs.csv").write_text("\n".join(lines) + "\n")
    (folder / "repair.stream.yaml").write_text(STREAM)
    (folder / "valuestream.yaml").write_text(SHARED)
    return folder


def goals(folder: Path, *results: str, more: str = "") -> Path:
    """Lays goals of key results, each a flow mapping without braces."""
    text = f"objective: Riders ride\n{more}key results:\n"
    text += "".join(f"  - {{key result: r{n}, {one}}}\n" for n, one in enumerate(results))
    path = folder / "shop.goals.yaml"
    path.write_text(text)
    return path
