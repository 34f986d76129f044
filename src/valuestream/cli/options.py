"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Literal

import typer

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
CaseColumn = Annotated[str | None, typer.Option("--case", help="The column of the case.")]
ActivityColumn = Annotated[
    str | None, typer.Option("--activity", help="The column of the activity.")
]
StartColumn = Annotated[str | None, typer.Option("--start", help="The column of the start.")]
EndColumn = Annotated[str | None, typer.Option("--end", help="The column of the end.")]
TimeFormat = Annotated[
    str | None,
    typer.Option(
        "--time-format", help="'day first', 'month first', or a format such as '%d.%m.%y %H:%M'."
    ),
]
ResourceColumn = Annotated[
    str | None, typer.Option("--resource", help="The column of the resource.")
]
