"""`valuestream why`."""

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from valuestream.cli import options
from valuestream.cli.option_groups import Among, Place, Reading, grouped
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.measure import Calendars
    from valuestream.model.reasons import Reasons
    from valuestream.text import Document

_MOST = 10


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command(epilog="Example: valuestream why hotel.stream.yaml --about rework")(why)


@grouped
def why(
    stream: options.StreamFile,
    events: options.EventLog = None,
    about: Annotated[
        str,
        typer.Option(
            "--about",
            metavar="PROBLEM",
            help="slow, rework, a step (its promise broken, else the wait before it), wait:STEP.",
        ),
    ] = "slow",
    output: options.TextOrJson = "text",
    *,
    among: Among,
    reading: Reading,
    place: Place,
) -> None:
    """Say what sets slow or reworked cases apart from the others, and how sure that is."""
    from valuestream.cli import inputs
    from valuestream.cli.progress import working
    from valuestream.measure import lay
    from valuestream.why import problem_of
    from valuestream.why import why as reasons

    segment = among.segment
    read, laid = inputs.open_stream(stream)
    given = reading.log(events, place)
    calendars = inputs.calendars(read, laid)
    with working("looking for reasons"), inputs.open_events(read, given) as log:
        if log is None:
            raise InputError(
                f"{read.name} names no log; add 'log: FILE' to it or give one with --events"
            )
        visits = lay(laid, log, segment, calendars)
        found = reasons(visits, log, problem_of(visits, about), _zone(read, calendars))
        ledger = log.ledger
    print(ledger.short(), file=sys.stderr)
    _print_json(found) if output == "json" else _show(found)


def _show(found: "Reasons") -> None:
    from valuestream.why.words import heading, sentence

    print(heading(found))
    if not found.reasons:
        print("Nothing sets them apart that chance does not explain.")
    for number, reason in enumerate(found.reasons[:_MOST], 1):
        print(f"{number}. {sentence(reason, found)}")
    for said in found.left_out:
        print(f"valuestream: {said}", file=sys.stderr)


def _print_json(found: "Reasons") -> None:
    from valuestream.why.words import sentence

    document = asdict(found)
    for reason, written in zip(found.reasons, document["reasons"], strict=True):
        written["says"] = sentence(reason, found)
    print(json.dumps(document, ensure_ascii=False, indent=2))


def _zone(document: "Document", calendars: "Calendars | None") -> str:
    """The time zone of the stream's calendar, else the workspace's, else UTC."""
    from valuestream.measure import workspace_of

    if calendars:
        own = calendars.named[calendars.of_stream].time_zone or calendars.zone
        return own or "UTC"
    workspace = workspace_of(document)
    return (workspace.time_zone if workspace else None) or "UTC"
