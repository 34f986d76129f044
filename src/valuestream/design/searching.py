"""The lightest complete set of steps: exact, or with what is proven when the time is over."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

from valuestream.design.hitting import lightest
from valuestream.design.instance import NEVER, Instance
from valuestream.design.landmarks import landmark

ANY_TIME = NEVER - 1
"""A deadline for those who have none."""
IsOver = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Lightest:
    """A complete set of steps, its weight, and the weight that no complete set goes below."""

    steps: frozenset[int]
    weight: int
    least: int

    @property
    def is_proven(self) -> bool:
        """Whether none is lighter."""
        return self.weight <= self.least


def until(seconds: float) -> IsOver:
    """What tells whether so many seconds from now are over."""
    end = monotonic() + seconds
    return lambda: monotonic() >= end


def search(
    instance: Instance,
    weights: Sequence[int],
    is_over: IsOver,
    *,
    latest: int = ANY_TIME,
    without: frozenset[int] = frozenset(),
) -> Lightest | None:
    """The lightest steps after which all goals are there by `latest`; None where none are enough.

    Landmarks are gathered until their lightest hitting set is complete: what hits them is never
    heavier than what completes the stream, so that then nothing lighter can. Weights are whole
    numbers, at least 0.
    """
    allowed = instance.relevant(without)
    if instance.done_by(allowed) > latest:
        return None
    allowed = instance.undominated(allowed, weights)
    best = _first(instance, tuple(weights), allowed, latest)
    found: list[frozenset[int]] = []
    least = 0
    while True:
        grown = _gather(instance, weights, allowed, latest, found, is_over)
        if grown is not None:
            kept = instance.pruned(grown, tuple(weights), latest)
            best = min(best, frozenset(kept), key=lambda one: _order(one, weights))
        hit = lightest(found, weights, least, is_over)
        least = max(least, hit.least)
        weight = _weight(best, weights)
        if least >= weight:
            return Lightest(best, weight, weight)
        new = landmark(instance, allowed, hit.steps, latest)
        if new is None and hit.weight < weight:
            best, weight = hit.steps, hit.weight
        if least >= weight or is_over():
            return Lightest(best, weight, min(least, weight))
        if new is not None:
            found.append(new)


def _weight(steps: Iterable[int], weights: Sequence[int]) -> int:
    return sum(weights[step] for step in steps)


def _order(steps: frozenset[int], weights: Sequence[int]) -> tuple[int, list[int]]:
    return _weight(steps, weights), sorted(steps)


def _gather(
    instance: Instance,
    weights: Sequence[int],
    allowed: frozenset[int],
    latest: int,
    found: list[frozenset[int]],
    is_over: IsOver,
) -> set[int] | None:
    """Adds landmarks that a growing set of steps misses, until it is complete; that set then."""
    claimed: set[int] = set()
    for one in found:
        if not claimed & one:
            claimed.add(_best_of(one, weights, found))
    while not is_over():
        new = landmark(instance, allowed, claimed, latest)
        if new is None:
            return claimed
        found.append(new)
        claimed.add(_best_of(new, weights, found))
    return None


def _best_of(one: frozenset[int], weights: Sequence[int], found: Sequence[frozenset[int]]) -> int:
    """The step that hits the most for its weight."""
    hits = {step: sum(step in other for other in found) for step in one}
    return min(one, key=lambda step: (weights[step] / max(1, hits[step]), step))


def _first(
    instance: Instance, weights: tuple[int, ...], allowed: frozenset[int], latest: int
) -> frozenset[int]:
    """A complete set to start from: each thing by the step that makes it lightest by itself."""
    light = Instance(instance.needs, instance.gives, weights, instance.goals)
    quick = _followed(instance, instance.earliest(allowed), allowed)
    chosen = _followed(light, light.earliest(allowed), allowed)
    start = chosen if instance.done_by(chosen) <= latest else quick
    return frozenset(instance.pruned(start, weights, latest))


def _followed(instance: Instance, there: dict[int, int], allowed: frozenset[int]) -> set[int]:
    """The steps by which the goals are there at these times.

    A thing of time t is followed to a giver whose needs are there before; among things of one time
    those that were settled first come first, so that nobody waits for itself.
    """
    rank = {thing: n for n, thing in enumerate(there)}
    found: set[int] = set()
    seen = set(instance.goals)
    to_see = list(instance.goals)
    while to_see:
        thing = to_see.pop()
        step = min(
            (
                s
                for s in instance.givers[thing]
                if s in allowed
                and all(rank.get(n, NEVER) < rank[thing] for n in instance.needs[s])
            ),
            key=lambda s: (
                max((there[n] for n in instance.needs[s]), default=0) + instance.durations[s],
                s,
            ),
        )
        found.add(step)
        to_see += instance.needs[step] - seen
        seen |= instance.needs[step]
    return found
