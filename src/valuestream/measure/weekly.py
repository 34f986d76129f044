"""Values by week: of what completed cases and their visits say."""

from valuestream.measure.keeping import make_receipts, told, valued_steps
from valuestream.measure.promises import promises
from valuestream.measure.spreads import spreads
from valuestream.measure.steps import ELAPSED, PROCESS, WAIT
from valuestream.measure.visits import Visits
from valuestream.measure.weeks import week_number, weeks
from valuestream.model.figures import Spread

Values = dict[int, tuple[float | None, int]]
"""By the number of a week: the value, and the cases or visits that it stands on."""
Spreads = dict[tuple[int | None, int], tuple[Spread, int]]
"""By step (None for cases) and week: the spread, and how many durations it is of."""

WORKING = "working_time."
_CASE_TIMES = {"lead_time": "t.end_us - t.start_us", "process_time": "t.busy_us"}
_VISIT_TIMES = {"process_time": PROCESS, "wait_time": WAIT, "elapsed_time": ELAPSED}
_SHARE = "avg(CASE WHEN {} THEN CAST(1 AS DOUBLE) ELSE 0 END), count(*)"
_EFFICIENCY = """
    CAST(sum(t.busy_us) AS DOUBLE) / nullif(
      CAST(sum(CASE WHEN t.busy_us IS NOT NULL THEN t.end_us - t.start_us END) AS DOUBLE), 0)"""


def completed(visits: Visits) -> Values:
    """No value, but how many cases were completed."""
    return of_cases(visits, "NULL, count(*)", "cases AS c")


def counts(visits: Visits, field: str) -> Values:
    """What `Week` counts: arrivals, completed, work_in_progress."""
    found = weeks(visits)
    if not found:
        return {}
    ((first,),) = visits.engine.rows(f"SELECT {week_number('min(start_us)')} FROM cases")
    values = (getattr(week, field) for week in found)
    return {first + place: (float(value), value) for place, value in enumerate(values)}


def of_cases(visits: Visits, columns: str, source: str) -> Values:
    """A value and a count of completed cases by the week of their end; `source` joins cases `c`."""
    return {
        week: (value, n)
        for week, value, n in visits.engine.rows(
            f"SELECT {week_number('c.end_us')}, {columns} FROM {source} "
            "WHERE c.completed GROUP BY 1"
        )
    }


def flow_efficiency(visits: Visits, field: str) -> Values:
    """The share of the cases' lead time that is work."""
    return of_cases(visits, f"{_EFFICIENCY}, count(t.busy_us)", _cases(field))


def cost(visits: Visits, summed: str) -> Values:
    """The mean of a sum over each case's visits, of the cases of which it is known."""
    priced = f"(SELECT case_key, {summed} AS cost FROM visits GROUP BY case_key) AS priced"
    source = f"{priced} JOIN cases AS c ON priced.case_key = c.case_key"
    return of_cases(visits, "avg(cost), count(cost)", source)


def rework(visits: Visits, place: int) -> Values:
    """The share of the cases that visited a step which did more than once."""
    counted = (
        f"(SELECT case_key, count(*) AS many FROM visits WHERE step = {place} GROUP BY case_key)"
    )
    source = f"{counted} AS counted JOIN cases AS c ON counted.case_key = c.case_key"
    return of_cases(visits, _SHARE.format("many > 1"), source)


def received(visits: Visits, place: int | None) -> Values:
    """The share of cases that received the value of a step; None for every value of the stream."""
    valued = valued_steps(visits.stream)
    if not valued or place not in (None, *valued):
        return {}
    make_receipts(visits, valued)
    many, among = (len(valued), "true") if place is None else (1, f"step = {place}")
    receipts = (
        f"(SELECT case_key, count(*) AS many FROM receipts WHERE {among} GROUP BY case_key) AS r"
    )
    columns = _SHARE.format(f"many = {many}")
    return of_cases(visits, columns, f"cases AS c LEFT JOIN {receipts} ON r.case_key = c.case_key")


def kept(visits: Visits, place: int) -> Values:
    """The share of a step's visits that kept its promise, by the week of their end."""
    promise = dict(promises(visits.stream)).get(place)
    if promise is None:
        return {}
    rows = visits.engine.rows(
        f"SELECT {week_number('v.end_us')}, {_SHARE.format('kept')} "
        f"FROM ({told(visits, place, promise)}) AS told "
        "JOIN visits AS v ON told.case_key = v.case_key AND told.place = v.place "
        "WHERE kept IS NOT NULL GROUP BY 1"
    )
    return {week: (value, n) for week, value, n in rows}


def case_times(visits: Visits, field: str) -> Spreads:
    """Lead or process times of completed cases, on the clock or in working time."""
    micros = _CASE_TIMES[field.removeprefix(WORKING)]
    week = week_number("c.end_us")
    table = f"(SELECT {week} AS week, {micros} AS micros FROM {_cases(field)} WHERE c.completed)"
    found = spreads(visits.engine, f"{table} AS timed", ["week"], ["micros"], "count(micros)")
    return {(None, week): (own, n) for (week,), (_, n), (own,) in found if n}


def visit_times(visits: Visits, field: str) -> Spreads:
    """Process, wait or elapsed times of all steps' visits, likewise."""
    micros = _VISIT_TIMES[field.removeprefix(WORKING)]
    table = "visits_working" if field.startswith(WORKING) else "visits"
    timed = (
        f"(SELECT t.step, {week_number('v.ended_us')} AS week, {micros} AS micros "
        f"FROM {table} AS t JOIN (SELECT case_key, place AS at, end_us AS ended_us FROM visits) "
        "AS v ON t.case_key = v.case_key AND t.place = v.at) AS timed"
    )
    found = spreads(visits.engine, timed, ["step", "week"], ["micros"], "count(micros)")
    return {(step, week): (own, n) for (step, week), (_, n), (own,) in found if n}


def _cases(field: str) -> str:
    table = "cases_working" if field.startswith(WORKING) else "cases"
    return f"{table} AS t JOIN cases AS c ON t.case_key = c.case_key"
