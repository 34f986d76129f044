"""`valuestream discover`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from valuestream.cli import options
from valuestream.cli.files import write_new


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream discover stays.csv -o stays.stream.yaml")(discover)


def discover(
    log: Annotated[Path, typer.Argument(metavar="LOG", help="An event log.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The stream to write.")],
    name: Annotated[str | None, typer.Option("--name", help="The stream's name.")] = None,
    case: options.CaseColumn = None,
    activity: options.ActivityColumn = None,
    start: options.StartColumn = None,
    end: options.EndColumn = None,
    resource: options.ResourceColumn = None,
    time_format: options.TimeFormat = None,
) -> None:
    """Write a first stream from an event log: its activities in their usual order."""
    from valuestream.cli import inputs
    from valuestream.discover import first_stream
    from valuestream.events import read

    columns = inputs.columns(case, activity, start, end, resource)
    with read(log, columns, time_format=time_format) as events:
        print(events.ledger.whole(), file=sys.stderr)
        title = name or output.name.removesuffix(".stream.yaml")
        write_new(output, first_stream(events, title))
    print(f"{output} written; say in it what the customer receives from each step")
