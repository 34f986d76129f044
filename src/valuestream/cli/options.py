"""Options that several commands share."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from valuestream.model.errors import InputError

TextOrJson = Annotated[
    Literal["text", "json"], typer.Option("--format", help="How the result is written.")
]
StreamFile = Annotated[Path, typer.Argument(metavar="STREAM", help="A .stream.yaml file.")]
EventLog = Annotated[
    str | None,
    typer.Option(
        "--events", metavar="LOG", help="An event log, in place of the stream's own 'log'."
    ),
]
_UNITS = {"MB": 10**6, "GB": 10**9, "MIB": 1 << 20, "GIB": 1 << 30}


def memory(text: str | None) -> int | None:
    """The bytes of `2GB` or `512 MB`. Raises InputError."""
    if text is None:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*", text)
    if not found or found[2].upper() not in _UNITS:
        raise InputError(f"--memory {text!r} is no size; write 2GB or 800MB")
    size = int(float(found[1]) * _UNITS[found[2].upper()])
    if size < 100 * 10**6:
        raise InputError(f"--memory {text!r} is too little; give 100MB or more")
    return size


AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="As it was known at the end of a day; else today."),
]


def day(text: str | None) -> date:
    """The day of `--as-of`; today (UTC) without one. Raises InputError for what is no day."""
    if text is None:
        return datetime.now(UTC).date()
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year < 3000:
        raise InputError(f"--as-of {text[:60]!r} is no day; write one such as 2026-01-31")
    return found
