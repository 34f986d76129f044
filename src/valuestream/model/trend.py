"""Whether a course rises: the test of Mann and Kendall."""

from collections import Counter
from collections.abc import Sequence
from math import erfc, sqrt
from statistics import fmean


def rises_by_chance(values: Sequence[float]) -> float:
    """How likely a course without a trend rises at least so steadily (one side, normal).

    Mann 1945, Kendall 1975, with the correction for ties; for values that do not hang together,
    so average what does before. 1.0 for fewer than four.
    """
    n = len(values)
    if n < 4:
        return 1.0
    score = sum((b > a) - (b < a) for i, a in enumerate(values) for b in values[i + 1 :])
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(values).values())
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    if score <= 0 or variance <= 0:
        return 1.0
    return erfc((score - 1) / sqrt(variance) / sqrt(2)) / 2


def in_blocks(values: Sequence[float], length: int) -> tuple[float, ...]:
    """The means of so many values in a row; what is left over at the begin is left out."""
    first = len(values) % length
    return tuple(fmean(values[i : i + length]) for i in range(first, len(values), length))
