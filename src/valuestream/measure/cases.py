"""Figures of cases: lead and process time, flow efficiency, period."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from valuestream.engines import Engine
from valuestream.measure.spreads import spreads
from valuestream.measure.visits import Visits
from valuestream.model.figures import Period, Spread, WorkingTimes

_EFFICIENCY = """CAST(sum(busy_us) AS DOUBLE)
    / nullif(CAST(sum(CASE WHEN busy_us IS NOT NULL THEN took_us END) AS DOUBLE), 0)"""
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
    counts = "count(*) FILTER (WHERE completed), min(start_us), max(end_us)"
    found = _timed(visits.engine, "cases", f"{counts}, {_EFFICIENCY}")
    if found is None:
        return CaseFigures(0, 0, None, Spread(), Spread(), None)
    (cases, completed, first, last, efficiency), lead_time, process_time = found
    period = Period(instant(first), instant(last))
    return CaseFigures(cases, completed, period, lead_time, process_time, efficiency)


def working_times(visits: Visits) -> WorkingTimes | None:
    """The cases' times in working time; None where no calendar is named."""
    if visits.calendars is None or visits.available_us is None:
        return None
    calendar = visits.calendars.of_stream
    found = _timed(visits.engine, "cases_working", _EFFICIENCY)
    if found is None:
        return WorkingTimes(calendar, Spread(), Spread(), None, None)
    (cases, efficiency), lead_time, process_time = found
    available = visits.available_us / 1_000_000 / cases
    return WorkingTimes(calendar, lead_time, process_time, efficiency, available)


def _timed(
    engine: Engine, table: str, counts: str
) -> tuple[tuple[Any, ...], Spread, Spread] | None:
    """Of the cases of a table: their number and counts, lead time and process time."""
    timed = f"(SELECT 0 AS whole, *, end_us - start_us AS took_us FROM {table}) AS timed"
    found = spreads(engine, timed, ["whole"], ["took_us", "busy_us"], counts)
    return next(((own, lead, process) for _, own, (lead, process) in found), None)


def instant(micros: int) -> datetime:
    """The instant of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)
