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
from valuestream.measure import figures as figures_of
from valuestream.measure.conforming import conforming_figures
from valuestream.model.declared import declare
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.net import NetError
from valuestream.model.stream import Stream
from valuestream.report.page import Made, Report
from valuestream.review import review

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
    measured = _measured(visits)
    return Report(
        stream,
        measured,
        _findings(stream, measured, document),
        events.ledger,
        lead_times(visits, bins=BINS),
        work_in_progress(visits, points=POINTS),
        source,
        made,
    )


def _measured(visits: Visits) -> Figures:
    try:
        return conforming_figures(visits)
    except NetError:
        # The pictures then say nothing of where cases leave the stream.
        return figures_of(visits)


def _findings(
    stream: Stream, measured: Figures | None, document: "Document | None"
) -> tuple[Finding, ...]:
    found = review(stream, measured)
    if document is None:
        return found
    located = (document.locate(finding) for finding in found)
    return tuple(finding for finding in located if finding is not None)
