"""The hotel's workspace in a folder: its stream, a year of its events, what its texts share.

The events are a CSV file, ten times as large as the same in Parquet, because a newcomer opens it
to see what an event log is, and to look up the rows that the ledger names.
"""

import csv
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from valuestream.demo.hotel_events import COLUMNS, rows
from valuestream.model.errors import InputError
from valuestream.templates import template
from valuestream.text.whole import write_whole

WORKSPACE = "valuestream.yaml"
STREAM = "hotel-check-in.stream.yaml"
LOG = "stays.csv"
MARK = "# Laid by valuestream demo."
_SHARED = f"""{MARK} The hotel, its guests and its events are made up.
workspace: Grand Hotel
customers: Guest
roles:
  Reception: {{people: 1, cost: 18 EUR/h}}
  Bell desk: {{people: 4, cost: 14 EUR/h}}
  Housekeeping: {{people: 3, cost: 13 EUR/h}}
logs:
  stays:
    file: {LOG}
    case: stay_id
    activity: activity
    start: started_at
    end: finished_at
    resource: employee
"""


def lay(folder: Path) -> None:
    """Lays the hotel's workspace: whole, or not at all.

    In a demo's folder, files that are there stay as they are, since a person may have changed
    them, and missing ones are laid again. Raises InputError for a folder of something else.
    """
    files: dict[str, Callable[[], str]] = {
        WORKSPACE: lambda: _SHARED,
        STREAM: stream_text,
        LOG: log_text,
    }
    if is_free(folder):
        lay_whole(folder, {name: text() for name, text in files.items()})
        return
    for name, text in files.items():
        if not (folder / name).exists():
            write_whole(folder / name, text().encode())


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


def lay_whole(folder: Path, files: dict[str, str]) -> None:
    """Makes the folder with these files, by name and text: all of them or none."""
    target = folder.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    beside.mkdir()
    try:
        for name, text in files.items():
            (beside / name).write_text(text, encoding="utf-8", newline="")
        if target.exists():
            # An empty folder that is there stays: somebody may stand in it.
            for name in files:
                (beside / name).replace(target / name)
            beside.rmdir()
        else:
            beside.replace(target)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def stream_text() -> str:
    """The template's text, with the workspace's log."""
    text = template("hotel-check-in").text
    lines = [line for line in text.splitlines() if not line.startswith("log:")]
    first_step = lines.index("steps:")
    while first_step and not lines[first_step - 1].strip():
        first_step -= 1
    lines.insert(first_step, "log: stays  # named in valuestream.yaml")
    return "\n".join(lines) + "\n"


def log_text() -> str:
    """The year's events as CSV."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows((COLUMNS, *rows()))
    return written.getvalue()
