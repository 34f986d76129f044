"""Figures of many drawings of cases at once: bootstrap, and cases dealt anew to two sides.

A drawing says how often each case was taken. Drawings are the columns of a matrix with a row for
each case, so that fetching a value's weights is copying a row.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.uint8]
Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]

_BLOCK = 64


def drawn_again(random: np.random.Generator, cases: int, rounds: int) -> Weights:
    """Bootstrap (Efron 1979): as many cases as there are, drawn with replacement."""
    drawn = random.integers(cases, size=(rounds, cases))
    drawn += np.arange(rounds)[:, None] * cases
    counts = np.bincount(drawn.ravel(), minlength=rounds * cases)
    return np.ascontiguousarray(counts.reshape(rounds, cases).T.astype(np.uint8))


def dealt_anew(random: np.random.Generator, one: int, other: int, rounds: int) -> Weights:
    """Permutation: 1 for the cases dealt to one side, 0 for those dealt to the other."""
    # The cases of the lowest random numbers; quicker than shuffling, and as fair.
    numbers = random.random((rounds, one + other))
    first_left_out = np.partition(numbers, one, axis=1)[:, one]
    return np.ascontiguousarray((numbers < first_left_out[:, None]).T.astype(np.uint8))


class Durations:
    """Durations of cases, in order, and their percentiles: linear between closest ranks."""

    def __init__(self, case: Numbers, values: Floats, ranks: Sequence[float]) -> None:
        order = np.argsort(values, kind="stable")
        self.case, self.values, self._ranks = case[order], values[order], ranks

    @property
    def own(self) -> Floats:
        """The percentiles of the values as they are."""
        percentiles: Floats = np.quantile(self.values, self._ranks)
        return percentiles

    def figures(self, weights: Weights) -> Floats:
        """A row for each percentile, a column for each drawing; nan where it has no value."""
        return self._percentiles(self._blocks(weights))

    def both(self, labels: Weights) -> tuple[Floats, Floats]:
        """The same of the side dealt 1 and of the side dealt 0."""
        one = self._blocks(labels)
        # What fills up the last block belongs to neither side.
        return self._percentiles(one), self._percentiles(self._blocks(np.ones_like(labels)) - one)

    def _blocks(self, weights: Weights) -> Weights:
        """The values' weights, in blocks of so many values; nothing fills up the last."""
        count = -(-len(self.values) // _BLOCK)
        blocks = np.zeros((count * _BLOCK, weights.shape[1]), np.uint8)
        np.take(weights, self.case, axis=0, out=blocks[: len(self.case)], mode="clip")
        return blocks.reshape(count, _BLOCK, -1)

    def _percentiles(self, blocks: Weights) -> Floats:
        sums = blocks.sum(axis=1, dtype=np.uint16)
        reached = sums.cumsum(axis=0, dtype=np.int64)
        found = [_percentile(self.values, blocks, reached, rank) for rank in self._ranks]
        percentiles: Floats = np.where(reached[-1] > 0, np.stack(found), np.nan)
        return percentiles


def _percentile(values: Floats, blocks: Weights, reached: Numbers, part: float) -> Floats:
    rank = part * np.maximum(reached[-1] - 1, 0)
    below = np.floor(rank).astype(np.int64)
    above = np.ceil(rank).astype(np.int64)
    low, high = (_ranked(values, blocks, reached, place) for place in (below, above))
    percentile: Floats = low + (high - low) * (rank - below)
    return percentile


def _ranked(values: Floats, blocks: Weights, reached: Numbers, rank: Numbers) -> Floats:
    """The value at a rank (from 0) of each drawing: first its block, then its place in it."""
    block = np.minimum((reached <= rank).sum(axis=0), len(blocks) - 1)
    drawing = np.arange(blocks.shape[2])
    inside = blocks[block, :, drawing].cumsum(axis=1, dtype=np.int64)
    before = reached[block, drawing] - inside[:, -1]
    place = block * _BLOCK + (before[:, None] + inside <= rank[:, None]).sum(axis=1)
    found: Floats = values[np.minimum(place, len(values) - 1)]
    return found


class Shares:
    """Numerators and denominators of cases, and the share that they give together."""

    def __init__(self, case: Numbers, numerator: Floats, denominator: Floats) -> None:
        self.case, self._parts = case, np.stack([numerator, denominator])

    @property
    def own(self) -> Floats:
        """The share of the cases as they are."""
        return _quotient(self._parts.sum(axis=1)[:, None])[:, 0]

    def figures(self, weights: Weights) -> Floats:
        """One row, a column for each drawing; nan where nothing was drawn that counts."""
        return _quotient(self._drawn(weights))

    def both(self, labels: Weights) -> tuple[Floats, Floats]:
        """The same of the side dealt 1 and of the side dealt 0."""
        one = self._drawn(labels)
        return _quotient(one), _quotient(self._parts.sum(axis=1)[:, None] - one)

    def _drawn(self, weights: Weights) -> Floats:
        # The matrix product would call as many threads as there are cores, which wait for each
        # other longer than they work where the machine has something else to do.
        parts: Floats = np.einsum("pc,cd->pd", self._parts, weights[self.case])
        return parts


def _quotient(parts: Floats) -> Floats:
    numerator, denominator = parts
    nothing = denominator <= 0
    quotient: Floats = np.where(nothing, np.nan, numerator / np.where(nothing, 1, denominator))
    return quotient[None, :]
