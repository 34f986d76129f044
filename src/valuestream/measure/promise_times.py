"""How the times that promises limit are spread: of each visit, from when its clock started."""

from dataclasses import dataclass

from valuestream.measure.charts import Histogram
from valuestream.measure.promises import is_working, promises, since
from valuestream.measure.visits import Visits
from valuestream.measure.working import working_day
from valuestream.model.promises import Promise, Within

_BELOW = 8
"""The limit is the end of this bin, so that no bin holds visits of both sides."""
_BINS = 24


@dataclass(frozen=True, slots=True)
class PromiseTimes:
    """The visits of a step by the time that its promise limits, and the limit, in seconds."""

    limit: float
    histogram: Histogram


def promise_times(visits: Visits) -> dict[str, PromiseTimes]:
    """For each step whose promise is one limit on time, how long its visits took.

    Visits that the promise does not apply to do not count, as for the share that keeps it.
    """
    found = {}
    for place, promise in promises(visits.stream):
        limit = _limit(visits, place, promise)
        if limit is not None:
            counted = _counted(visits, place, promise, limit)
            if sum(counted.counts) + counted.beyond:
                name = visits.stream.steps[place].step
                found[name] = PromiseTimes(limit, counted)
    return found


def _limit(visits: Visits, place: int, promise: Promise) -> float | None:
    """In seconds; None where the promise is no mere limit, or nobody knows its working day."""
    (first, *others) = promise.terms
    if others or not isinstance(first, Within) or first.seconds <= 0:
        return None
    if first.time == "elapsed":
        return first.seconds
    if visits.calendars is None:
        return None
    days = working_day(visits.calendars, place) / 86_400 if first.time == "working days" else 1.0
    return first.seconds * days


def _counted(visits: Visits, place: int, promise: Promise, limit: float) -> Histogram:
    term = promise.terms[0]
    assert isinstance(term, Within)
    table = "visits_working" if is_working(promise) else "visits"
    width = limit / _BELOW
    took = f"(end_us - {since(visits.stream, term)}) / 1000000.0"
    # What takes exactly the limit keeps the promise: it belongs into the bin that ends there.
    which = f"least(greatest(CAST(ceil({took} / {width!r} - 1e-9) AS BIGINT) - 1, 0), {_BINS})"
    counts = dict(
        visits.engine.rows(
            f"SELECT bin, count(*) FROM (SELECT {which} AS bin FROM {table} WHERE step = {place}) "
            "AS binned WHERE bin IS NOT NULL GROUP BY bin"
        )
    )
    return Histogram(
        0.0, width, tuple(counts.get(bin_, 0) for bin_ in range(_BINS)), counts.get(_BINS, 0)
    )
