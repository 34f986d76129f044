"""Slow segments: values of the log's attributes whose cases take longer than all others.

Lead times are compared by their logarithms (they are skewed), by Welch's statistic. Against chance:
a difference must hold in each of two halves of the cases, dealt by the hash of their names, with
the level divided by the number of values compared (Bonferroni). What a value goes with is no cause.
"""

from collections.abc import Iterator
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from valuestream.engines.sql import attribute
from valuestream.measure.visits import Visits
from valuestream.model.slow_segments import SlowSegment

_MOST_CASES = 50_000
_MOST_COLUMNS = 30
_MOST_VALUES = 50
_FEWEST = 20
_LEVEL = 0.01
_MICROS = 1_000_000
_HALVES = (0, 1)


class _Sums(NamedTuple):
    """Cases of one value and half; the sums of lead times, of their logarithms, of the squares."""

    cases: int
    lead: float
    log: float
    square: float

    def and_(self, o: "_Sums") -> "_Sums":
        return _Sums(
            self.cases + o.cases, self.lead + o.lead, self.log + o.log, self.square + o.square
        )

    def without(self, o: "_Sums") -> "_Sums":
        return self.and_(_Sums(-o.cases, -o.lead, -o.log, -o.square))

    @property
    def variance_of_mean(self) -> float:
        return max(0.0, self.square / self.cases - (self.log / self.cases) ** 2) / self.cases


_NONE = _Sums(0, 0.0, 0.0, 0.0)
_Halves = dict[str, dict[int, _Sums]]


def slow_segments(visits: Visits, most: int = _MOST_CASES) -> tuple[SlowSegment, ...]:
    """The values whose cases are slow beyond chance, the one that explains most time first.

    Looked at are completed cases, at most about `most` of them (those whose names hash lowest), and
    attributes whose value is known when the case begins, of 2 to 50 values.
    """
    columns = visits.attributes[:_MOST_COLUMNS]
    if not columns:
        return ()
    _keep_values(visits, columns, most)
    found = [(c, by_value) for n, c in enumerate(columns) if (by_value := _of(visits, n))]
    compared = sum(len(by_value) for _, by_value in found)
    limit = NormalDist().inv_cdf(1 - _LEVEL / max(1, compared))
    slow = [one for c, by_value in found for one in _slow(c, by_value, compared) if one.z > limit]
    return tuple(sorted(slow, key=lambda s: -s.cases * (s.lead_time - s.of_others)))


def _keep_values(visits: Visits, columns: tuple[str, ...], most: int) -> None:
    """One row a case: its lead time, its half, and of each column its value where it has one."""
    values = ", ".join(
        f"CASE WHEN min({text}) = max({text}) THEN min({text}) END AS v{n}"
        for n, text in enumerate(map(_at_first, columns))
    )
    visits.engine.table(
        "values_of_cases",
        f"""
        SELECT c.case_key, min(c.lead_us) AS lead_us, min(c.half) AS half, {values}
        FROM chosen AS e JOIN (
          SELECT case_key, start_us, end_us - start_us AS lead_us,
            CAST(row_number() OVER (ORDER BY case_key) % 2 AS INTEGER) AS half
          FROM cases WHERE completed AND end_us > start_us
          ORDER BY case_key LIMIT {most}) AS c ON hash(e.case_id) = c.case_key
        GROUP BY c.case_key""",
    )


def _at_first(column: str) -> str:
    # What is known only later, such as a rating, may follow from slowness.
    return f"CASE WHEN e.start_us <= c.start_us THEN CAST(e.{attribute(column)} AS VARCHAR) END"


def _of(visits: Visits, number: int) -> _Halves:
    """By value and half; empty where the column has too many values or too few."""
    column, log = f"v{number}", "ln(CAST(lead_us AS DOUBLE))"
    kinds = f"SELECT count(DISTINCT {column}) FROM values_of_cases"
    if not 2 <= visits.engine.rows(kinds)[0][0] <= _MOST_VALUES:
        return {}
    found: _Halves = {}
    for value, half, cases, lead, logs, squares in visits.engine.rows(
        f"SELECT {column}, half, count(*), sum(lead_us), sum({log}), sum({log} * {log}) "
        f"FROM values_of_cases WHERE {column} IS NOT NULL GROUP BY {column}, half"
    ):
        found.setdefault(value, {})[half] = _Sums(cases, float(lead), logs, squares)
    return found


def _slow(column: str, by_value: _Halves, compared: int) -> Iterator[SlowSegment]:
    halves = dict.fromkeys(_HALVES, _NONE)
    for sums in by_value.values():
        halves = {half: halves[half].and_(sums.get(half, _NONE)) for half in _HALVES}
    for value, sums in by_value.items():
        own = [sums.get(half, _NONE) for half in _HALVES]
        other = [halves[half].without(sums.get(half, _NONE)) for half in _HALVES]
        if min(part.cases for part in (*own, *other)) < _FEWEST / 2:
            continue
        all_own, all_other = own[0].and_(own[1]), other[0].and_(other[1])
        yield SlowSegment(
            column=column,
            value=value,
            cases=all_own.cases,
            others=all_other.cases,
            lead_time=all_own.lead / all_own.cases / _MICROS,
            of_others=all_other.lead / all_other.cases / _MICROS,
            z=min(_z(a, b) for a, b in zip(own, other, strict=True)),
            compared=compared,
        )


def _z(one: _Sums, other: _Sums) -> float:
    spread = sqrt(one.variance_of_mean + other.variance_of_mean)
    return (one.log / one.cases - other.log / other.cases) / spread if spread else 0.0
