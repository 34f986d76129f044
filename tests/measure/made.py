"""Small made logs laid over a stream, and the same as tables to compute plainly from.

Times are minutes after midnight of Thursday, 1 January 2026 (UTC).
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pandas as pd

from valuestream.events import Events, read
from valuestream.measure import Visits, lay
from valuestream.model.stream import Stream

ORIGIN = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "case,activity,start,end,resource"
INSTANTS = "case,activity,end,resource"


def at(minute: float) -> datetime:
    return ORIGIN + timedelta(minutes=minute)


def stream(*steps: str, ends: tuple[str, ...] = ()) -> Stream:
    """Steps in a line; the last is the end where none is named."""
    listed: list[dict] = [{"step": s, "id": f"s{i}", "end": s in ends} for i, s in enumerate(steps)]
    for step, onward in pairwise(listed):
        step["then"] = onward["step"]
    return Stream.model_validate({"stream": "S", "steps": listed})


def written(folder: Path, text: str, header: str = HEADER) -> Path:
    """Lines such as `1 A 0 5 Ann`; a dash is an empty cell."""
    times = [i for i, column in enumerate(header.split(",")) if column in ("start", "end")]
    lines = []
    for line in text.strip().splitlines():
        cells = ["" if cell == "-" else cell for cell in line.split()]
        for i in times:
            cells[i] = at(float(cells[i])).strftime("%Y-%m-%d %H:%M:%S.%f") if cells[i] else ""
        lines.append(",".join(cells))
    path = folder / "log.csv"
    path.write_text(header + "\n" + "\n".join(lines) + "\n")
    return path


@contextmanager
def laid(path: Path, on: Stream, columns: object = None) -> Iterator[Visits]:
    with opened(path, on, columns) as (visits, _):
        yield visits


@contextmanager
def opened(path: Path, on: Stream, columns: object = None) -> Iterator[tuple[Visits, Events]]:
    with read(path, columns) as events:
        yield lay(on, events), events


def chance_log(seed: int, cases: int = 30, open_share: float = 0.15) -> str:
    """A log of steps A to D with overlaps, ties, repeats, open visits and missing resources."""
    chance = random.Random(seed)
    lines = []
    for case in range(cases):
        minute = chance.randrange(0, 3000, 10)
        for activity in chance.choices("ABCD", k=chance.randint(1, 5)):
            length = chance.choice([0, 10, 10, 20, 60, 300])
            end = "-" if chance.random() < open_share else minute + length
            lines.append(
                f"{case} {activity} {minute} {end} {chance.choice(['Ann', 'Ben', 'Ben', '-'])}"
            )
            minute = max(0, minute + chance.choice([-10, 0, length, length + 30, length + 200]))
    chance.shuffle(lines)
    return "\n".join(lines)


def table(text: str) -> pd.DataFrame:
    """A made log as plainly.py wants it."""
    rows = [line.split() for line in text.strip().splitlines()]
    found = pd.DataFrame(rows, columns=["case", "step", "start", "end", "resource"])
    found["start"] = [pd.Timestamp(at(float(m))) for m in found.start]
    found["end"] = pd.to_datetime([None if m == "-" else at(float(m)) for m in found.end], utc=True)
    return found.assign(
        known=found.end.notna(),
        resource=found.resource.where(found.resource != "-", None),
        row=range(1, len(found) + 1),
    )
