"""Queues: how many visits came to each step, how many began, and how many waited, as time goes."""

from itertools import accumulate

from valuestream.engines import row
from valuestream.measure.cases import instant
from valuestream.measure.spans import units
from valuestream.measure.visits import Visits
from valuestream.model.queues import Queue, Queues

_WAITED = "before_end_us < start_us"


def queues(visits: Visits) -> Queues:
    """The queue before each step at the end of each ISO week (UTC), or day of a short log.

    A visit waits from the latest end of its case's earlier visits until its start. Visits that
    began at once came and began in the same moment and are left out.
    """
    first, last = row(visits.engine, "SELECT min(start_us), max(end_us) FROM visits")
    if first is None:
        return Queues("day", (), ())
    found = units(first, last)
    came = _counted(visits, found.number("before_end_us"))
    begun = _counted(visits, found.number("start_us"))
    steps = tuple(
        _queue(step.step, found.numbers, came.get(place, {}), begun.get(place, {}))
        for place, step in enumerate(visits.stream.steps)
    )
    return Queues(found.unit, tuple(map(instant, found.starts)), steps)


def _queue(name: str, numbers: range, came: dict[int, int], begun: dict[int, int]) -> Queue:
    arrived, started = (tuple(c.get(n, 0) for n in numbers) for c in (came, begun))
    waiting = accumulate(a - b for a, b in zip(arrived, started, strict=True))
    return Queue(name, arrived, started, tuple(waiting))


def _counted(visits: Visits, number: str) -> dict[int, dict[int, int]]:
    """By step and unit."""
    found: dict[int, dict[int, int]] = {}
    for step, when, count in visits.engine.rows(
        f"SELECT step, {number}, count(*) FROM visits WHERE {_WAITED} GROUP BY 1, 2"
    ):
        found.setdefault(step, {})[when] = count
    return found
