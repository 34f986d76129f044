"""The hotel's workspace in a folder: its streams and goals, what became of findings, its events.

The texts lie in `hotel/` as they are laid. The events are CSV files, ten times as large as the
same in Parquet, because a newcomer opens them to see what an event log is, and to look up the rows
that the ledger names.
"""

import csv
import io
import os
import shutil
from collections.abc import Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from valuestream.demo import hotel_breakfast, hotel_departures, hotel_events
from valuestream.demo.hotel_guests import SEED, Chance, guests
from valuestream.model.errors import InputError
from valuestream.text.whole import write_whole

WORKSPACE = "valuestream.yaml"
STREAM = "hotel-check-in.stream.yaml"
LOG = "stays.csv"
PAGE = "hotel.html"
LAST_DAY = date(2025, 12, 31)
"""Of the logs: goals and improvements are shown as they were then."""
MARK = "# Laid by valuestream demo."
_TEXTS = (
    WORKSPACE,
    STREAM,
    "breakfast.stream.yaml",
    "check-out.stream.yaml",
    "guest-experience-design.stream.yaml",
    "hotel-systems.stream.yaml",
    "hotel.goals.yaml",
    "improvements.jsonl",
)
LOGS = (LOG, "breakfasts.csv", "departures.csv")


def lay(folder: Path) -> None:
    """Lays the hotel's workspace: whole, or not at all.

    In a demo's folder, files that are there stay as they are, since a person may have changed
    them, and missing ones are laid again. Raises InputError for a folder of something else.
    """
    if is_free(folder):
        lay_whole(folder, texts() | logs())
        return
    missing = [name for name in (*_TEXTS, *LOGS) if not (folder / name).exists()]
    made = texts() | (logs() if set(LOGS) & set(missing) else {})
    for name in missing:
        write_whole(folder / name, made[name].encode())


def is_free(folder: Path) -> bool:
    """Whether nothing is there yet; not so for a demo's folder. Raises InputError for others."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        raise InputError(f"{folder} is a file; name a folder that is new or empty")
    if not any(folder.iterdir()):
        return True
    shared = folder / WORKSPACE
    if shared.is_file() and shared.read_bytes().startswith(MARK.encode()):
        return False
    raise InputError(
        f"{folder} holds files that are not of a demo, and nothing in it was touched; "
        "name a folder that is new or empty"
    )


def lay_whole(folder: Path, laid: dict[str, str]) -> None:
    """Makes the folder with these files, by name and text: all of them or none."""
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.mkdir()
    try:
        for name, text in laid.items():
            (beside / name).write_text(text, encoding="utf-8", newline="")
        if target.exists():
            # An empty folder that is there stays: somebody may stand in it.
            for name in laid:
                (beside / name).replace(target / name)
            beside.rmdir()
        else:
            beside.replace(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def texts() -> dict[str, str]:
    """The workspace's texts by the names of their files."""
    here = files(__package__) / "hotel"
    return {name: (here / name).read_text(encoding="utf-8") for name in _TEXTS}


def logs() -> dict[str, str]:
    """The year's events as CSV, by the names of their files."""
    stays = tuple(guests(Chance(SEED)))
    breakfasts = hotel_breakfast.rows(stays)
    had = {row.breakfast_id for row in breakfasts}
    arrivals, departures = hotel_events.rows(stays), hotel_departures.rows(stays, had)
    return dict(zip(LOGS, (_csv(arrivals), _csv(breakfasts), _csv(departures)), strict=True))


def _csv(rows: Sequence[NamedTuple]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows((rows[0]._fields, *rows))
    return written.getvalue()
