"""What charts show beyond the figures: how lead times are spread, work in progress over time."""

from dataclasses import dataclass
from datetime import datetime

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
    row = visits.connection.execute(
        "SELECT quantile_cont(end_us - start_us, 0.98), max(end_us - start_us) FROM cases"
    ).fetchone()
    assert row is not None
    top = row[0] or row[1] or 1_000_000
    width = max(top / bins, 1.0)
    counted = visits.connection.execute(
        "SELECT least(floor((end_us - start_us) / ?)::BIGINT, ?), count(*) FROM cases GROUP BY 1",
        [width, bins],
    ).fetchall()
    by_bin = dict(counted)
    counts = tuple(by_bin.get(bin_, 0) for bin_ in range(bins))
    return Histogram(0.0, width / 1_000_000, counts, by_bin.get(bins, 0))


def work_in_progress(visits: Visits, points: int = 300) -> tuple[tuple[datetime, int], ...]:
    """Cases in work at so many instants, evenly over the period, both its ends included.

    None where no case has a visit with an end, for then there is no period.
    """
    rows = visits.connection.execute(
        """
        WITH open_keys AS (SELECT case_key FROM open_visits),
        bounds AS (SELECT min(start_us) AS first, max(end_us) AS last FROM cases),
        ticks AS (SELECT first + (last - first) * i // ? AS t
                  FROM bounds, range(?) AS r(i) WHERE first IS NOT NULL),
        changes AS (
          SELECT start_us AS t, 1 AS change FROM cases WHERE case_key NOT IN (FROM open_keys)
          UNION ALL
          SELECT end_us, -1 FROM cases WHERE case_key NOT IN (FROM open_keys)
          UNION ALL
          SELECT least(o.start_us, c.start_us), 1
          FROM open_visits AS o LEFT JOIN cases AS c USING (case_key)),
        running AS (SELECT t, sum(sum(change)) OVER (ORDER BY t) AS in_work
                    FROM changes GROUP BY t)
        SELECT ticks.t, coalesce(in_work, 0)::BIGINT FROM ticks ASOF LEFT JOIN running
          ON ticks.t >= running.t
        ORDER BY ticks.t""",
        [max(points - 1, 1), points],
    ).fetchall()
    return tuple((instant(t), in_work) for t, in_work in rows)
