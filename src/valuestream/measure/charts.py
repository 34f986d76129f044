"""What charts show beyond the figures: how lead times are spread, work in progress over time."""

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from valuestream.engines import row
from valuestream.measure.cases import instant
from valuestream.measure.visits import Visits


@dataclass(frozen=True, slots=True)
class Histogram:
    """Cases in bins of equal width, in seconds from `start`; `beyond` have more than the last."""

    start: float
    width: float
    counts: tuple[int, ...]
    beyond: int


def lead_times(visits: Visits, bins: int = 40) -> Histogram:
    """The cases by lead time, in bins from nothing to the 98th percentile, where a tail begins."""
    tail, longest = row(
        visits.engine,
        "SELECT quantile_cont(end_us - start_us, [0.98]), max(end_us - start_us) FROM cases",
    )
    top = (tail and tail[0]) or longest or 1_000_000
    width = max(top / bins, 1.0)
    by_bin = dict(
        visits.engine.rows(
            "SELECT least(CAST(floor((end_us - start_us) / CAST("
            f"{width!r} AS DOUBLE)) AS BIGINT), {bins}), count(*) FROM cases GROUP BY 1"
        )
    )
    counts = tuple(by_bin.get(bin_, 0) for bin_ in range(bins))
    return Histogram(0.0, width / 1_000_000, counts, by_bin.get(bins, 0))


def work_in_progress(visits: Visits, points: int = 300) -> tuple[tuple[datetime, int], ...]:
    """Cases in work at so many instants, evenly over the period, both its ends included.

    None where no case has a visit with an end, for then there is no period.
    """
    first, last = row(visits.engine, "SELECT min(start_us), max(end_us) FROM cases")
    if first is None:
        return ()
    gaps, span = max(points - 1, 1), max(last - first, 1)
    # Each change counts from the first of the instants that is not before it.
    since = f"(greatest(t - {first}, 0) * {gaps} + {span - 1}) // {span}"
    closed = "FROM cases WHERE case_key NOT IN (SELECT case_key FROM open_cases)"
    changes = dict(
        visits.engine.rows(
            f"SELECT {since}, CAST(sum(change) AS BIGINT) FROM ("
            f"SELECT start_us AS t, 1 AS change {closed} UNION ALL SELECT end_us, -1 {closed} "
            "UNION ALL SELECT start_us, 1 FROM open_cases) AS changes GROUP BY 1"
        )
    )
    in_work = accumulate(changes.get(point, 0) for point in range(points))
    return tuple(
        (instant(first + (last - first) * point // gaps), cases)
        for point, cases in enumerate(in_work)
    )
