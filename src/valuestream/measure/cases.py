"""Figures of cases: lead and process time, flow efficiency, period."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from valuestream.engines import row
from valuestream.measure.spreads import spread, spread_columns
from valuestream.measure.visits import Visits
from valuestream.model.figures import Period, Spread, WorkingTimes

_TIMES = f"""
    {spread_columns("end_us - start_us")}, {spread_columns("busy_us")},
    CAST(sum(busy_us) AS DOUBLE)
      / nullif(CAST(sum(CASE WHEN busy_us IS NOT NULL THEN end_us - start_us END) AS DOUBLE), 0)"""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """What the cases say together."""

    cases: int
    completed: int
    period: Period | None
    lead_time: Spread
    process_time: Spread
    flow_efficiency: float | None


def case_figures(visits: Visits) -> CaseFigures:
    """Lead time: latest end − earliest start. Process time: the union of the visits.

    Flow efficiency: the sum of process times over the sum of lead times, of the cases whose
    process time is known.
    """
    found = row(
        visits.engine,
        f"""
        SELECT count(*), count(*) FILTER (WHERE completed), min(start_us), max(end_us),
          {spread_columns("end_us - start_us")}, {spread_columns("busy_us")},
          sum(busy_us)::DOUBLE
            / nullif(sum(CASE WHEN busy_us IS NOT NULL THEN end_us - start_us END)::DOUBLE, 0)
        FROM cases""",
    )
    cases, completed, first, last, *rest = found
    period = None if first is None else Period(instant(first), instant(last))
    lead_time, process_time = spread(rest[0], rest[1]), spread(rest[2], rest[3])
    return CaseFigures(cases, completed, period, lead_time, process_time, rest[4])


def working_times(visits: Visits) -> WorkingTimes | None:
    """The cases' times in working time; None where no calendar is named."""
    if visits.calendars is None or visits.available_us is None:
        return None
    found = row(visits.engine, f"SELECT count(*), {_TIMES} FROM cases_working")
    cases, mean, percentiles, busy_mean, busy_percentiles, efficiency = found
    return WorkingTimes(
        visits.calendars.of_stream,
        spread(mean, percentiles),
        spread(busy_mean, busy_percentiles),
        efficiency,
        visits.available_us / 1_000_000 / cases if cases else None,
    )


def instant(micros: int) -> datetime:
    """The instant of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)
