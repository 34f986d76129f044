"""Working time as numbers: for each UTC day, what was worked before it, and when in it.

The working time before an instant t of a day is then arithmetic: the day's `before_us`, and of each
of its spans as much as lies before t.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from valuestream.measure.holidays import holidays_of
from valuestream.model.workspace import Calendar, shift, weekdays

Span = tuple[int, int]

_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_DAY = 86_400 * _SECOND
_DAY_IN_MINUTES = 24 * 60
_NEVER = (2**63, 2**63)
_MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1)
_EPOCH_DAY = date(1970, 1, 1).toordinal()
# 1970-01-01 was a Thursday.
_WEEKDAY = 3
# The days a clock can be asked about: at the very first and last it could leave the years 1-9999.
_FIRST_DAY, _LAST_DAY = 3 - _EPOCH_DAY, date.max.toordinal() - _EPOCH_DAY - 2
# A shift may end on the next local day, and local days lie up to a day beside those of UTC.
_BESIDE = 3


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A day of UTC, with the working time up to it and in it."""

    day: int
    """Days since 1970-01-01."""
    before_us: int
    """Working microseconds from the first day asked for to this day's 0:00 UTC."""
    spans: tuple[Span, ...]
    """Working time in this day, from and to, in microseconds since 1970: in order, apart."""


def working_days(
    calendar: Calendar, zone: str | None, first_us: int, last_us: int
) -> tuple[WorkingDay, ...]:
    """Every UTC day from that of the first instant to that of the last, also those without work.

    The calendar's hours are of its own time zone, else of `zone`, else UTC. A shift begins when the
    clock there first shows its start or a later time, and ends when it first shows its end or a
    later one. So a time that is skipped as clocks go forward is the instant at which they do, and
    one that is shown twice is the first of the two: a shift over the night when clocks go back is
    an hour longer, one that ends within the hour shown twice is as long as always, and shifts that
    follow each other leave no hole. A holiday takes away the shifts that start on it.

    Raises InputError for a country that has no known holidays.
    """
    first, last = first_us // _DAY, last_us // _DAY
    clock = _Clock(ZoneInfo(calendar.time_zone or zone or "UTC"), first, last)
    spans = _merged(_shifts(calendar, clock, first - _BESIDE, last + _BESIDE))
    return tuple(_cut(spans, first, last))


def longest_day(calendar: Calendar) -> float:
    """Working seconds of a working day: its hours, each hour of the clock once.

    What a night shift shares with the next morning's counts once, so it is never above 24 hours.
    """
    spans: list[Span] = []
    for start, end in map(shift, calendar.hours):
        spans.append((start, min(end, _DAY_IN_MINUTES)))
        spans.append((0, max(0, end - _DAY_IN_MINUTES)))
    return sum(end - start for start, end in _merged(sorted(spans))) * 60.0


class _Clock:
    """When a zone's clock first shows a time, around some days."""

    def __init__(self, zone: ZoneInfo, first: int, last: int) -> None:
        self._begins: list[int] = []
        self._offsets: list[int] = []
        self._shown: list[int] = []
        """The latest local time shown before the offset that follows."""
        previous = first - 2 * _BESIDE
        for day in range(previous, last + 2 * _BESIDE):
            offset = _offset(zone, day * _DAY)
            if not self._offsets:
                self._change(day * _DAY, offset)
            elif offset != self._offsets[-1]:
                self._change(_change(zone, previous * _DAY, day * _DAY), offset)
            previous = day

    def _change(self, instant: int, offset: int) -> None:
        if self._offsets:
            self._shown.append(instant + self._offsets[-1])
        self._begins.append(instant)
        self._offsets.append(offset)

    def first_shows(self, local: int) -> int:
        """The first instant at which the clock shows a local time or a later one."""
        place = bisect_right(self._shown, local)
        return max(self._begins[place], local - self._offsets[place])


def _offset(zone: ZoneInfo, instant: int) -> int:
    bounded = min(max(instant, _FIRST_DAY * _DAY), _LAST_DAY * _DAY)
    offset = zone.fromutc(_EPOCH.replace(tzinfo=zone) + timedelta(0, 0, bounded)).utcoffset()
    return offset // _MICROSECOND if offset else 0


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The instant, to the second, from which the offset of `after` holds; it changes once between.

    No zone's clock is known to have been changed twice in a day of UTC.
    """
    offset = _offset(zone, after)
    low, high = before // _SECOND, after // _SECOND
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle * _SECOND) == offset:
            high = middle
        else:
            low = middle
    return high * _SECOND


def _shifts(calendar: Calendar, clock: _Clock, first: int, last: int) -> Iterator[Span]:
    """The shifts that start on some local days, in order, as instants."""
    worked = weekdays(calendar.days)
    hours = sorted((start * _MINUTE, end * _MINUTE) for start, end in map(shift, calendar.hours))
    free = {day.toordinal() - _EPOCH_DAY for day in _holidays(calendar, first, last)}
    for day in range(first, last + 1):
        if (day + _WEEKDAY) % 7 in worked and day not in free:
            midnight = day * _DAY
            for start, end in hours:
                yield clock.first_shows(midnight + start), clock.first_shows(midnight + end)


def _holidays(calendar: Calendar, first: int, last: int) -> Iterable[date]:
    if not isinstance(calendar.holidays, str):
        return calendar.holidays or ()
    return holidays_of(calendar.holidays, _date(first).year, _date(last).year)


def _date(day: int) -> date:
    return date.fromordinal(min(max(day + _EPOCH_DAY, 1), date.max.toordinal()))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that meet or overlap as one, without the empty ones."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        elif end > start:
            merged.append((start, end))
    return merged


def _cut(spans: list[Span], first: int, last: int) -> Iterator[WorkingDay]:
    """The spans by UTC day."""
    coming = iter(spans)
    start, end = next(coming, _NEVER)
    # What the first local days looked at leave before the first day asked for.
    while end <= first * _DAY:
        start, end = next(coming, _NEVER)
    start = max(start, first * _DAY)
    before = 0
    for day in range(first, last + 1):
        ends = (day + 1) * _DAY
        inside: list[Span] = []
        worked = 0
        while start < ends:
            until = end if end < ends else ends
            inside.append((start, until))
            worked += until - start
            start, end = (until, end) if until < end else next(coming, _NEVER)
        yield WorkingDay(day, before, tuple(inside))
        before += worked
