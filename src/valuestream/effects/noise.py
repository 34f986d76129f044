"""How the noise of days may hang together: many ways, each tried.

The noise of a day has two parts: what its visits vary by (the fewer, the more), and a part that
goes over from day to day, autoregressive of the first order. Nobody knows their shares, nor how
long the second part lasts; a grid of both is tried.
"""

from itertools import product

import numpy as np

from valuestream.effects.series import Floats

_LASTS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99)
_SHARES = (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99)
_LASTS_EXPECTED = (1.0, 1.0, 1.0, 1.0, 1.0, 0.8, 0.5, 0.25, 0.1)
_SHARES_EXPECTED = (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.6, 0.3)
_NOTHING_LASTS_EXPECTED = 6.0
GRID: Floats = np.array([*product(_LASTS, _SHARES), (0.0, 1.0)])
"""What is left of the lasting part a day later, and the share of the part that visits vary by."""
EXPECTED: Floats = np.array(
    [a * b for a, b in product(_LASTS_EXPECTED, _SHARES_EXPECTED)] + [_NOTHING_LASTS_EXPECTED]
)
"""How likely each is before anything is seen: noise that lasts for months is rarer."""


def whitened(columns: Floats, own: Floats) -> tuple[Floats, Floats]:
    """Columns as they would be had each day noise of its own of variance 1, for each noise tried.

    Kalman's filter (1960) of an autoregression seen through noise (Harvey 1989, section 3.4).

    Args:
        columns: A row a day; rows of days that were not seen count for nothing.
        own: Of each day the variance that its visits bring, 1 on average; nan where none was seen.

    Returns:
        Seen days × noises × columns, and of each noise the logarithm of the determinant of its
        covariance.
    """
    lasts, share = GRID[:, :1], GRID[:, 1:]
    level = np.zeros((len(GRID), columns.shape[1]))
    spread = 1.0 - share
    stationary = spread * (1 - lasts**2)
    white = np.empty((int(np.isfinite(own).sum()), *level.shape))
    determinant, place = np.zeros(len(GRID)), 0
    for row, variance in zip(columns, own, strict=True):
        if np.isfinite(variance):
            total = spread + share * variance
            surprise = row - level
            white[place] = surprise / np.sqrt(total)
            determinant += np.log(total[:, 0])
            gain = spread / total
            level, spread = level + gain * surprise, spread * (1 - gain)
            place += 1
        level, spread = lasts * level, lasts**2 * spread + stationary
    return white, determinant
