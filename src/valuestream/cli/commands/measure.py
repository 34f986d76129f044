"""`valuestream measure`."""

import json
import sys
from typing import Annotated

import typer

from valuestream.cli import options
from valuestream.model.errors import InputError


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream measure hotel.stream.yaml --format json")(measure)


def measure(
    stream: options.StreamFile,
    events: options.EventLog = None,
    output: options.TextOrJson = "text",
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Say of all rows what became of them.")
    ] = False,
    all_variants: Annotated[
        bool, typer.Option("--all-variants", help="All variants, not the first 100.")
    ] = False,
    case: options.CaseColumn = None,
    activity: options.ActivityColumn = None,
    start: options.StartColumn = None,
    end: options.EndColumn = None,
    resource: options.ResourceColumn = None,
    time_format: options.TimeFormat = None,
) -> None:
    """Measure a stream on an event log: times, quality, promises, rework, weeks."""
    from valuestream.cli import inputs
    from valuestream.cli.figures_shown import show
    from valuestream.measure import measure as measure_on
    from valuestream.model.figures_json import SHOWN_VARIANTS, document

    read, laid = inputs.open_stream(stream)
    columns = inputs.columns(case, activity, start, end, resource)
    with inputs.open_events(read, inputs.LogGiven(events, columns, time_format)) as log:
        if log is None:
            raise InputError(
                f"{stream} names no log; add 'log: FILE' to it or give one with --events"
            )
        figures = measure_on(laid, log)
    print(log.ledger.whole() if ledger else log.ledger.short(), file=sys.stderr)
    if output == "json":
        variants = None if all_variants else SHOWN_VARIANTS
        print(json.dumps(document(figures, variants=variants), ensure_ascii=False, indent=2))
    else:
        show(figures)
