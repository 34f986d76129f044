"""How far a share may be from the truth by chance."""

from math import sqrt

_Z = 1.959964  # 97.5 % of the standard normal distribution


def wilson(share: float, of: int) -> tuple[float, float]:
    """The ends of the 95 % interval of a share seen in so many (Wilson 1927, score interval)."""
    if of <= 0:
        return 0.0, 1.0
    square = _Z * _Z / of
    middle = (share + square / 2) / (1 + square)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return max(0.0, middle - half), min(1.0, middle + half)
