"""All figures of a stream on an event log."""

from dataclasses import replace

from valuestream.events import Events
from valuestream.measure.cases import case_figures, working_times
from valuestream.measure.errors import EmptySegment, NothingShared
from valuestream.measure.groups import Groups, divide
from valuestream.measure.keeping import kept_promises, received
from valuestream.measure.segments import WHOLE, Segment
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

    With calendars every duration is given in working time too. Raises MeasureError where the two
    share nothing.
    """
    return figures(lay(stream, events, segment, calendars))


def measure_by(
    stream: Stream,
    events: Events,
    by: str,
    segment: Segment = WHOLE,
    calendars: Calendars | None = None,
) -> tuple[tuple[str | None, Figures | None], ...]:
    """The figures of each group of cases (see `divide`); None where no step was visited.

    Raises MeasureError for an unknown column.
    """
    return measure_groups(stream, events, divide(stream, events, by, segment), calendars)


def measure_groups(
    stream: Stream, events: Events, groups: Groups, calendars: Calendars | None = None
) -> tuple[tuple[str | None, Figures | None], ...]:
    """The figures of groups that a log was divided into; None where no step was visited."""
    return tuple((name, _measured(stream, events, own, calendars)) for name, own in groups)


def _measured(
    stream: Stream, events: Events, segment: Segment, calendars: Calendars | None
) -> Figures | None:
    try:
        return measure(stream, events, segment, calendars)
    except (NothingShared, EmptySegment):
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


def with_promises(known: Figures, visits: Visits) -> Figures:
    """Figures known before, with the promises and values of visits laid over a changed stream."""
    promised = kept_promises(visits)
    steps = tuple(replace(s, promise=promised.get(n)) for n, s in enumerate(known.steps))
    return replace(known, steps=steps, received=received(visits))
