"""All figures of a stream on an event log."""

from valuestream.events import Events
from valuestream.measure.cases import case_figures, working_times
from valuestream.measure.errors import NothingShared
from valuestream.measure.keeping import received
from valuestream.measure.segments import WHOLE, Segment, values
from valuestream.measure.steps import rolled, step_figures
from valuestream.measure.transitions import handoffs, moves, transitions
from valuestream.measure.variants import variants
from valuestream.measure.visits import Visits, lay
from valuestream.measure.weeks import weeks
from valuestream.measure.working import Calendars
from valuestream.model.figures import Figures
from valuestream.model.stream import Stream


def measure(
    stream: Stream,
    events: Events,
    segment: Segment = WHOLE,
    calendars: Calendars | None = None,
) -> Figures:
    """The figures of a stream on a log, or on a segment of its cases.

    With calendars every duration is given in working time too. Raises MeasureError where the two share nothing.
    """
    return figures(lay(stream, events, segment, calendars))


def measure_by(
    stream: Stream,
    events: Events,
    column: str,
    segment: Segment = WHOLE,
    calendars: Calendars | None = None,
) -> tuple[tuple[str | None, Figures | None], ...]:
    """The figures for each value of a column, most cases first; None where no step was visited.

    A case's value is the first that one of its rows has. Raises MeasureError for an unknown column.
    """
    found = values(events, column, segment)
    return tuple((value, _measured(stream, events, own, calendars)) for value, own in found)


def _measured(
    stream: Stream, events: Events, segment: Segment, calendars: Calendars | None
) -> Figures | None:
    try:
        return measure(stream, events, segment, calendars)
    except NothingShared:
        return None


def figures(visits: Visits) -> Figures:
    """The figures of visits that were laid over a stream, provenance "measured"."""
    cases, found = case_figures(visits), moves(visits)
    steps = step_figures(visits, found)
    return Figures(
        stream=visits.stream.stream,
        provenance="measured",
        events=visits.events,
        cases=cases.cases,
        completed_cases=cases.completed,
        unmapped=visits.unmapped,
        outside=visits.outside,
        period=cases.period,
        lead_time=cases.lead_time,
        process_time=cases.process_time,
        flow_efficiency=cases.flow_efficiency,
        rolled_complete_accurate=rolled(steps),
        working_time=working_times(visits),
        received=received(visits),
        steps=steps,
        transitions=transitions(visits, found),
        variants=variants(visits),
        handoffs=handoffs(visits, found, cases.cases),
        weeks=weeks(visits),
    )
