"""Arrivals by hour of the week in a time zone: how many, and how many to expect.

Where clocks are put back an hour occurs twice, and where they are put forward one does not.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo, available_timezones

from valuestream.measure.cases import instant
from valuestream.measure.errors import MeasureError
from valuestream.measure.visits import Visits
from valuestream.model.names import did_you_mean

# Zones lie apart by quarters of an hour, not by whole ones.
_QUARTER = 15 * 60 * 1_000_000
_DAY = 96
_WEEK = 7 * _DAY
# 1970-01-01 was a Thursday: its week began three days before.
_MONDAY = 3 * _DAY

Hours = tuple[tuple[int, ...], ...]
Means = tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ArrivalsByHour:
    """Arrivals by local weekday (Monday first) and hour.

    Attributes:
        zone: The time zone's name.
        arrivals: Cases whose earliest start lies in that hour of the week.
        mean: Those per time the hour occurred from the hour of the first arrival to that of the
            last; None where it did not. (What comes after the last arrival is left out: a log is
            often cut where no new cases were taken in any more.)
    """

    zone: str
    arrivals: Hours
    mean: Means


def arrivals_by_hour(visits: Visits, zone: str = "UTC") -> ArrivalsByHour:
    """Arrivals by hour of the week. Raises MeasureError where no zone has the name."""
    local = _zone(zone)
    counts = dict(
        visits.engine.rows(
            f"SELECT CAST(floor(start_us / {_QUARTER}.0) AS BIGINT), count(*) FROM cases GROUP BY 1"
        )
    )
    came, quarters = [0] * 168, [0] * 168
    if counts:
        stretches = _stretches(*_whole_hours(min(counts), max(counts), local), local)
        begins = [begin for begin, _, _ in stretches]
        for quarter, cases in counts.items():
            shift = stretches[bisect_right(begins, quarter) - 1][2]
            came[_hour(quarter + shift)] += cases
        quarters = _occurred(stretches)
    return ArrivalsByHour(
        zone,
        tuple(tuple(came[day * 24 : day * 24 + 24]) for day in range(7)),
        tuple(
            tuple(
                came[hour] * 4 / quarters[hour] if quarters[hour] else None
                for hour in range(day * 24, day * 24 + 24)
            )
            for day in range(7)
        ),
    )


def _zone(name: str) -> ZoneInfo:
    if name in available_timezones():
        return ZoneInfo(name)
    raise MeasureError(
        f"{name!r} is no time zone; {did_you_mean(name, sorted(available_timezones()))}"
    )


def _hour(quarter: int) -> int:
    """The hour of the week, from Monday, 0:00, of a quarter since 1970."""
    return (quarter + _MONDAY) % _WEEK // 4


def _shift(quarter: int, zone: ZoneInfo) -> int:
    """How far the zone is ahead of UTC, in quarters."""
    ahead = instant(quarter * _QUARTER).astimezone(zone).utcoffset() or timedelta(0)
    return ahead // timedelta(minutes=15)


def _whole_hours(first: int, last: int, zone: ZoneInfo) -> tuple[int, int]:
    """The quarters of the local hours of two quarters, the latter hour's end excluded."""
    begun, over = ((q + _shift(q, zone)) % 4 for q in (first, last))
    return first - begun, last - over + 4


def _stretches(first: int, end: int, zone: ZoneInfo) -> list[tuple[int, int, int]]:
    """From `first` to before `end`, the stretches in which the zone's shift is the same."""
    found = []
    begin, shift = first, _shift(first, zone)
    for day in range(first + _DAY, end + _DAY, _DAY):
        if day < end and _shift(day, zone) == shift:
            continue
        for quarter in range(day - _DAY + 1, min(day + 1, end)):
            if (new := _shift(quarter, zone)) != shift:
                found.append((begin, quarter, shift))
                begin, shift = quarter, new
    return [*found, (begin, end, shift)]


def _occurred(stretches: list[tuple[int, int, int]]) -> list[int]:
    """The quarters that each hour of the week had."""
    quarters = [0] * 168
    for begin, end, shift in stretches:
        weeks, rest = divmod(end - begin, _WEEK)
        quarters = [had + 4 * weeks for had in quarters]
        for quarter in range(begin, begin + rest):
            quarters[_hour(quarter + shift)] += 1
    return quarters
