"""`valuestream compare`."""

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from valuestream.cli import options
from valuestream.cli.files import write
from valuestream.cli.option_groups import Reading, grouped
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.compare import Compared
    from valuestream.measure import Segment

_PERIOD = ".."


def register(app: typer.Typer) -> None:
    """Adds the command."""
    example = "Example: valuestream compare hotel.stream.yaml@HEAD~1 hotel.stream.yaml"
    app.command(epilog=example)(compare)


@grouped
def compare(
    which: Annotated[
        list[str],
        typer.Argument(
            metavar="A B",
            help="Two .stream.yaml files, each perhaps as a commit has it (FILE@COMMIT) or as a "
            "scenario would (FILE#SCENARIO); or one file and two periods, such as "
            "2025-01-01..2025-07-01.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A picture: .svg, .png or .pdf.")
    ] = None,
    form: options.TextOrJson = "text",
    events: options.EventLog = None,
    *,
    reading: Reading,
) -> None:
    """Say what differs between two streams, two versions or scenarios of one, or two periods."""
    given = reading.log(events)
    if len(which) == 3 and all(_PERIOD in period for period in which[1:]):
        _periods(Path(which[0]), which[1:], given, form == "json")
    elif len(which) == 2:
        _texts(which[0], which[1], given, form == "json", output)
    else:
        raise InputError(
            "name two streams, or one stream and two periods such as 2025-01-01..2025-07-01"
        )


def _texts(one: str, other: str, given: "Any", as_json: bool, output: Path | None) -> None:
    from valuestream.cli import inputs
    from valuestream.cli.versions import open_version
    from valuestream.compare import compare, picture

    before, after = open_version(one), open_version(other)
    measured = None
    if given.source:
        if before.scenario or after.scenario:
            raise InputError("a scenario has no events of its own; leave --events out")
        figures = [
            inputs.figures_of(version.document, version.stream, given)
            for version in (before, after)
        ]
        if figures[0] and figures[1]:
            measured = figures[0], figures[1]
    found = compare(before, after, measured)
    if as_json:
        _print_json(one, other, found)
    else:
        _print_text(found)
    if output:
        _draw(picture(before, after), output)


def _print_json(one: str, other: str, found: "Compared") -> None:
    differences = [asdict(c) | {"says": c.says} for c in found.changes]
    figures = [asdict(f) for f in found.figures]
    document = {"before": one, "after": other, "changes": differences, "figures": figures}
    print(json.dumps(document, ensure_ascii=False, indent=2))


def _print_text(found: "Compared") -> None:
    from valuestream.model.durations import format_duration
    from valuestream.model.shares import format_share

    for change in found.changes:
        print(change.says)
    if not found.changes:
        print("The texts say the same.")
    for figure in found.figures:
        is_time = "time" in figure.figure
        written = [
            "unknown" if v is None else format_duration(v) if is_time else format_share(v)
            for v in (figure.before, figure.after)
        ]
        if written[0] != written[1]:
            print(f"{figure.figure}: {written[0]} → {written[1]}")


def _draw(drawn: "Any", output: Path) -> None:
    ending = output.suffix.lower()
    if ending not in (".svg", ".png", ".pdf"):
        raise InputError(f"{output}: pictures end in .svg, .png or .pdf; name the file so")
    if ending == ".svg":
        write(output, drawn.standalone)
    else:
        write(output, drawn.png() if ending == ".png" else drawn.pdf())
    print(f"{output} written", file=sys.stderr)


def _periods(path: Path, periods: list[str], given: "Any", as_json: bool) -> None:
    from valuestream.cli import inputs
    from valuestream.cli.comparison_shown import show_comparison
    from valuestream.cli.progress import working
    from valuestream.measure.comparing import compare_segments
    from valuestream.measure.difference_words import comparison_document

    document, stream = inputs.open_stream(path)
    log = inputs.named_log(document, given)
    if log is None:
        raise InputError(
            f"{path} names no log, which periods are of; add 'log: FILE' to it or give --events"
        )
    one, other = (_segment(period) for period in periods)
    calendars = inputs.calendars(document, stream)
    with working("comparing"), log.read() as events:
        found = compare_segments(stream, events, one, other, calendars)
        print(events.ledger.short(), file=sys.stderr)
    if as_json:
        print(json.dumps(comparison_document(found), ensure_ascii=False, indent=2))
    else:
        show_comparison(found)


def _segment(period: str) -> "Segment":
    from valuestream.measure import Segment, parse_instant

    start, end = (_begun(part) for part in period.split(_PERIOD, 1))
    try:
        return Segment(
            None, parse_instant(start) if start else None, parse_instant(end) if end else None
        )
    except ValueError:
        raise InputError(
            f"{period!r} is no period; write such as 2025-01..2025-07, or with days: "
            "2025-01-15..2025-02-15"
        ) from None


def _begun(time: str) -> str:
    """The first day of a year or a month; a day or a time as it is."""
    if re.fullmatch(r"\d{4}(-\d\d)?", time):
        return f"{time}-01-01"[:10]
    return time
