"""What the cases of a segment give of each figure, case by case, to be compared with another's."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from valuestream.engines import row
from valuestream.measure.promises import kept, promises
from valuestream.measure.steps import ELAPSED, PROCESS, WAIT
from valuestream.measure.visits import Visits
from valuestream.model.graph import graph
from valuestream.model.promises import Promise

_Numbers = NDArray[np.int64]
_Floats = NDArray[np.float64]
_CASES = "cases AS c JOIN sampled ON c.case_key = sampled.case_key"
_VISITS = "visits AS v JOIN sampled ON v.case_key = sampled.case_key"
_WORKING = "working_time."


@dataclass(frozen=True, slots=True)
class Sample:
    """Cases of a segment, and what each gave of every figure.

    Cases are drawn, not visits: the visits of a case hang together.

    Attributes:
        cases: How many there are; they are numbered from 0.
        durations: Of each name the case number of each value, and the values in seconds.
        shares: Of each name the numerator and the denominator of each case.
    """

    cases: int
    durations: dict[str, tuple[_Numbers, _Floats]]
    shares: dict[str, tuple[_Floats, _Floats]]


def sample(visits: Visits, most: int = 20_000) -> Sample:
    """The cases that are laid over a stream, of many those whose numbers hash lowest.

    These are the same each time, and as good as picked at random. What is laid next replaces the
    tables: take one segment's sample, then lay the other.
    """
    visits.engine.table(
        "sampled",
        "SELECT case_key, row_number() OVER (ORDER BY case_key) - 1 AS number "
        f"FROM cases ORDER BY case_key LIMIT {most:d}",
    )
    (cases,) = row(visits.engine, "SELECT count(*) FROM sampled")
    durations = {**_durations_of_cases(visits, _CASES), **_durations_of_steps(visits, _VISITS)}
    if visits.calendars:
        durations |= _durations_of_cases(visits, f"cases_working {_CASES[6:]}", _WORKING)
        durations |= _durations_of_steps(visits, f"visits_working {_VISITS[7:]}", _WORKING)
    shares = {**_shares_of_cases(visits, cases), **_shares_of_steps(visits, cases)}
    return Sample(cases, durations, shares)


def _columns(visits: Visits, *kinds: type[np.generic], query: str) -> tuple[NDArray[Any], ...]:
    """The columns of a query, as arrays of these kinds."""
    rows = visits.engine.rows(query)
    columns = zip(*rows, strict=True) if rows else [()] * len(kinds)
    return tuple(np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))


def _durations_of_cases(
    visits: Visits, cases: str, prefix: str = ""
) -> dict[str, tuple[_Numbers, _Floats]]:
    found = {}
    for name, micros in (("lead_time", "end_us - start_us"), ("process_time", "busy_us")):
        number, seconds = _columns(
            visits,
            np.int64,
            np.float64,
            query=f"SELECT number, ({micros}) / 1e6 AS seconds FROM {cases} "
            f"WHERE ({micros}) IS NOT NULL",
        )
        found[f"{prefix}{name}"] = number, seconds
    return _with_values(found)


def _durations_of_steps(
    visits: Visits, own_visits: str, prefix: str = ""
) -> dict[str, tuple[_Numbers, _Floats]]:
    found = {}
    for name, micros in (("process_time", PROCESS), ("wait_time", WAIT), ("elapsed_time", ELAPSED)):
        step, number, seconds = _columns(
            visits,
            np.int64,
            np.int64,
            np.float64,
            query=f"SELECT step, number, ({micros}) / 1e6 AS seconds "
            f"FROM {own_visits} WHERE ({micros}) IS NOT NULL",
        )
        for place, own in enumerate(visits.stream.steps):
            own_name = f"steps/{own.step}/{prefix}{name}"
            found[place, own_name] = number[step == place], seconds[step == place]
    return _with_values({name: found[place, name] for place, name in sorted(found)})


def _with_values(
    durations: dict[str, tuple[_Numbers, _Floats]],
) -> dict[str, tuple[_Numbers, _Floats]]:
    return {name: values for name, values in durations.items() if len(values[0])}


def _shares_of_cases(visits: Visits, cases: int) -> dict[str, tuple[_Floats, _Floats]]:
    number, completed, busy, lead = _columns(
        visits,
        np.int64,
        np.float64,
        np.float64,
        np.float64,
        query="SELECT number, CASE WHEN completed THEN 1.0 ELSE 0.0 END AS completed, "
        "coalesce(busy_us, 0) / 1e6 AS busy, "
        "CASE WHEN busy_us IS NULL THEN 0 ELSE end_us - start_us END / 1e6 AS lead "
        f"FROM {_CASES}",
    )
    return {
        "completed": (_by_case(number, cases, completed), np.ones(cases)),
        "flow_efficiency": (_by_case(number, cases, busy), _by_case(number, cases, lead)),
    }


def _shares_of_steps(visits: Visits, cases: int) -> dict[str, tuple[_Floats, _Floats]]:
    """Of each visited step: rework, complete and accurate, its promise kept."""
    step, number, count = _columns(
        visits,
        np.int64,
        np.int64,
        np.float64,
        query="SELECT step, number, count(*)::DOUBLE AS visits "
        f"FROM {_VISITS} GROUP BY step, number",
    )
    left, returned = _returns(visits)
    promised = dict(promises(visits.stream))
    found = {}
    for place, own in enumerate(visits.stream.steps):
        visited = _by_case(number[step == place], cases, count[step == place])
        back = _by_case(returned[left == place], cases)
        name = f"steps/{own.step}"
        found[f"{name}/rework"] = (visited > 1).astype(np.float64), np.minimum(visited, 1)
        found[f"{name}/complete_accurate"] = visited - back, visited
        if place in promised:
            found[f"{name}/promise.kept"] = _kept(visits, place, promised[place], cases)
    return {name: parts for name, parts in found.items() if parts[1].any()}


def _returns(visits: Visits) -> tuple[_Numbers, _Numbers]:
    """The step and the case of each visit whose next one is to the same step or an earlier one."""
    left, to, number = _columns(
        visits,
        np.int64,
        np.int64,
        np.int64,
        query=f"SELECT last_step, step, number FROM {_VISITS} WHERE last_step IS NOT NULL",
    )
    ways, places = graph(visits.stream), range(len(visits.stream.steps))
    is_back = np.array([[ways.is_back(origin, end) for end in places] for origin in places])
    back = is_back[left, to]
    return left[back], number[back]


def _kept(visits: Visits, place: int, promise: Promise, cases: int) -> tuple[_Floats, _Floats]:
    number, is_kept = _columns(
        visits,
        np.int64,
        np.float64,
        query="SELECT number, CASE WHEN kept THEN 1.0 ELSE 0.0 END AS kept FROM "
        f"(SELECT number, {kept(visits.stream, promise)} AS kept "
        f"FROM {_VISITS} WHERE step = {place}) AS told WHERE kept IS NOT NULL",
    )
    return _by_case(number, cases, is_kept), _by_case(number, cases)


def _by_case(number: _Numbers, cases: int, of: _Floats | None = None) -> _Floats:
    """The sum, or where nothing is summed the count, of each case."""
    return np.bincount(number, weights=of, minlength=cases).astype(np.float64)
