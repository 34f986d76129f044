"""The cumulative flow: cases that have come, passed each step and been completed so far."""

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Literal

from valuestream.engines import row
from valuestream.measure.cases import instant
from valuestream.measure.spans import units
from valuestream.measure.visits import Visits


@dataclass(frozen=True, slots=True)
class CumulativeFlow:
    """Cases so far, at the end of each ISO week or day (UTC), the empty ones too.

    Attributes:
        unit: "day" where the period is shorter than ten weeks.
        starts: When each week or day begins.
        arrived: Cases whose earliest start lies before its end.
        passed: For each step, in the stream's order, the cases that ended their first visit of it.
        completed: Completed cases whose latest end lies before it.
    """

    unit: Literal["week", "day"]
    starts: tuple[datetime, ...]
    arrived: tuple[int, ...]
    passed: dict[str, tuple[int, ...]]
    completed: tuple[int, ...]


def cumulative_flow(visits: Visits) -> CumulativeFlow:
    """The cumulative flow from the earliest start to the latest end.

    As in the figures of weeks, a case comes with its first visit that has an end: what is open
    adds nothing.
    """
    first, last = row(visits.engine, "SELECT min(start_us), max(end_us) FROM cases")
    names = [step.step for step in visits.stream.steps]
    if first is None:
        return CumulativeFlow("day", (), (), dict.fromkeys(names, ()), ())
    found = units(first, last)

    def so_far(counts: dict[int, int]) -> tuple[int, ...]:
        return tuple(accumulate(counts.get(n, 0) for n in found.numbers))

    def cases(micros: str, condition: str) -> tuple[int, ...]:
        query = f"SELECT {found.number(micros)}, count(*) FROM cases WHERE {condition} GROUP BY 1"
        return so_far(dict(visits.engine.rows(query)))

    passed = _passed(visits, found.number("end_us"))
    return CumulativeFlow(
        found.unit,
        tuple(map(instant, found.starts)),
        cases("start_us", "true"),
        {name: so_far(passed.get(place, {})) for place, name in enumerate(names)},
        cases("end_us", "completed"),
    )


def _passed(visits: Visits, number: str) -> dict[int, dict[int, int]]:
    """By step: the first visits of it that ended in each week or day."""
    found: dict[int, dict[int, int]] = {}
    for step, when, count in visits.engine.rows(f"""
        SELECT step, {number}, count(*)
        FROM (SELECT step, end_us,
                row_number() OVER (PARTITION BY case_key, step ORDER BY place) AS nth
              FROM visits) AS numbered
        WHERE nth = 1 GROUP BY 1, 2"""):
        found.setdefault(step, {})[when] = count
    return found
