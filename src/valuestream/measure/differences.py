"""Which differences between two segments, or two periods, are larger than chance.

Cases are drawn and dealt, never visits or values: the visits of a case hang together, and would
make the test too eager. Of each figure:

- an interval of the difference: the bootstrap (Efron 1979), cases drawn again within each segment,
  the middle 95 % of the differences that come;
- whether chance explains it: a permutation test (Fisher 1935) of the cases that have the figure,
  dealt anew to the two sides;
- how large it is: Cliff's delta or Cohen's h.

The tests of all figures are judged together (Benjamini and Hochberg 1995): of the differences
called larger than chance, at most about one in twenty is none.

Durations give two figures each, the median and the 85th percentile: what is usual, and what can
be promised.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from valuestream.measure.effects import Size, benjamini_hochberg
from valuestream.measure.pairs import Pair, pairs
from valuestream.measure.resampling import Floats, Numbers, Weights, dealt_anew, drawn_again
from valuestream.measure.samples import Sample

_CHANCE = 0.05
# A figure that no permutation reached must be able to stand out from all others: twice 1 / 0.05.
_ROUNDS_A_FIGURE = 40
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure in two segments, and what to think of the difference.

    Attributes:
        figure: Its name: `lead_time.p50`, `steps/Check-in/wait_time.p85`, `completed`.
        one: The figure in one segment,
        other: and in the other.
        low: The ends of the 95 % interval
        high: of other − one; of no width where the cases of neither segment vary.
        effect: Of durations Cliff's delta over all values, the same for both figures; of shares
            Cohen's h.
        size: What the effect is called.
        p: Of the permutations, those whose difference is as large, in either direction:
            (1 + those) / (1 + all), never 0 (Phipson and Smyth 2010).
        adjusted: p, adjusted for all the figures compared.
    """

    figure: str
    one: float
    other: float
    low: float
    high: float
    effect: float
    size: Size
    p: float
    adjusted: float

    @property
    def larger_than_chance(self) -> bool:
        """Whether the adjusted p is below 0.05.

        The size has no say: of many cases a negligible difference is real too, and where only the
        slowest cases differ, the values as a whole hardly do. Whether it matters, `size` tells.
        """
        return self.adjusted < _CHANCE


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two samples tell.

    Attributes:
        differences: In the order of the samples' figures, durations first.
        not_told: Names of the durations and shares that too few cases of a segment have.
        cases: The cases of the one sample and of the other.
    """

    differences: tuple[Difference, ...]
    not_told: tuple[str, ...]
    cases: tuple[int, int]


def differences(one: Sample, other: Sample, *, seed: int = 0, rounds: int = 2000) -> Comparison:
    """The figures of two samples, each with its difference; the same for the same seed.

    Figures that none of the permutations reached get more of them: else a single difference among
    a hundred figures could not be told from chance, however large.
    """
    compared, not_told = pairs(one, other, seed)
    intervals = _intervals(compared, (one.cases, other.cases), seed, rounds)
    _deal(compared, seed, rounds)
    _deal_on(compared, seed, rounds)
    found = [
        difference
        for pair, interval in zip(compared, intervals, strict=True)
        for difference in _told(pair, interval)
    ]
    adjusted = benjamini_hochberg([difference.p for difference in found])
    judged = (replace(d, adjusted=p) for d, p in zip(found, adjusted, strict=True))
    return Comparison(tuple(judged), tuple(not_told), (one.cases, other.cases))


def _told(pair: Pair, interval: Floats) -> Iterator[Difference]:
    for row, figure in enumerate(pair.figures):
        p = (1 + int(pair.hits[row])) / (1 + int(pair.rounds[row]))
        yield Difference(
            figure,
            one=float(pair.one.own[row]),
            other=float(pair.other.own[row]),
            low=float(interval[0, row]),
            high=float(interval[1, row]),
            effect=pair.effect,
            size=pair.size,
            p=p,
            adjusted=p,
        )


def _intervals(
    compared: list[Pair], cases: tuple[int, int], seed: int, rounds: int
) -> list[Floats]:
    """Of each pair the ends of the intervals, low and high, of its figures."""
    apart: list[list[Floats]] = [[] for _ in compared]
    for turn, many in _turns(0, rounds):
        drawn = [
            drawn_again(np.random.default_rng([seed, side, turn]), of, many)
            for side, of in enumerate(cases)
        ]
        for pair, found in zip(compared, apart, strict=True):
            found.append(pair.other.figures(drawn[1]) - pair.one.figures(drawn[0]))
    # Where no case with a value was drawn, there is no figure: nan, and passed over.
    return [np.nanpercentile(np.hstack(found), [2.5, 97.5], axis=1) for found in apart]


def _deal(compared: list[Pair], seed: int, rounds: int) -> None:
    _deal_turns([(pair, np.arange(len(pair.figures))) for pair in compared], seed, 0, rounds)


def _deal_on(compared: list[Pair], seed: int, dealt: int) -> None:
    """Deals on for the figures no permutation reached, the more the fewer they are.

    Their p stays valid: it falls below what the first permutations can give as seldom as if all
    had been dealt on, and at or above that as seldom as with the first ones alone.
    """
    unreached = [(pair, np.flatnonzero(pair.hits == 0)) for pair in compared]
    few = sum(len(rows) for _, rows in unreached)
    if few:
        figures = sum(len(pair.figures) for pair in compared)
        enough = -(-_ROUNDS_A_FIGURE * figures // few)
        _deal_turns([(p, rows) for p, rows in unreached if len(rows)], seed, dealt, enough)


def _deal_turns(wanted: list[tuple[Pair, Numbers]], seed: int, start: int, end: int) -> None:
    for turn, many in _turns(start, end):
        # Of as many cases on each side, the same permutations serve.
        labels: dict[tuple[int, int], Weights] = {}
        for pair, rows in wanted:
            if pair.sides not in labels:
                random = np.random.default_rng([seed, *pair.sides, turn])
                labels[pair.sides] = dealt_anew(random, *pair.sides, many)
            pair.deal(labels[pair.sides], rows)


def _turns(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each turn of the rounds starts, and how many it takes: memory stays small."""
    for turn in range(start, end, _AT_ONCE):
        yield turn, min(_AT_ONCE, end - turn)
