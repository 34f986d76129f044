"""The workspace of a person's own log: a first stream of it, and its columns, written down."""

import json
import os
from pathlib import Path

from valuestream.demo.workspace import MARK, WORKSPACE, is_free, lay_whole
from valuestream.discover import discover
from valuestream.events import Columns, Events
from valuestream.model.errors import InputError
from valuestream.model.names import identify
from valuestream.text.whole import write_whole

_WRITTEN = ("case", "activity", "start", "end", "resource")
"""The columns that a workspace's file can name; the others are recognised each time."""


def lay(folder: Path, log: Path, events: Events, time_format: str | None = None) -> Path:
    """Lays the log's workspace and gives the stream's file; one that is there stays as it is.

    Raises InputError where the folder is the demo of another log, or none of a demo.
    """
    name = log_name(log)
    stream = folder / f"{identify(name)}.stream.yaml"
    shared = shared_text(folder, log, events.columns, time_format)
    if is_free(folder):
        lay_whole(folder, {WORKSPACE: shared, stream.name: discover(events, name, name).text})
        return stream
    if (folder / WORKSPACE).read_text(encoding="utf-8") != shared:
        raise InputError(f"{folder} is the demo of another log; name a folder that is new or empty")
    if not stream.exists():
        write_whole(stream, discover(events, name, name).text.encode())
    return stream


def log_name(log: Path) -> str:
    """The log's name without its endings: `receipt` of `data/receipt.csv.gz`."""
    return log.name.split(".")[0] or "log"


def shared_text(folder: Path, log: Path, columns: Columns, time_format: str | None = None) -> str:
    """The workspace's file: the log's place, seen from the folder, and its columns."""
    named = columns.found().items()
    written = [f"    {key}: {_quoted(column)}" for key, column in named if key in _WRITTEN]
    written += [f"    time format: {_quoted(time_format)}"] if time_format else []
    return "\n".join(
        (
            f"{MARK} The columns were guessed where they were not named.",
            f"workspace: {_quoted(log_name(log))}",
            "logs:",
            f"  {_quoted(log_name(log))}:",
            f"    file: {_quoted(os.path.relpath(log, folder))}",
            *written,
            "",
        )
    )


def _quoted(text: str) -> str:
    """The text in quotes that YAML, too, understands."""
    return json.dumps(text, ensure_ascii=False)
