"""Figures day by day (UTC): of each step and of the stream, what each day's visits or cases give.

A visit belongs to the day on which it starts, a case to that of its earliest start, so that what
began after a change stands after it. Not so an elapsed time: it ends with an instant, whose start
nobody saw, and belongs to the instant's day.

The last days of a log hold only the quick ones of what began on them. Days are left out from where
the 95th percentile of the time it takes would reach beyond the log's end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from valuestream.engines import row
from valuestream.measure.keeping import told
from valuestream.measure.promises import promises
from valuestream.measure.steps import ELAPSED, PROCESS, WAIT
from valuestream.measure.visits import Visits
from valuestream.model.graph import graph

_DAY = 86_400 * 1_000_000
_MONTH = 30 * _DAY
_FEWEST_A_MONTH = 50
_MICROS = 1_000_000
_EPOCH = date(1970, 1, 1)
_STEEP = 5

Day = tuple[date, float, float, float]
"""A day, how many have the figure, its sum, and the sum of its squares; durations in seconds."""


@dataclass(frozen=True, slots=True)
class Daily:
    """One figure of a step (of the stream, where `step` is None), by day.

    Attributes:
        step: The step's place.
        figure: Its name: `wait_time`, `rework`, `promise.kept`, `lead_time`, …
        is_share: Whether it is a share, and no duration.
        days: Those that have it, in order.
        capped: Of durations: longer ones count as this one, in seconds; an accident is no effect.
        until: The first day that is left out, since the log's end is too near.
    """

    step: int | None
    figure: str
    is_share: bool
    days: tuple[Day, ...]
    capped: float | None
    until: date


def daily(visits: Visits, steps: frozenset[int]) -> tuple[Daily, ...]:
    """The figures of these steps by day, and the stream's lead time.

    Process time, wait time, where no wait is known the elapsed time, rework, complete and
    accurate, the promise kept. What the log cannot tell is left out.
    """
    end = _end(visits)
    if end is None:
        return ()
    found = [*_lead_times(visits, end)]
    for place in sorted(steps):
        found += _of_step(visits, place, end)
    return tuple(found)


def _end(visits: Visits) -> int | None:
    """The day of the latest end."""
    (last,) = row(visits.engine, "SELECT max(end_us) FROM visits")
    return None if last is None else last // _DAY


def _lead_times(visits: Visits, end: int) -> Iterator[Daily]:
    cases = "SELECT start_us AS at_us, end_us - start_us AS took_us FROM cases WHERE completed"
    yield from _durations(visits, cases, (None, "lead_time"), end - _days_of(visits, cases))


def _of_step(visits: Visits, place: int, end: int) -> Iterator[Daily]:
    of = f"FROM visits WHERE step = {place}"
    process = f"SELECT start_us AS at_us, {PROCESS} AS took_us {of}"
    began = end - _days_of(visits, process)
    waited = f"SELECT start_us AS at_us, {WAIT} AS took_us {of}"
    wait = [*_durations(visits, waited, (place, "wait_time"), began)]
    yield from _durations(visits, process, (place, "process_time"), began)
    yield from wait
    if not wait:
        elapsed = f"SELECT end_us AS at_us, {ELAPSED} AS took_us {of}"
        yield from _durations(visits, elapsed, (place, "elapsed_time"), end)
    cases = "SELECT end_us - start_us AS took_us FROM cases WHERE completed"
    closed = end - _days_of(visits, cases)
    yield from _rework(visits, place, closed)
    yield from _accurate(visits, place, closed)
    yield from _kept(visits, place, began)


def _days_of(visits: Visits, durations: str) -> int:
    """In whole days, how long all but the slowest twentieth take."""
    (most,) = row(visits.engine, f"SELECT quantile_cont(took_us, [0.95]) FROM ({durations}) AS d")
    return int(most[0] // _DAY) if most and most[0] is not None else 0


def _durations(
    visits: Visits, values: str, of: tuple[int | None, str], until: int
) -> Iterator[Daily]:
    """Of values `took_us` at instants `at_us`, both in microseconds."""
    cap = _cap(visits, values)
    if cap is None:
        return
    # Of nothing and the cap, least() would make the cap.
    value = f"SELECT at_us, least(took_us, {cap!r}) / 1e6 AS value FROM ({values}) AS d"
    yield from _by_day(visits, of, (f"{value} WHERE took_us IS NOT NULL", until), cap)


def _cap(visits: Visits, values: str) -> float | None:
    """As what longer ones count: the 99th percentile, and no less than the fence of any month.

    The fence lies so far above a month's median as its quartile five times does, in logarithms:
    lognormal values pass it once in 2,000 times. Months are asked, since what varies more after a
    change must not lose its longest.
    """
    (most,) = row(visits.engine, f"SELECT quantile_cont(took_us, [0.99]) FROM ({values}) AS d")
    if most is None or most[0] is None:
        return None
    months = visits.engine.rows(
        f"SELECT floor(at_us / {_MONTH}.0) AS month, quantile_cont(took_us, [0.5, 0.75]) "
        f"FROM ({values}) AS d WHERE took_us > 0 GROUP BY 1 HAVING count(*) >= {_FEWEST_A_MONTH}"
    )
    fences = [half * (quarter / half) ** _STEEP for _, (half, quarter) in months]
    return float(max(most[0], *fences, 0.0))


def _rework(visits: Visits, place: int, until: int) -> Iterator[Daily]:
    values = (
        "SELECT min(start_us) AS at_us, CASE WHEN count(*) > 1 THEN 1.0 ELSE 0.0 END AS value "
        f"FROM visits WHERE step = {place} GROUP BY case_key"
    )
    yield from _by_day(visits, (place, "rework"), (values, until))


def _accurate(visits: Visits, place: int, until: int) -> Iterator[Daily]:
    ways = graph(visits.stream)
    back = [p for p in range(len(visits.stream.steps)) if ways.is_back(place, p)]
    returned = f"next_step IN ({', '.join(map(str, back))})" if back else "1 = 0"
    values = (
        f"SELECT start_us AS at_us, CASE WHEN {returned} THEN 0.0 ELSE 1.0 END AS value FROM ("
        "SELECT step, start_us, lead(step) OVER (PARTITION BY case_key ORDER BY place) "
        f"AS next_step FROM visits) AS v WHERE step = {place}"
    )
    yield from _by_day(visits, (place, "complete_accurate"), (values, until))


def _kept(visits: Visits, place: int, until: int) -> Iterator[Daily]:
    promise = dict(promises(visits.stream)).get(place)
    if promise is None:
        return
    values = (
        "SELECT v.start_us AS at_us, CASE WHEN t.kept THEN 1.0 ELSE 0.0 END AS value "
        f"FROM ({told(visits, place, promise)}) AS t "
        "JOIN visits AS v ON v.case_key = t.case_key AND v.place = t.place "
        "WHERE t.kept IS NOT NULL"
    )
    yield from _by_day(visits, (place, "promise.kept"), (values, until))


def _by_day(
    visits: Visits, of: tuple[int | None, str], asked: tuple[str, int], cap: float | None = None
) -> Iterator[Daily]:
    values, until = asked
    rows = visits.engine.rows(
        f"SELECT CAST(floor(at_us / {_DAY}.0) AS BIGINT) AS day, count(value), "
        "sum(CAST(value AS DOUBLE)), sum(CAST(value * value AS DOUBLE)) "
        f"FROM ({values}) AS v WHERE at_us < {until * _DAY + _DAY} GROUP BY 1 ORDER BY 1"
    )
    days = tuple(_day(found) for found in rows if found[1])
    if days:
        step, figure = of
        until_day = _EPOCH + timedelta(days=until + 1)
        seconds = None if cap is None else cap / _MICROS
        yield Daily(step, figure, cap is None, days, seconds, until_day)


def _day(found: tuple[Any, ...]) -> Day:
    day, count, total, squares = found
    return _EPOCH + timedelta(days=day), float(count), float(total), float(squares)
