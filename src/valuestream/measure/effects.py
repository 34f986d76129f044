"""How large a difference is, whatever its unit; and many tests judged together."""

from bisect import bisect
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Size = Literal["negligible", "small", "medium", "large"]

_SIZES: tuple[Size, ...] = ("negligible", "small", "medium", "large")
_OF_DELTA = (0.147, 0.33, 0.474)
_OF_H = (0.2, 0.5, 0.8)


def cliffs_delta(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[float, Size]:
    """P(other > one) − P(other < one) over all pairs of values (Cliff 1993).

    It is small from 0.147 on, medium from 0.33 and large from 0.474 (Romano et al. 2006).
    """
    ordered = np.sort(one)
    below = int(np.searchsorted(ordered, other, "left").sum())
    not_above = int(np.searchsorted(ordered, other, "right").sum())
    pairs = len(one) * len(other)
    delta = (below - (pairs - not_above)) / pairs
    return delta, _SIZES[bisect(_OF_DELTA, abs(delta))]


def cohens_h(one: float, other: float) -> tuple[float, Size]:
    """2 asin √other − 2 asin √one; small from 0.2 on, medium from 0.5, large from 0.8 (Cohen 1988).

    The same difference weighs more near 0 and near 1 than in the middle.
    """
    h = float(2 * np.arcsin(np.sqrt(other)) - 2 * np.arcsin(np.sqrt(one)))
    return h, _SIZES[bisect(_OF_H, abs(h))]


def benjamini_hochberg(ps: Sequence[float]) -> list[float]:
    """The ps adjusted for their number (Benjamini and Hochberg 1995).

    Of the differences whose adjusted p is below 0.05, at most one in twenty is none, on average.
    """
    many = len(ps)
    adjusted, least = [1.0] * many, 1.0
    falling = sorted(range(many), key=lambda place: ps[place], reverse=True)
    for rank, place in zip(range(many, 0, -1), falling, strict=True):
        least = min(least, ps[place] * many / rank)
        adjusted[place] = least
    return adjusted
