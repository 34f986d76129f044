"""Figures over the past: a value for each ISO week (UTC), of one laying of the events.

What a week's value stands on is settled when the week is over, so that later cases do not change
the past. Wait, process and elapsed times and promises belong to the week in which the visit ended.
All that is said of cases, and what only their end can tell (rework, what came back, values
received), belongs to the week in which a completed case ended; cases that are not completed count
in no week. Arrivals, throughput and work in progress are those of `weeks`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from valuestream.engines import row
from valuestream.events import Events
from valuestream.measure import weekly, weekly_moves
from valuestream.measure.cases import instant
from valuestream.measure.costs import case_costs
from valuestream.measure.visits import Visits, lay
from valuestream.measure.weekly import WORKING, Spreads, Values
from valuestream.measure.weeks import week_name, week_number, week_start
from valuestream.measure.working import Calendars
from valuestream.model.figure_path import FigurePath
from valuestream.model.money import Cost
from valuestream.model.series import Point, Series
from valuestream.model.stream import Stream


def history(
    stream: Stream,
    events: Events,
    path: FigurePath,
    calendars: Calendars | None = None,
    costs: Mapping[str, Cost] | None = None,
) -> Series:
    """A figure of a stream on a log, week by week.

    `costs` are those of roles by their names. Raises NoSuchFigure for a step that is not there, and
    MeasureError where stream and log share nothing.
    """
    return histories(lay(stream, events, calendars=calendars), (path,), costs)[0]


def histories(
    visits: Visits, paths: Sequence[FigurePath], costs: Mapping[str, Cost] | None = None
) -> tuple[Series, ...]:
    """Figures of one stream, week by week; a figure that the data cannot give has no values."""
    frame, laid = _frame(visits), _Laid(visits, costs or {})
    found = [path.found(visits.stream) for path in paths]
    return tuple(
        Series(p, _points(p, laid, frame) if frame else (), *laid.priced(p)) for p in found
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """The weeks of a log by number, its first and last day, and the day since it is settled."""

    weeks: range
    first: date
    last: date
    settled: date


def _frame(visits: Visits) -> _Frame | None:
    """None where no case has a visit with an end."""
    first, last, usual, number, final = row(
        visits.engine,
        f"""
        SELECT min(start_us), max(end_us),
          quantile_cont(CASE WHEN completed THEN end_us - start_us END, [0.95]),
          {week_number("min(start_us)")}, {week_number("max(end_us)")}
        FROM cases""",
    )
    if first is None:
        return None
    since = instant(first) + timedelta(microseconds=usual[0] if usual else 0)
    days = instant(first).date(), instant(last).date(), since.date()
    return _Frame(range(number, final + 1), *days)


def _points(path: FigurePath, laid: "_Laid", frame: _Frame) -> tuple[Point, ...]:
    values, points = laid.values(path), []
    for number in frame.weeks:
        start = week_start(number)
        sunday = start + timedelta(days=6)
        value, n = values.get(number, (None, 0))
        # A case that is as long as most and was completed in the week began after the log did.
        settled = path.figure.clock != "case" or frame.settled <= sunday
        whole = frame.first <= start and sunday <= frame.last
        points.append(Point(week_name(number), start, value, n, whole, settled))
    return tuple(points)


@dataclass(frozen=True)
class _Laid:
    """A stream's visits by week; what several figures share is asked once."""

    visits: Visits
    costs: Mapping[str, Cost]
    _times: dict[tuple[bool, str], Spreads] = field(default_factory=dict)

    def values(self, path: FigurePath) -> Values:
        name, step = path.figure.name, path.step
        place = None if step is None else self.visits.stream.place(step)
        if name.startswith(WORKING) and self.visits.calendars is None:
            return {}
        if path.figure.clock == "week":
            return weekly.counts(self.visits, path.figure.week)
        if path.figure.unit == "duration":
            return self._spreads(name, place)
        return self._of_stream(name) if place is None else self._of_step(name, place)

    def priced(self, path: FigurePath) -> tuple[tuple[str, ...], str | None]:
        """Of a cost, what was left out of it and its currency."""
        if path.figure.unit != "money":
            return (), None
        found = case_costs(self.visits.stream, self.costs)
        return found.notes, found.currency

    def _of_stream(self, name: str) -> Values:
        if name == "received.every":
            return weekly.received(self.visits, None)
        if name == "rolled_complete_accurate":
            return weekly_moves.rolled(self.visits)
        if name == "handoffs.per_case":
            return weekly_moves.handoffs(self.visits)
        if name == "cost_per_case":
            summed = case_costs(self.visits.stream, self.costs).sql
            return weekly.cost(self.visits, summed) if summed else {}
        return weekly.flow_efficiency(self.visits, name)

    def _of_step(self, name: str, place: int) -> Values:
        if name == "promise.kept":
            return weekly.kept(self.visits, place)
        if name == "rework":
            return weekly.rework(self.visits, place)
        if name == "received":
            return weekly.received(self.visits, place)
        return self._accurate.get(place, {})

    @cached_property
    def _accurate(self) -> dict[int, Values]:
        return weekly_moves.complete_accurate(self.visits)

    def _spreads(self, name: str, place: int | None) -> Values:
        time, _, part = name.rpartition(".")
        key = place is None, time
        if key not in self._times:
            of = weekly.case_times if place is None else weekly.visit_times
            self._times[key] = of(self.visits, time)
        found = self._times[key].items()
        return {week: (getattr(own, part), n) for (step, week), (own, n) in found if step == place}
