"""Everything that a report shows, gathered from a stream's text and its events."""

from typing import TYPE_CHECKING

from valuestream.measure import calendars_of, lay, lead_times, work_in_progress, workspace_of
from valuestream.measure.seeing import see_conformance_too
from valuestream.model.declared import declare
from valuestream.model.findings import Finding
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.report.page import Made, Report
from valuestream.review import review
from valuestream.text.folder import around

if TYPE_CHECKING:
    from valuestream.events import Events
    from valuestream.text import Document

BINS = 40
POINTS = 3000
"""Instants at which work in progress is counted: many, since a day of a desk has its own tides."""


def gather(
    stream: Stream,
    events: "Events | None" = None,
    *,
    document: "Document | None" = None,
    source: str | None = None,
    made: Made | None = None,
) -> Report:
    """The report of a stream: measured where there are events, else as it declares itself.

    With the document that the stream was read from, findings say their lines, and those that
    the text silences are left out.
    """
    made = made or Made()
    if events is None:
        declared = declare(stream)
        return Report(stream, declared, _findings(stream, None, document), made=made)
    calendars = calendars_of(stream, workspace_of(document)) if document else None
    visits = lay(stream, events, calendars=calendars)
    seen = see_conformance_too(visits)
    return Report(
        stream,
        seen.conforming,
        _findings(stream, seen, document),
        events.ledger,
        lead_times(visits, bins=BINS),
        work_in_progress(visits, points=POINTS),
        source,
        made,
    )


def _findings(
    stream: Stream, seen: Seen | None, document: "Document | None"
) -> tuple[Finding, ...]:
    if document is None:
        return review(stream, seen)
    system = around(document.path).system if document.path else None
    found = review(stream, seen, system)
    located = (document.locate(finding) for finding in found)
    return tuple(finding for finding in located if finding is not None)
