"""The cases that are looked at, with their values, in the table `why_cases`."""

from dataclasses import dataclass

import numpy as np

from valuestream.engines import row
from valuestream.measure import MeasureError, Visits
from valuestream.why.problems import Problem
from valuestream.why.ranks import Codes, Floats, Mask

MOST = 30_000
"""Of more cases those whose numbers hash lowest are looked at: the same each time."""
FEWEST = 40
"""Of fewer, two halves tell nothing."""
_PERCENTILE = 0.85


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases looked at, numbered from 0.

    Attributes:
        start_us: When each came.
        value: Its value, the larger the worse.
        bad: Whether it has the problem.
        first_half: Whether it is of the half in which reasons are sought.
        threshold: The value above which a case has the problem.
        of: How many cases there are in all.
        cut: Cases left out because slow ones that came as late cannot have ended.
        without: Cases without a value: not completed, or never at the step.
    """

    start_us: Codes
    value: Floats
    bad: Mask
    first_half: Mask
    threshold: float
    of: int
    cut: int
    without: int

    @property
    def excess(self) -> Floats:
        """How much of the problem each case has: the time above the threshold, or 0 and 1."""
        return np.maximum(self.value - self.threshold, 0) if self.threshold else self.value


def sampled(visits: Visits, problem: Problem) -> Cases:
    """Picks the cases of a problem. Raises MeasureError where too few have a value, or all one."""
    engine = visits.engine
    before = _last_to_tell(visits, problem)
    (laid,) = row(engine, "SELECT count(*) FROM cases")
    among = f"FROM ({problem.query}) AS c WHERE value IS NOT NULL"
    (every,) = row(engine, f"SELECT count(*) {among}")
    (of,) = row(engine, f"SELECT count(*) {among} AND start_us <= {before}")
    if of < every / 2:
        before, of = 2**62, every
    if of < FEWEST:
        raise MeasureError(
            f"only {of:,} cases can be looked at, and {FEWEST} are the fewest that tell "
            "reasons from chance; choose more cases, or another problem"
        )
    engine.table(
        "why_cases",
        f"SELECT case_key, row_number() OVER (ORDER BY case_key) - 1 AS number, start_us, value "
        f"{among} AND start_us <= {before} ORDER BY case_key LIMIT {MOST}",
    )
    rows = engine.rows(
        "SELECT case_key, start_us, CAST(value AS DOUBLE) FROM why_cases ORDER BY number"
    )
    keys, starts, values = zip(*rows, strict=True)
    value = np.array(values, np.float64)
    if np.all(value == value[0]):
        raise MeasureError(
            f"all {len(value):,} cases have the same value: no case is set apart from another"
        )
    threshold = _threshold(value, problem)
    first = np.array([int(key) % 2 == 0 for key in keys])
    bad = value > threshold
    if not bad.any():
        raise MeasureError("no case has the problem that is asked about")
    return Cases(
        np.array(starts, np.int64), value, bad, first, threshold, of, every - of, laid - every
    )


def _threshold(value: Floats, problem: Problem) -> float:
    if problem.unit == "share":
        return 0.0
    return problem.threshold or float(np.quantile(value, _PERCENTILE))


def _last_to_tell(visits: Visits, problem: Problem) -> int:
    """The latest start of a case of which the log is long enough to show that it is slow.

    At the log's end only quick cases have ended: the others' times are not known yet.
    """
    if problem.name != "slow":
        return 2**62
    (last, unfinished, long) = row(
        visits.engine,
        "SELECT max(end_us), count(*) FILTER (WHERE NOT completed), percentile_cont(0.85) "
        "WITHIN GROUP (ORDER BY CASE WHEN completed THEN end_us - start_us END) FROM cases",
    )
    return int(last - long) if unfinished and long is not None else 2**62
