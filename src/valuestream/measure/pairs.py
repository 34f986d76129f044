"""One name of two samples: its figures on both sides, drawn again and dealt anew."""

from dataclasses import dataclass, field

import numpy as np

from valuestream.measure.effects import Size, cliffs_delta, cohens_h
from valuestream.measure.resampling import (
    Durations,
    Floats,
    Numbers,
    Shares,
    Weights,
)
from valuestream.measure.samples import Sample

FEWEST_CASES = 5
"""What fewer cases than these of a segment have is not compared."""
MOST_DEALT = 5_000
"""Of more cases a side so many, picked at random, are dealt anew: they tell more than enough."""

_NO_DURATIONS = np.empty(0, np.int64), np.empty(0)
_NO_SHARES = np.empty(0), np.empty(0)
_PERCENTILES = {"p50": 0.5, "p85": 0.85}
_Values = Durations | Shares


@dataclass(slots=True)
class Pair:
    """The figures that one name gives, on both sides, and what became of their permutations.

    Attributes:
        figures: Their names.
        one: What the cases of one side have,
        other: and those of the other.
        dealt: What the cases that are dealt have; those of the one side come first.
        sides: How many these are on each side.
        hits: Of each figure, the permutations whose difference is as large,
        rounds: and how many there were.
    """

    figures: tuple[str, ...]
    one: _Values
    other: _Values
    effect: float
    size: Size
    dealt: _Values
    sides: tuple[int, int]
    hits: Numbers = field(init=False)
    rounds: Numbers = field(init=False)
    _seen: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.hits = np.zeros(len(self.figures), np.int64)
        self.rounds = np.zeros(len(self.figures), np.int64)
        as_it_is = np.repeat(np.array([1, 0], np.uint8), self.sides)[:, None]
        self._seen = self._apart(as_it_is)

    def _apart(self, labels: Weights) -> Floats:
        one, other = self.dealt.both(labels)
        return np.abs(other - one)

    def deal(self, labels: Weights, which: Numbers) -> None:
        """Counts the permutations, for the figures in question, that are as far apart as is seen.

        What differs by less than floating point can tell is as far apart.
        """
        apart, seen = self._apart(labels)[which], self._seen[which]
        self.hits[which] += (apart >= seen * (1 - 1e-9) - 1e-12).sum(axis=1)
        self.rounds[which] += labels.shape[1]


def pairs(one: Sample, other: Sample, seed: int) -> tuple[list[Pair], list[str]]:
    """What enough cases of both samples have; and the names of what they have not."""
    found: dict[str, Pair | None] = {}
    for name in {**one.durations, **other.durations}:
        values = [sample.durations.get(name, _NO_DURATIONS) for sample in (one, other)]
        found[name] = _of_durations(name, values[0], values[1], seed)
    for name in {**one.shares, **other.shares}:
        parts = [sample.shares.get(name, _NO_SHARES) for sample in (one, other)]
        found[name] = _of_shares(name, parts[0], parts[1], seed)
    return [p for p in found.values() if p], [name for name, pair in found.items() if not pair]


def _of_durations(
    name: str, one: tuple[Numbers, Floats], other: tuple[Numbers, Floats], seed: int
) -> Pair | None:
    first, first_case, many = _picked(one[0], [seed, 2])
    second, second_case, more = _picked(other[0], [seed, 3])
    if min(many, more) < FEWEST_CASES:
        return None
    ranks = tuple(_PERCENTILES.values())
    effect, size = cliffs_delta(one[1], other[1])
    return Pair(
        figures=tuple(f"{name}.{percentile}" for percentile in _PERCENTILES),
        one=Durations(*one, ranks),
        other=Durations(*other, ranks),
        effect=effect,
        size=size,
        dealt=Durations(
            np.concatenate([first_case, second_case + many]),
            np.concatenate([one[1][first], other[1][second]]),
            ranks,
        ),
        sides=(many, more),
    )


def _of_shares(
    name: str, one: tuple[Floats, Floats], other: tuple[Floats, Floats], seed: int
) -> Pair | None:
    own, others = np.flatnonzero(one[1] > 0), np.flatnonzero(other[1] > 0)
    first, _, many = _picked(own, [seed, 2])
    second, _, more = _picked(others, [seed, 3])
    if min(many, more) < FEWEST_CASES:
        return None
    sides = (
        Shares(own, one[0][own], one[1][own]),
        Shares(others, other[0][others], other[1][others]),
    )
    effect, size = cohens_h(float(sides[0].own[0]), float(sides[1].own[0]))
    dealt = (
        np.concatenate([a[own[first]], b[others[second]]]) for a, b in zip(one, other, strict=True)
    )
    return Pair(
        figures=(name,),
        one=sides[0],
        other=sides[1],
        effect=effect,
        size=size,
        dealt=Shares(np.arange(many + more), *dealt),
        sides=(many, more),
    )


def _picked(case: Numbers, seed: list[int]) -> tuple[Numbers, Numbers, int]:
    """The places of the values whose cases are dealt, these cases' new numbers, and how many."""
    own, number = np.unique(case, return_inverse=True)
    if len(own) <= MOST_DEALT:
        return np.arange(len(case)), number, len(own)
    few = np.random.default_rng(seed).permutation(len(own))[:MOST_DEALT]
    new = np.full(len(own), -1)
    new[few] = np.arange(MOST_DEALT)
    places = np.flatnonzero(new[number] >= 0)
    return places, new[number[places]], MOST_DEALT
