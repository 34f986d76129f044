"""The age of unfinished work, against what finished work took from the same step on.

Work item age, and its comparison with percentiles of finished work, is after Daniel S. Vacanti,
"Actionable Agile Metrics for Predictability: An Introduction" (2015).
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from valuestream.engines import row
from valuestream.measure.cases import instant
from valuestream.measure.errors import MeasureError
from valuestream.measure.spreads import spread, spread_columns
from valuestream.measure.visits import Visits
from valuestream.model.figures import UNKNOWN, Spread
from valuestream.model.progress import Age, AgeAtStep

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CLOSED = "case_key NOT IN (SELECT case_key FROM open_cases)"
_FINISHED = f"completed AND {_CLOSED}"
_ALL = (
    "SELECT case_key, step, start_us, place, 0 AS is_open FROM visits WHERE {0} UNION ALL "
    "SELECT case_key, step, start_us, 0 AS place, 1 AS is_open FROM open_visits WHERE {0}"
)
# Reaching a step is the earliest start there, of finished and unfinished cases alike: what is
# compared must be measured the same way, and a step may be visited again.
_REACHED = (
    "SELECT case_key, step, min(start_us) AS reached_us FROM ({}) AS seen GROUP BY case_key, step"
)


def age(visits: Visits, at: datetime | None = None, most: int | None = None) -> Age:
    """The age of unfinished cases at an instant: the log's end, where none is given.

    The log's end is the latest time in it, of whatever activity and in whatever segment. Of more
    than `most` finished or unfinished cases, those whose numbers hash lowest are looked at.
    Raises MeasureError where the instant is before it: what was open then is not known here.
    """
    now = _now(visits, at)
    if now is None:
        return Age(at, 0, 0, ())
    finished = _finished(visits, most)
    sampled = _sampled(visits, most)
    open_ = _unfinished(visits, now, finished, sampled)
    steps = tuple(
        _at_step(step.step, open_.get(place), finished.get(place))
        for place, step in enumerate(visits.stream.steps)
    )
    older = sum(step.older[1] for step in steps if step.older)
    return Age(instant(now), sum(step.cases for step in steps), older, steps, sampled.most)


def _now(visits: Visits, at: datetime | None) -> int | None:
    (last,) = row(visits.engine, "SELECT max(coalesce(end_us, start_us)) FROM events")
    if at is None:
        return None if last is None else int(last)
    now = (at - _EPOCH) // timedelta(microseconds=1)
    if last is not None and now < last:
        raise MeasureError(
            f"the age of work at {at.isoformat()} cannot be told, the log goes on to "
            f"{instant(last).isoformat()}; choose a time at or after that"
        )
    return now


def _finished(visits: Visits, most: int | None) -> dict[int, tuple[int, Spread]]:
    """By step: the finished cases that reached it, and what they took from there to their end."""
    lowest = _lowest(visits, _FINISHED, most)
    among = f"case_key IN (SELECT case_key FROM cases WHERE {_FINISHED}{lowest})"
    rows = visits.engine.rows(f"""
        SELECT r.step, count(*), {spread_columns("c.end_us - r.reached_us")}
        FROM ({_REACHED.format(_ALL.format(among))}) AS r JOIN cases AS c ON r.case_key = c.case_key
        GROUP BY r.step""")
    return {step: (cases, spread(*took)) for step, cases, *took in rows}


def _lowest(visits: Visits, which: str, most: int | None) -> str:
    """SQL: and whether a case of those is among the most that are looked at."""
    keys = f"SELECT case_key FROM cases WHERE {which} ORDER BY case_key"
    last = visits.engine.rows(f"{keys} LIMIT 1 OFFSET {most - 1}") if most else []
    return f" AND case_key <= {last[0][0]}" if last else ""


class _Sampled(NamedTuple):
    """Which unfinished cases are looked at (SQL), how many if not all, for how many each stands."""

    among: str
    most: int | None
    times: float


def _sampled(visits: Visits, most: int | None) -> _Sampled:
    among = f"case_key NOT IN (SELECT case_key FROM cases WHERE {_FINISHED})"
    lowest = _lowest(visits, f"NOT ({_FINISHED})", most)
    if not lowest:
        return _Sampled(among, None, 1.0)
    unfinished = (
        f"SELECT case_key FROM cases WHERE NOT ({_FINISHED}) UNION SELECT case_key FROM open_cases"
    )
    every, looked_at = row(
        visits.engine,
        f"SELECT count(*), count(*) FILTER (WHERE TRUE{lowest}) FROM ({unfinished}) AS unfinished",
    )
    return _Sampled(f"{among}{lowest}", looked_at, every / looked_at)


def _unfinished(
    visits: Visits, now: int, finished: dict[int, tuple[int, Spread]], sampled: _Sampled
) -> dict[int, tuple[int, Spread, Spread, tuple[int, ...]]]:
    """By step: the unfinished cases there, their age, since when, and how many are older."""
    since = f"{now} - r.reached_us"
    visits.engine.table("unfinished", _ALL.format(sampled.among))
    older = ", ".join(
        f"count(*) FILTER (WHERE {since} > {_limit(finished, which)})"
        for which in ("p50", "p85", "p95")
    )
    rows = visits.engine.rows(f"""
        SELECT u.step, count(*), {spread_columns(f"{now} - s.start_us")}, {spread_columns(since)},
          {older}
        FROM (SELECT case_key, step, row_number() OVER (PARTITION BY case_key
                ORDER BY is_open DESC, start_us DESC, place DESC, step DESC) AS nth
              FROM unfinished) AS u
        JOIN ({_REACHED.format("SELECT * FROM unfinished")}) AS r
          ON u.case_key = r.case_key AND u.step = r.step
        JOIN (SELECT case_key, min(start_us) AS start_us FROM unfinished
              GROUP BY case_key) AS s ON u.case_key = s.case_key
        WHERE u.nth = 1 GROUP BY u.step""")
    found = {}
    for step, *row_ in rows:
        cases, *older_ = (round(n * sampled.times) for n in (row_[0], *row_[5:]))
        found[step] = (cases, spread(*row_[1:3]), spread(*row_[3:5]), tuple(older_))
    return found


def _limit(finished: dict[int, tuple[int, Spread]], which: str) -> str:
    """SQL: the percentile of the row's step in microseconds, null where it is not known."""
    # Rounded, so that what equals the percentile is not older for a last binary digit.
    limits = "".join(
        f" WHEN {step} THEN {round(getattr(took, which) * 1_000_000)}"
        for step, (_, took) in finished.items()
    )
    return f"CAST(CASE u.step{limits} END AS BIGINT)" if limits else "CAST(NULL AS BIGINT)"


def _at_step(
    name: str,
    found: tuple[int, Spread, Spread, tuple[int, ...]] | None,
    finished: tuple[int, Spread] | None,
) -> AgeAtStep:
    cases, aged, since, older = found or (0, UNKNOWN, UNKNOWN, (0, 0, 0))
    compared, took = finished or (0, UNKNOWN)
    return AgeAtStep(name, cases, aged, since, compared, took, older if finished else None)
