"""The lightest set of steps that has one of each of many landmarks (a minimum hitting set)."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

Set = frozenset[int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A set of steps with one of each landmark, its weight, and what no such set goes below."""

    steps: Set
    weight: int
    least: int


def lightest(
    landmarks: Collection[Set],
    weights: Sequence[int],
    least: int,
    is_over: Callable[[], bool],
) -> Hit:
    """The lightest such set, by branch and bound.

    `least` is a weight that is known to be needed: a set of that weight is looked for no further.
    When the time `is_over`, the best set so far is given, and what has been proven.
    """
    sets = _without_wider(landmarks)
    first = _greedily(sets, weights)
    search = _Search(weights, is_over, max(least, bound(sets, weights)), first)
    search.best_weight = sum(weights[step] for step in first)
    search.down(sets, (), 0)
    proven = search.least if search.gave_up else search.best_weight
    return Hit(frozenset(search.best), search.best_weight, min(proven, search.best_weight))


def bound(sets: Sequence[Set], weights: Sequence[int]) -> int:
    """A weight that no hitting set goes below: the better of two feasible solutions of the dual."""
    return max(_charged(sets, weights), _shared(sets, weights))


def _charged(sets: Sequence[Set], weights: Sequence[int]) -> int:
    """Each landmark is charged what is left of its lightest step; its steps are relieved of it."""
    left: dict[int, int] = {}
    total = 0
    for one in sorted(sets, key=len):
        least = min(left.get(step, weights[step]) for step in one)
        if least:
            total += least
            for step in one:
                left[step] = left.get(step, weights[step]) - least
    return total


def _shared(sets: Sequence[Set], weights: Sequence[int]) -> int:
    """Each step's weight is shared by all landmarks that it hits; each counts its least share."""
    hits = _counted(sets)
    share = {step: (weights[step] << _DIGITS) // times for step, times in hits.items()}
    return -(-sum(min(share[step] for step in one) for one in sets) >> _DIGITS)


_DIGITS = 20
"""Binary digits of shares; what is cut off only lowers the bound."""


def _without_wider(landmarks: Collection[Set]) -> list[Set]:
    """The landmarks without those that hold another."""
    kept: list[Set] = []
    for one in sorted(set(landmarks), key=lambda s: (len(s), sorted(s))):
        if not any(other <= one for other in kept):
            kept.append(one)
    return kept


def _greedily(sets: Sequence[Set], weights: Sequence[int]) -> tuple[int, ...]:
    """Some hitting set: always the step that hits most for its weight."""
    chosen: list[int] = []
    while sets:
        hits = _counted(sets)
        chosen.append(min(hits, key=lambda step: (weights[step] / hits[step], step)))
        sets = [one for one in sets if chosen[-1] not in one]
    return tuple(chosen)


def _counted(sets: Iterable[Set]) -> dict[int, int]:
    hits: dict[int, int] = {}
    for one in sets:
        for step in one:
            hits[step] = hits.get(step, 0) + 1
    return hits


@dataclass
class _Search:
    weights: Sequence[int]
    is_over: Callable[[], bool]
    least: int
    best: tuple[int, ...]
    best_weight: int = 0
    gave_up: bool = field(default=False)

    def down(self, sets: list[Set], chosen: tuple[int, ...], weight: int) -> None:
        """Completes the chosen steps in every way that can still be the lightest."""
        if not sets:
            if weight < self.best_weight:
                self.best, self.best_weight = chosen, weight
            return
        if self.gave_up or self.best_weight <= self.least:
            return
        if self.is_over():
            self.gave_up = True
            return
        if weight + bound(sets, self.weights) >= self.best_weight:
            return
        out: set[int] = set()
        for step in self._branches(sets):
            rest = [one - out for one in sets if step not in one]
            if all(rest):
                self.down(rest, (*chosen, step), weight + self.weights[step])
            out.add(step)

    def _branches(self, sets: list[Set]) -> list[int]:
        """The steps of the narrowest landmark that no other one of it makes superfluous."""
        hits = _counted(sets)
        narrow = min(sets, key=lambda one: (len(one), -max(hits[s] for s in one)))
        met = {step: {n for n, one in enumerate(sets) if step in one} for step in narrow}
        order = sorted(narrow, key=lambda s: (self.weights[s] / hits[s], s))
        kept: list[int] = []
        for step in order:
            lighter = (k for k in kept if self.weights[k] <= self.weights[step])
            if not any(met[step] <= met[other] for other in lighter):
                kept.append(step)
        return kept
