"""The five flow metrics by type of case.

Their names are those of the Flow Framework (Mik Kersten, "Project to Product", 2018), and what they
mean is what the figures of this project mean: velocity is throughput, time is lead time.
"""

from dataclasses import dataclass

from valuestream.engines import row
from valuestream.events import Events
from valuestream.measure.segments import first_values
from valuestream.measure.spreads import spread, spread_columns
from valuestream.measure.visits import Visits
from valuestream.model.figures import UNKNOWN, Spread

_WEEK = 7 * 86_400 * 1_000_000
# 1970-01-01 was a Thursday: its week began three days before.
_MONDAY = 3 * 86_400 * 1_000_000


@dataclass(frozen=True, slots=True)
class FlowMetrics:
    """The flow of the cases that have the same value of a column.

    Attributes:
        value: The first that one of the case's rows has; None for no value.
        cases: The cases with a visit that has an end.
        completed: Those of them that are completed.
        velocity: Completed cases per ISO week (UTC): the mean of all weeks of all types' period.
        time: The lead time.
        efficiency: Process time over lead time, of the cases whose process time is known.
        load: Cases in work at the log's end: those not completed, and those with an open visit,
            also where they have no other.
        distribution: Their share of all types' cases.
    """

    value: str | None
    cases: int
    completed: int
    velocity: float | None
    time: Spread
    efficiency: float | None
    load: int
    distribution: float | None


def flow_metrics(visits: Visits, events: Events, column: str) -> tuple[FlowMetrics, ...]:
    """The flow metrics for each value of a column, most cases first.

    Raises MeasureError for an unknown column.
    """
    # The visits' cases are all there is of the chosen ones; the others' values meet no case.
    visits.engine.table(
        "typed",
        f"SELECT hash(case_id) AS case_key, value FROM ({first_values(events, column)}) AS v",
    )
    measured, loads, weeks = _measured(visits), _loads(visits), _weeks(visits)
    every = sum(cases for cases, *_ in measured.values())
    found = []
    for value in measured.keys() | loads.keys():
        cases, completed, time, efficiency = measured.get(value, (0, 0, UNKNOWN, None))
        found.append(
            FlowMetrics(
                value=value,
                cases=cases,
                completed=completed,
                velocity=completed / weeks if weeks else None,
                time=time,
                efficiency=efficiency,
                load=loads.get(value, 0),
                distribution=cases / every if every else None,
            )
        )
    return tuple(sorted(found, key=lambda flow: (-flow.cases, flow.value is None, flow.value)))


def _measured(visits: Visits) -> dict[str | None, tuple[int, int, Spread, float | None]]:
    rows = visits.engine.rows(f"""
        SELECT t.value, count(*), count(*) FILTER (WHERE completed),
          {spread_columns("end_us - start_us")},
          CAST(sum(busy_us) AS DOUBLE) / nullif(CAST(
            sum(CASE WHEN busy_us IS NOT NULL THEN end_us - start_us END) AS DOUBLE), 0)
        FROM cases AS c JOIN typed AS t ON c.case_key = t.case_key GROUP BY t.value""")
    return {
        value: (cases, completed, spread(mean, percentiles), efficiency)
        for value, cases, completed, mean, percentiles, efficiency in rows
    }


def _loads(visits: Visits) -> dict[str | None, int]:
    return dict(
        visits.engine.rows("""
            SELECT t.value, count(*)
            FROM (SELECT case_key FROM cases WHERE NOT completed
                  UNION SELECT case_key FROM open_cases) AS u
            JOIN typed AS t ON u.case_key = t.case_key GROUP BY t.value""")
    )


def _weeks(visits: Visits) -> int:
    """The ISO weeks from the earliest start to the latest end."""
    first, last = row(visits.engine, "SELECT min(start_us), max(end_us) FROM cases")
    if first is None:
        return 0
    return int((last + _MONDAY) // _WEEK - (first + _MONDAY) // _WEEK + 1)
