"""Everything that a report shows, gathered from a stream's text and its events."""

from typing import TYPE_CHECKING

from valuestream.measure import (
    Visits,
    calendars_of,
    lay,
    lead_times,
    work_in_progress,
    workspace_of,
)
from valuestream.measure.seeing import see_conformance_too
from valuestream.model.declared import declare
from valuestream.model.findings import Finding
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.report.page import Made, Report
from valuestream.review import review
from valuestream.text.folder import around

if TYPE_CHECKING:
    from valuestream.events import Events, Ledger
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
    if events is None:
        declared = declare(stream)
        return Report(stream, declared, _findings(stream, None, document), made=made or Made())
    calendars = calendars_of(stream, workspace_of(document)) if document else None
    visits = lay(stream, events, calendars=calendars)
    return gather_laid(visits, events.ledger, document=document, source=source, made=made)


def gather_laid(
    visits: Visits,
    ledger: "Ledger",
    *,
    document: "Document | None" = None,
    source: str | None = None,
    made: Made | None = None,
) -> Report:
    """The same of a log that is laid over the stream already, and what became of its rows."""
    stream = visits.stream
    seen = see_conformance_too(visits)
    return Report(
        stream,
        seen.conforming,
        _findings(stream, seen, document),
        ledger,
        lead_times(visits, bins=BINS),
        work_in_progress(visits, points=POINTS),
        source,
        made or Made(),
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
