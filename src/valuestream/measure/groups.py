"""Ways to divide a log's cases: by when they started, by their steps, by a column."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from valuestream.engines import row
from valuestream.events import Events
from valuestream.measure.cases import instant
from valuestream.measure.segments import Segment, choose, values
from valuestream.measure.variants import variants_of_cases
from valuestream.measure.visits import lay
from valuestream.model.stream import Stream

Groups = list[tuple[str | None, Segment]]
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_VARIANTS = 20


def divide(stream: Stream, events: Events, by: str, segment: Segment) -> Groups:
    """The groups of a segment's cases, each with its name and as a segment.

    `by` is a column of the log (its values, most cases first), or, where the log has none of that
    name, week, month or weekday (of a case's earliest start, in UTC) or variant (the most usual
    sequences of steps). Raises MeasureError for another name.
    """
    own = {*events.attributes, *events.columns.found().values()}
    if by in own or by not in _WAYS:
        return values(events, by, segment)
    return _WAYS[by](stream, events, segment)


def foremost(groups: Groups, most: int) -> Groups:
    """So many of the groups: the latest of periods, else those with most cases."""
    starts = {own.start for _, own in groups}
    return groups[-most:] if len(starts) > 1 else groups[:most]


def _by_week(stream: Stream, events: Events, segment: Segment) -> Groups:
    first, last = _started(events, segment)
    begin = first - timedelta(days=first.weekday())
    groups: Groups = []
    while begin <= last:
        year, week, _ = begin.isocalendar()
        end = begin + timedelta(days=7)
        groups.append((f"{year}-W{week:02}", _within(segment, begin, end)))
        begin = end
    return groups


def _by_month(stream: Stream, events: Events, segment: Segment) -> Groups:
    first, last = _started(events, segment)
    begin = first.replace(day=1)
    groups: Groups = []
    while begin <= last:
        end = (begin + timedelta(days=31)).replace(day=1)
        groups.append((f"{begin:%Y-%m}", _within(segment, begin, end)))
        begin = end
    return groups


def _by_weekday(stream: Stream, events: Events, segment: Segment) -> Groups:
    return [(name, _with(segment, weekday=number)) for number, name in enumerate(_WEEKDAYS)]


def _by_variant(stream: Stream, events: Events, segment: Segment) -> Groups:
    found = variants_of_cases(lay(stream, events, segment), _MOST_VARIANTS)
    return [(" → ".join(steps), _with(segment, variant=number)) for number, steps in found]


_WAYS = {
    "week": _by_week,
    "month": _by_month,
    "weekday": _by_weekday,
    "variant": _by_variant,
}
WAYS = tuple(_WAYS)
"""By what cases are divided besides by a column."""


def _started(events: Events, segment: Segment) -> tuple[datetime, datetime]:
    """The days on which the segment's first and last case started, at midnight."""
    choose(events, segment)
    first, last = row(
        events.engine,
        "SELECT min(start_us), max(start_us) FROM (SELECT min(start_us) AS start_us FROM chosen "
        "WHERE lifecycle IS NULL GROUP BY case_id) AS started",
    )
    return tuple(  # type: ignore[return-value]
        instant(at).replace(hour=0, minute=0, second=0, microsecond=0) for at in (first, last)
    )


def _within(segment: Segment, begin: datetime, end: datetime) -> Segment:
    start = max(begin, segment.start or begin)
    stop = min(end, segment.end or end)
    return _with(segment, start=start.astimezone(UTC), end=stop.astimezone(UTC))


def _with(segment: Segment, **more: object) -> Segment:
    return replace(segment, **more)  # type: ignore[arg-type]
