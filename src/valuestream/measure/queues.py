"""Queues: how many visits came to each step, how many began, and how many waited, as time goes."""

from itertools import accumulate

from valuestream.engines import row
from valuestream.measure.cases import instant
from valuestream.measure.some_resources import ALL
from valuestream.measure.spans import Units, units
from valuestream.measure.visits import Visits
from valuestream.model.queues import Queue, Queues

_WAITED = "before_end_us < start_us"
_DAY = 86_400 * 1_000_000

_ByDay = dict[int, dict[int, int]]
"""Counts by step (its place) and day since 1970."""


def queues(visits: Visits, of: str = ALL) -> Queues:
    """The queue before each step at the end of each ISO week (UTC), or day of a short log.

    A visit waits from the latest end of its case's earlier visits until its start. Visits that
    began at once came and began in the same moment and are left out. `of` (SQL) says of which
    resources it is looked at what begins together.
    """
    first, last = row(visits.engine, "SELECT min(start_us), max(end_us) FROM visits")
    if first is None:
        return Queues("day", (), ())
    span = units(first, last)
    came, begun = _by_day(visits, "before_end_us"), _by_day(visits, "start_us")
    together = _together(visits, of)
    steps = []
    for place, step in enumerate(visits.stream.steps):
        arrived, started = came.get(place, {}), begun.get(place, {})
        many, few = _in_units(arrived, span), _in_units(started, span)
        waiting = tuple(accumulate(a - b for a, b in zip(many, few, strict=True)))
        days = len(arrived), len(started)
        steps.append(Queue(step.step, many, few, waiting, *days, together.get(place)))
    return Queues(span.unit, tuple(map(instant, span.starts)), tuple(steps))


def _by_day(visits: Visits, micros: str) -> _ByDay:
    found: _ByDay = {}
    for step, day, count in visits.engine.rows(
        f"SELECT step, CAST(floor({micros} / {_DAY}.0) AS BIGINT), count(*) "
        f"FROM visits WHERE {_WAITED} GROUP BY 1, 2"
    ):
        found.setdefault(step, {})[day] = count
    return found


def _in_units(by_day: dict[int, int], span: Units) -> tuple[int, ...]:
    counts = dict.fromkeys(span.numbers, 0)
    for day, count in by_day.items():
        counts[(day * _DAY + span.shift) // span.length] += count
    return tuple(counts.values())


def _together(visits: Visits, of: str) -> dict[int, float]:
    rows = visits.engine.rows(f"""
        SELECT step, CAST(sum(CASE WHEN visits > 1 THEN visits ELSE 0 END) AS BIGINT),
          CAST(sum(visits) AS BIGINT)
        FROM (SELECT step, resource, start_us, count(*) AS visits
              FROM visits WHERE {_WAITED} AND known AND {of} AND start_us % {_DAY} <> 0
              GROUP BY step, resource, start_us) AS begun
        GROUP BY step""")
    return {step: together / every for step, together, every in rows}
