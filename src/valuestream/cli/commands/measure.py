"""`valuestream measure`."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from valuestream.cli import options
from valuestream.cli.option_groups import Against, Among, Place, Reading, grouped
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.cli.inputs import LogGiven
    from valuestream.measure import Calendars, Segment
    from valuestream.model.stream import Stream
    from valuestream.text import Document


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream measure hotel.stream.yaml --format json")(measure)


@grouped
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
    *,
    among: Among,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="COLUMN",
            help="Figures for each value of a column, or each week, month, weekday or variant.",
        ),
    ] = None,
    against: Against,
    also: Annotated[
        list[str] | None,
        typer.Option(
            "--also",
            metavar="NAME",
            help="Further figures: age, arrivals, conformance, cumulative-flow, dora, flow:COLUMN, "
            "littles-law, resources, waits.",
        ),
    ] = None,
    reading: Reading,
    place: Place,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Neither use nor keep results of earlier runs.")
    ] = False,
) -> None:
    """Measure a stream on an event log: times, quality, promises, rework, weeks."""
    from valuestream.cli import inputs
    from valuestream.measure import Segment

    segment, other = among.segment, against.segment
    read, laid = inputs.open_stream(stream)
    given = reading.log(events, place)
    wanted = _Wanted(read, laid, given, segment, output == "json", ledger, all_variants, fresh)
    if by is not None:
        wanted.by(by)
    elif other != Segment():
        wanted.against(other)
    elif also:
        wanted.further(also)
    else:
        wanted.figures()


class _Wanted:
    """What is measured, and how it is printed."""

    def __init__(
        self,
        document: "Document",
        stream: "Stream",
        given: "LogGiven",
        segment: "Segment",
        as_json: bool,
        ledger: bool,
        all_variants: bool,
        fresh: bool,
    ) -> None:
        from valuestream.cli import inputs
        from valuestream.model.figures_json import SHOWN_VARIANTS

        log = inputs.named_log(document, given)
        if log is None:
            raise InputError(
                f"{document.name} names no log; add 'log: FILE' to it or give one with --events"
            )
        self._log, self._stream, self._segment = log, stream, segment
        self._calendars: Calendars | None = inputs.calendars(document, stream)
        self._as_json, self._whole_ledger, self._fresh = as_json, ledger, fresh
        self._variants = None if all_variants else SHOWN_VARIANTS

    def figures(self) -> None:
        from valuestream.cli.figures_shown import show
        from valuestream.cli.progress import working
        from valuestream.measure.kept_results import cache_folder, measured
        from valuestream.model.figures_json import document

        with working("measuring"):
            found = measured(
                self._stream,
                self._log,
                self._segment,
                self._calendars,
                folder=None if self._fresh else cache_folder(),
            )
        self._print_ledger(found.ledger)
        if self._as_json:
            _print_json(document(found.figures, variants=self._variants))
        else:
            show(found.figures)

    def by(self, column: str) -> None:
        from valuestream.cli.figures_shown import show_groups
        from valuestream.cli.progress import working
        from valuestream.measure import measure_by
        from valuestream.model.figures_json import groups

        with working("measuring"), self._log.read() as events:
            found = measure_by(self._stream, events, column, self._segment, self._calendars)
            ledger = events.ledger
        self._print_ledger(ledger)
        if self._as_json:
            _print_json(groups(column, found, variants=self._variants))
        else:
            show_groups(column, found)

    def against(self, other: "Segment") -> None:
        from valuestream.cli.comparison_shown import show_comparison
        from valuestream.cli.progress import working
        from valuestream.measure.comparing import compare_segments
        from valuestream.measure.difference_words import comparison_document

        with working("comparing"), self._log.read() as events:
            found = compare_segments(self._stream, events, self._segment, other, self._calendars)
            ledger = events.ledger
        self._print_ledger(ledger)
        _print_json(comparison_document(found)) if self._as_json else show_comparison(found)

    def further(self, names: list[str]) -> None:
        from valuestream.cli.figures_shown import show
        from valuestream.cli.further_shown import show_further
        from valuestream.cli.progress import working
        from valuestream.measure import figures, lay
        from valuestream.measure.more import further
        from valuestream.model.figures_json import document

        with working("measuring"), self._log.read() as events:
            visits = lay(self._stream, events, self._segment, self._calendars)
            found, more = figures(visits), further(visits, events, names)
            ledger = events.ledger
        self._print_ledger(ledger)
        if self._as_json:
            _print_json(document(found, variants=self._variants) | {"also": more})
        else:
            show(found)
            show_further(more)

    def _print_ledger(self, ledger: Any) -> None:
        print(ledger.whole() if self._whole_ledger else ledger.short(), file=sys.stderr)


def _print_json(document: dict[str, Any]) -> None:
    print(json.dumps(document, ensure_ascii=False, indent=2))
