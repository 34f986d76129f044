"""`valuestream report`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from valuestream.cli import options
from valuestream.cli.files import write


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream report hotel.stream.yaml -o hotel.html")(report)


def report(
    stream: options.StreamFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The HTML page to write.")],
    events: options.EventLog = None,
    case: options.CaseColumn = None,
    activity: options.ActivityColumn = None,
    start: options.StartColumn = None,
    end: options.EndColumn = None,
    resource: options.ResourceColumn = None,
    time_format: options.TimeFormat = None,
) -> None:
    """Write one self-contained page: pictures, figures, findings, how each was computed."""
    from valuestream.cli import inputs
    from valuestream.report import Made, gather, render

    document, read = inputs.open_stream(stream)
    columns = inputs.columns(case, activity, start, end, resource)
    named = f" --events {Path(events).name}" if events else ""
    command = f"valuestream report {stream.name}{named} -o {output.name}"
    with inputs.open_events_there(document, inputs.LogGiven(events, columns, time_format)) as log:
        source = Path(log.ledger.source).name if log else None
        made = Made(command=command)
        page = render(gather(read, log, document=document, source=source, made=made))
        if log:
            print(log.ledger.short(), file=sys.stderr)
    write(output, page)
    print(f"{output} written: open it in a browser", file=sys.stderr)
