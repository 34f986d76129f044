"""Why visits wait: the waits before them, split by cause.

After Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas, "Why Am I Waiting? Data-Driven Analysis
of Waiting Times in Business Processes" (CAiSE 2023), made simpler:

- A visit is enabled when all earlier visits of its case have ended; it waits until its start.
- Batching: from there until the last visit of its batch is enabled. A batch is of one step and one
  resource: visits in a row, each starting as the one before it starts or ends, that were all
  enabled when the first of the row started, of two cases at least. (A queue that built up while
  the resource did something else looks the same, and is counted as a batch.)
- Of what is left, the time in which the resource was at work. Contention: on a visit enabled no
  later than this one. Priority: only on visits enabled later, which went before this one.
  A first visit of a case is enabled when it starts: nobody saw it wait.
- Outside: the rest. The resource was at no work that the log and the stream show; without its
  calendar nobody can say whether it was there.

What happens at once counts for one cause alone, in this order, so that the causes sum up to the
wait, to the microsecond. The resource is the one that did the visit in the end: whether another
could have done it, the log does not tell.
"""

from valuestream.engines import row
from valuestream.measure.some_resources import ALL
from valuestream.measure.visits import Visits
from valuestream.model.resources import WaitCauses, Waits

_MICROS = 1_000_000
_MOST = 20_000_000
"""The most comparisons of a waiting visit with others of its resource, roughly."""
_BLOCK = 64
"""Visits of a resource in a row that are passed over together where none meets a wait."""

_TIMED = (
    "SELECT case_key, place, step, resource, start_us, end_us, before_end_us, "
    "least(start_us, coalesce(before_end_us, start_us)) AS enabled_us "
    "FROM visits WHERE known AND {}"
)
_ROW = "PARTITION BY resource, step ORDER BY start_us, end_us, case_key, place"
# Each a query on the one before it. A first visit is in no batch: nobody knows when it was enabled.
_FOLLOWING = (
    f"SELECT *, lag(start_us) OVER ({_ROW}) AS last_start_us, "
    f"lag(end_us) OVER ({_ROW}) AS last_own_end_us "
    "FROM timed WHERE before_end_us IS NOT NULL"
)
_RUNS = (
    "SELECT *, sum(CASE WHEN start_us = last_start_us OR start_us = last_own_end_us THEN 0 ELSE 1 "
    f"END) OVER ({_ROW} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS run "
    f"FROM ({_FOLLOWING}) AS following"
)
_BEGUN = (
    "SELECT *, min(start_us) OVER (PARTITION BY resource, step, run) AS began_us "
    f"FROM ({_RUNS}) AS runs"
)
_MEMBERS = f"SELECT *, enabled_us <= began_us AS member FROM ({_BEGUN}) AS begun"
_BATCH = "PARTITION BY resource, step, run, member"
_BATCHED = (
    f"SELECT case_key, place, step, resource, start_us, enabled_us, "
    f"CASE WHEN member AND min(case_key) OVER ({_BATCH}) <> max(case_key) OVER ({_BATCH}) "
    f"THEN max(enabled_us) OVER ({_BATCH}) ELSE enabled_us END AS ready_us "
    f"FROM ({_MEMBERS}) AS members"
)
# What overlaps no other work of its resource needs no union.
_WORKED = f"""
    SELECT resource, start_us, end_us, enabled_us,
      CAST(floor((row_number() OVER in_order - 1) / {_BLOCK}.0) AS BIGINT) AS block,
      coalesce(max(end_us) OVER so_far <= start_us, TRUE)
        AND coalesce(lead(start_us) OVER in_order >= end_us, TRUE) AS alone
    FROM timed WHERE start_us < end_us
    WINDOW in_order AS (PARTITION BY resource ORDER BY start_us, end_us),
      so_far AS (PARTITION BY resource ORDER BY start_us, end_us
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"""


def waits(visits: Visits, most: int = _MOST, of: str = ALL) -> Waits:
    """The waits before visits whose start is known, by cause; of the resources that are looked at.

    Where it would take more than about `most` comparisons of visits, the cases of the lowest
    numbers are split that stay within it (at least one): the numbers are hashes, which makes it a
    sample, and the same one each time.
    """
    visits.engine.view("timed", _TIMED.format(of))
    visits.engine.table("batched", f"SELECT * FROM ({_BATCHED}) AS b WHERE enabled_us < start_us")
    visits.engine.table("worked", _WORKED)
    waiting, nobody = _counts(visits)
    among = _sample(visits, most)
    waited, at_work = _waited(visits, among), _at_work(visits, among)
    found = {
        step.step: _causes(*waited[place], *at_work.get(place, (0, 0)))
        for place, step in enumerate(visits.stream.steps)
        if place in waited
    }
    sums = [sum(times) for times in zip(*waited.values(), strict=True)] or [0, 0, 0]
    busy = [sum(times) for times in zip(*at_work.values(), strict=True)] or [0, 0]
    return Waits(_causes(*sums, *busy), found, waiting, nobody)


