"""Options that several commands share."""

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
