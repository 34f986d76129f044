"""`valuestream review`."""

import typer

from valuestream.cli import options
from valuestream.cli.findings_shown import show


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream review hotel.stream.yaml --events stays.csv")(review)


def review(
    stream: options.StreamFile,
    events: options.EventLog = None,
    output: options.TextOrJson = "text",
    case: options.CaseColumn = None,
    activity: options.ActivityColumn = None,
    start: options.StartColumn = None,
    end: options.EndColumn = None,
    resource: options.ResourceColumn = None,
    time_format: options.TimeFormat = None,
) -> None:
    """Say what the stream and its figures show: waste, waiting, rework, values not given."""
    from valuestream.cli import inputs

    document, read = inputs.open_stream(stream)
    columns = inputs.columns(case, activity, start, end, resource)
    seen = inputs.seen_of(document, read, inputs.LogGiven(events, columns, time_format))
    findings = inputs.reviewed(document, read, seen)
    if findings or output != "text":
        print(show(findings, output))
    else:
        print("nothing found")
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(1)
