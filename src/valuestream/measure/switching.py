"""Switching: whether a resource's visit follows one of another step, and what that does to work.

Process times are compared by their logarithms (they are skewed), within one resource and one step,
so that neither who is slower nor which work is longer counts. Who goes on with a case knows it
already: only visits that follow one of another case are compared. The differences of all resources
are put together by the weight n·m / (n + m) of two samples (Cochran).
"""

from dataclasses import dataclass
from math import exp, sqrt

from valuestream.measure.some_resources import ALL
from valuestream.measure.visits import Visits
from valuestream.model.switching import ResourceSwitches, SwitchedTo, Switching

_FEWEST = 5
_LISTED = 20
_MICROS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Half:
    """Visits of one resource and step that did, or did not, follow another step."""

    visits: int
    seconds: float
    log: float
    variance: float


def switching(visits: Visits, among: str = ALL) -> Switching:
    """The switches of a stream's resources, or of those among which (SQL of a visit)."""
    halves: dict[tuple[int, int], dict[bool, _Half]] = {}
    counted: dict[int, list[int]] = {}
    for resource, step, switched, count, timed, mean, log, square in visits.engine.rows(
        _halves(among)
    ):
        seen = counted.setdefault(resource, [0, 0])
        seen[0] += count
        seen[1] += count * bool(switched)
        if timed >= _FEWEST:
            variance = max(0.0, square - log * log) * timed / (timed - 1)
            half = _Half(timed, mean / _MICROS, log, variance)
            halves.setdefault((step, resource), {})[bool(switched)] = half
    return Switching(
        visits=sum(count for count, _ in counted.values()),
        switches=sum(switches for _, switches in counted.values()),
        resources=_most_switching(visits, counted),
        steps=_steps(visits, halves),
    )


def _halves(among: str) -> str:
    log = "CASE WHEN lasted_us > 0 THEN ln(CAST(lasted_us AS DOUBLE)) END"
    return f"""
        SELECT resource, step, switched, count(*), count(log), avg(CASE WHEN log IS NOT NULL
          THEN lasted_us END), avg(log), avg(log * log)
        FROM (
          SELECT resource, step, switched, lasted_us, {log} AS log FROM (
            SELECT resource, step, end_us - start_us AS lasted_us,
              step <> lag(step) OVER in_order AS switched,
              case_key <> lag(case_key) OVER in_order AS of_another
            FROM visits WHERE known AND {among}
            WINDOW in_order AS
              (PARTITION BY resource ORDER BY start_us, end_us, step, place)) AS in_order
          WHERE of_another) AS timed
        GROUP BY resource, step, switched"""


def _steps(
    visits: Visits, halves: dict[tuple[int, int], dict[bool, _Half]]
) -> dict[str, SwitchedTo]:
    found: dict[int, list[tuple[_Half, _Half]]] = {}
    for (step, _), both in sorted(halves.items(), key=lambda item: item[0][0]):
        if len(both) == 2:
            found.setdefault(step, []).append((both[True], both[False]))
    names = [step.step for step in visits.stream.steps]
    return {names[step]: _compared(pairs) for step, pairs in found.items()}


def _compared(pairs: list[tuple[_Half, _Half]]) -> SwitchedTo:
    weights = [a.visits * b.visits / (a.visits + b.visits) for a, b in pairs]
    whole = sum(weights)
    weighted = list(zip(weights, pairs, strict=True))
    difference = sum(w * (a.log - b.log) for w, (a, b) in weighted) / whole
    variance = sum(w * w * (a.variance / a.visits + b.variance / b.visits)
                   for w, (a, b) in weighted) / whole**2  # fmt: skip
    same = sum(b.visits for _, b in pairs)
    seconds = sum(b.visits * b.seconds for _, b in pairs) / same
    return SwitchedTo(
        switched=sum(a.visits for a, _ in pairs),
        same=same,
        longer=exp(difference) - 1,
        z=difference / sqrt(variance) if variance > 0 else 0.0,
        seconds=seconds * (exp(difference) - 1),
    )


def _most_switching(visits: Visits, counted: dict[int, list[int]]) -> tuple[ResourceSwitches, ...]:
    # Those who switch as often as the last that is listed are named too: names decide among them.
    most = sorted((switches for _, switches in counted.values()), reverse=True)[:_LISTED]
    keys = [key for key, (_, switches) in counted.items() if switches >= max(1, min(most))]
    if not keys:
        return ()
    names = dict(
        visits.engine.rows(
            "SELECT hash(resource), min(CAST(resource AS VARCHAR)) FROM chosen "
            f"WHERE hash(resource) IN ({', '.join(map(str, keys))}) GROUP BY hash(resource)"
        )
    )
    found = [ResourceSwitches(names[key], *counted[key]) for key in keys]
    return tuple(sorted(found, key=lambda one: (-one.switches, one.resource))[:_LISTED])
