"""`valuestream review`."""

import typer

from valuestream.cli import options
from valuestream.cli.findings_shown import show
from valuestream.cli.option_groups import Reading, grouped


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream review hotel.stream.yaml --events stays.csv")(review)


@grouped
def review(
    stream: options.StreamFile,
    events: options.EventLog = None,
    output: options.TextOrJson = "text",
    *,
    reading: Reading,
) -> None:
    """Say what the stream and its figures show: waste, waiting, rework, values not given."""
    from valuestream.cli import inputs

    document, read = inputs.open_stream(stream)
    seen = inputs.seen_of(document, read, reading.log(events))
    findings = inputs.reviewed(document, read, seen)
    if findings or output != "text":
        print(show(findings, output))
    else:
        print("nothing found")
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(1)
