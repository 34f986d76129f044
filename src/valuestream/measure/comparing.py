"""Two segments or periods of one log, compared figure by figure."""

from valuestream.events import Events
from valuestream.measure.differences import Comparison, differences
from valuestream.measure.samples import sample
from valuestream.measure.segments import Segment
from valuestream.measure.visits import lay
from valuestream.measure.working import Calendars
from valuestream.model.stream import Stream


def compare_segments(
    stream: Stream,
    events: Events,
    one: Segment,
    other: Segment,
    calendars: Calendars | None = None,
) -> Comparison:
    """The differences of the other segment from the one, and which are larger than chance.

    Raises MeasureError where one of them is empty or cannot be asked.
    """
    # What is laid next replaces the tables: each segment is sampled before the other is laid.
    samples = [sample(lay(stream, events, segment, calendars)) for segment in (one, other)]
    return differences(*samples)
