"""`valuestream measure`."""

import json
import sys
from datetime import datetime
from typing import Annotated, Any

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
    where: Annotated[
        str | None,
        typer.Option("--where", metavar="SQL", help="Only cases with a row that this holds for."),
    ] = None,
    start_from: Annotated[
        str | None,
        typer.Option("--from", metavar="T", help="Only cases that start at or after this time."),
    ] = None,
    start_before: Annotated[
        str | None,
        typer.Option("--to", metavar="T", help="Only cases that start before this time."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="COLUMN", help="Figures for each value of a column."),
    ] = None,
    case: options.CaseColumn = None,
    activity: options.ActivityColumn = None,
    start: options.StartColumn = None,
    end: options.EndColumn = None,
    resource: options.ResourceColumn = None,
    time_format: options.TimeFormat = None,
) -> None:
    """Measure a stream on an event log: times, quality, promises, rework, weeks."""
    from valuestream.cli import inputs
    from valuestream.cli.figures_shown import show, show_groups
    from valuestream.measure import Segment, measure_by
    from valuestream.measure import measure as measure_on
    from valuestream.model.figures_json import SHOWN_VARIANTS, document, groups

    as_json, variants = output == "json", None if all_variants else SHOWN_VARIANTS

    segment = Segment(where, _instant(start_from, "--from"), _instant(start_before, "--to"))
    read, laid = inputs.open_stream(stream)
    columns = inputs.columns(case, activity, start, end, resource)
    with inputs.open_events(read, inputs.LogGiven(events, columns, time_format)) as log:
        if log is None:
            raise InputError(
                f"{stream} names no log; add 'log: FILE' to it or give one with --events"
            )
        print(log.ledger.whole() if ledger else log.ledger.short(), file=sys.stderr)
        if by is None:
            figures = measure_on(laid, log, segment)
            _print_json(document(figures, variants=variants)) if as_json else show(figures)
        else:
            found = measure_by(laid, log, by, segment)
            _print_json(groups(by, found, variants=variants)) if as_json else show_groups(by, found)


def _print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2))


def _instant(text: str | None, option: str) -> datetime | None:
    from valuestream.measure import parse_instant

    try:
        return parse_instant(text) if text else None
    except ValueError:
        raise InputError(f"{option} {text!r} is no time; write 2026-01-31 or ISO 8601") from None
