"""Whether values inside a segment rank higher than outside, also within strata.

The Wilcoxon-Mann-Whitney test with ties by its normal approximation; over strata van Elteren's
(1960), each stratum's rank sum weighted by 1 / (its size + 1).
"""

from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Mask = NDArray[np.bool_]


def ranked(values: Floats, strata: Codes) -> Floats:
    """The rank of each value in its stratum from 1; ties share their mean rank."""
    order = np.lexsort((values, strata))
    own, of = values[order], strata[order]
    places = np.arange(1.0, len(own) + 1)
    new_stratum = np.r_[True, of[1:] != of[:-1]]
    new_value = new_stratum | np.r_[True, own[1:] != own[:-1]]
    run = np.cumsum(new_value) - 1
    mean = np.bincount(run, places) / np.bincount(run)
    before = places[new_stratum][np.cumsum(new_stratum) - 1] - 1
    found = np.empty(len(own))
    found[order] = mean[run] - before
    return found


def higher(ranks: Floats, inside: Mask, strata: Codes) -> float:
    """The z of the ranks inside being higher than outside; 0 where nothing can be told."""
    size = np.bincount(strata).astype(np.float64)
    many = np.bincount(strata, inside)
    middle = (size + 1) / 2
    spread = np.bincount(strata, (ranks - middle[strata]) ** 2)
    above = np.bincount(strata, inside * (ranks - middle[strata]))
    pairs = np.maximum(size * (size - 1), 1)
    variance = many * (size - many) / pairs * spread
    total = float((variance / (size + 1) ** 2).sum())
    return float((above / (size + 1)).sum()) / sqrt(total) if total > 0 else 0.0


def tail(z: float) -> float:
    """The probability of a standard normal value above z."""
    return 0.5 * erfc(z / sqrt(2))


def holm(ps: list[float]) -> list[float]:
    """The ps adjusted so that any false one among them is as seldom as said (Holm 1979)."""
    adjusted, most = [1.0] * len(ps), 0.0
    for rank, place in enumerate(sorted(range(len(ps)), key=lambda at: ps[at])):
        most = max(most, min(1.0, ps[place] * (len(ps) - rank)))
        adjusted[place] = most
    return adjusted
