"""The lightest complete set of steps: exact, or with what is proven when the time is over."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
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
    return _Search(instance, tuple(weights), allowed, latest, is_over).lightest()


@dataclass(frozen=True)
class _Search:
    instance: Instance
    weights: tuple[int, ...]
    allowed: frozenset[int]
    latest: int
    is_over: IsOver
    found: list[frozenset[int]] = field(default_factory=list)
    """The landmarks so far."""

    def lightest(self) -> Lightest:
        best, least = self._first(), 0
        # Whoever gives a goal is a landmark that costs no search.
        for goal in self.instance.goals:
            self.found.append(self.allowed.intersection(self.instance.givers[goal]))
        for rounds in count():
            weight = self._weight(best)
            if least >= weight or (rounds and self.is_over()):
                return Lightest(best, weight, min(least, weight))
            grown = self._gather()
            if grown is not None:
                kept = self.instance.pruned(grown, self.weights, self.latest)
                best = min(best, frozenset(kept), key=lambda one: (self._weight(one), sorted(one)))
            hit = lightest(self.found, self.weights, least, self.is_over)
            least = max(least, hit.least)
            new = landmark(self.instance, self.allowed, hit.steps, self.latest)
            if new is not None:
                self.found.append(new)
            elif hit.weight < self._weight(best):
                best = hit.steps
        raise AssertionError  # count() does not end

    def _weight(self, steps: Iterable[int]) -> int:
        return sum(self.weights[step] for step in steps)

    def _gather(self) -> set[int] | None:
        """Adds landmarks that a growing set of steps misses, until it is complete; that set."""
        claimed: set[int] = set()
        for one in self.found:
            if not claimed & one:
                claimed.add(_best_of(one, self.weights, self.found))
        while not self.is_over():
            new = landmark(self.instance, self.allowed, claimed, self.latest)
            if new is None:
                return claimed
            self.found.append(new)
            claimed.add(_best_of(new, self.weights, self.found))
        return None

    def _first(self) -> frozenset[int]:
        """A complete set to start from: each thing by the step that makes it lightest alone."""
        own, allowed = self.instance, self.allowed
        light = Instance(own.needs, own.gives, self.weights, own.goals)
        start = _followed(light, light.earliest(allowed), allowed)
        if own.done_by(start) > self.latest:
            start = _followed(own, own.earliest(allowed), allowed)
        return frozenset(own.pruned(start, self.weights, self.latest))


def _best_of(one: frozenset[int], weights: Sequence[int], found: Sequence[frozenset[int]]) -> int:
    """The step that hits the most for its weight."""
    hits = {step: sum(step in other for other in found) for step in one}
    return min(one, key=lambda step: (weights[step] / max(1, hits[step]), step))


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
                if s in allowed and all(rank.get(n, NEVER) < rank[thing] for n in instance.needs[s])
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