def _causes(visits: int, wait: int, batching: int, busy: int, contention: int) -> WaitCauses:
    shares = (wait, batching, contention, busy - contention, wait - batching - busy)
    return WaitCauses(visits, *(micros / _MICROS for micros in shares))


def _counts(visits: Visits) -> tuple[int, int]:
    """The waiting visits with a resource, and those without."""
    waited, named = row(
        visits.engine,
        "SELECT count(*), count(resource) FROM visits WHERE known AND before_end_us < start_us",
    )
    return named, waited - named


def _sample(visits: Visits, most: int) -> str:
    """SQL: whether a case is split."""
    cost = f"""
        SELECT b.case_key, CAST(sum(CAST(floor(
          1 + w.visits * (1.0 / {_BLOCK} + CAST(b.start_us - b.ready_us AS DOUBLE) / w.span_us)
          ) AS BIGINT)) AS BIGINT) AS pairs
        FROM batched AS b JOIN (
          SELECT resource, count(*) AS visits, max(end_us) - min(start_us) AS span_us
          FROM worked GROUP BY resource) AS w ON b.resource = w.resource
        GROUP BY b.case_key"""
    (pairs,) = row(visits.engine, f"SELECT sum(pairs) FROM ({cost}) AS cost")
    if pairs is None or pairs <= most:
        return "true"
    (last,) = row(
        visits.engine,
        f"SELECT coalesce(max(case_key) FILTER (WHERE reached <= {most}), min(case_key)) FROM "
        f"(SELECT case_key, sum(pairs) OVER (ORDER BY case_key) AS reached FROM ({cost}) AS cost) "
        "AS costs",
    )
    return f"case_key <= {last}"


def _waited(visits: Visits, among: str) -> dict[int, tuple[int, int, int]]:
    """By step: the waiting visits, their wait and the batching in it, in microseconds."""
    rows = visits.engine.rows(f"""
        SELECT step, count(*), sum(start_us - enabled_us), sum(ready_us - enabled_us)
        FROM batched WHERE {among} GROUP BY step""")
    return {step: (count, int(wait), int(batching)) for step, count, wait, batching in rows}


def _at_work(visits: Visits, among: str) -> dict[int, tuple[int, int]]:
    """By step: how long the resource was at work during the rest, and how long by contention."""
    found: dict[int, tuple[int, int]] = {}
    for query in (_alone(among), _overlapping(among)):
        for step, busy, contention in visits.engine.rows(query):
            other = found.get(step, (0, 0))
            found[step] = (other[0] + int(busy), other[1] + int(contention))
    return found


def _alone(among: str) -> str:
    return f"""
        SELECT step, sum(end_us - begin_us),
          sum(CASE WHEN earlier THEN end_us - begin_us ELSE 0 END)
        FROM ({_meeting(among, "b.alone")}) AS meeting GROUP BY step"""


def _overlapping(among: str) -> str:
    """The same for unions of intervals: of each the part that those before have not reached."""
    new = "greatest(end_us - greatest(begin_us, coalesce({}, begin_us)), 0)"
    return f"""
        SELECT step, sum({new.format("reached_us")}),
          sum(CASE WHEN earlier THEN {new.format("reached_earlier_us")} ELSE 0 END)
        FROM (
          SELECT step, begin_us, end_us, earlier, max(end_us) OVER so_far AS reached_us,
            max(CASE WHEN earlier THEN end_us END) OVER so_far AS reached_earlier_us
          FROM ({_meeting(among, "NOT b.alone")}) AS meeting
          WINDOW so_far AS (PARTITION BY case_key, place ORDER BY begin_us
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
          ) AS in_order
        GROUP BY step"""


def _meeting(among: str, condition: str) -> str:
    """What of each wait and each visit of its resource lies within both."""
    return f"""
        SELECT w.case_key, w.place, w.step, greatest(b.start_us, w.ready_us) AS begin_us,
          least(b.end_us, w.start_us) AS end_us, b.enabled_us <= w.enabled_us AS earlier
        FROM (SELECT * FROM batched WHERE {among}) AS w
        JOIN (SELECT resource, block, min(start_us) AS start_us, max(end_us) AS end_us
              FROM worked GROUP BY resource, block) AS k
          ON w.resource = k.resource AND k.start_us < w.start_us AND k.end_us > w.ready_us
        JOIN worked AS b ON k.resource = b.resource AND k.block = b.block
          AND b.start_us < w.start_us AND b.end_us > w.ready_us AND {condition}"""
