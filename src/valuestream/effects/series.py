"""A figure day by day: how many visits or cases of each day have it, and what they give."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
_FEWEST_WITHIN = 20
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Series:
    """The days from the first to the last on which a figure is known, the empty ones too.

    Attributes:
        first: The first day.
        counts: Of each day, how many visits (or cases) have the figure.
        means: Their mean; nan on a day that has none.
        squares: The sum of their squared distances from that mean.
    """

    first: date
    counts: Floats
    means: Floats
    squares: Floats

    def __len__(self) -> int:
        return len(self.counts)

    @property
    def last(self) -> date:
        """The last day."""
        return self.day(len(self) - 1)

    @property
    def varies(self) -> float:
        """The standard deviation of visits within their days, else that of days; 0 if constant."""
        degrees = np.maximum(self.counts - 1, 0).sum()
        within = float(np.sqrt(self.squares.sum() / degrees)) if degrees >= _FEWEST_WITHIN else 0.0
        return within or float(np.nanstd(self.means))

    @property
    def is_constant(self) -> bool:
        """Whether all visits give the same."""
        return self.varies <= _TINY * max(1.0, float(np.nanmax(np.abs(self.means))))

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Which days have the figure."""
        return self.counts > 0

    def place(self, day: date) -> int:
        """The place of a day; negative before the first."""
        return (day - self.first).days

    def day(self, place: int) -> date:
        """The day of a place."""
        return self.first + timedelta(days=place)

    def between(self, start: int, end: int) -> "Series":
        """The days from a place to before another."""
        parts = (part[start:end] for part in (self.counts, self.means, self.squares))
        return Series(self.day(start), *parts)


def series(days: Iterable[tuple[date, float, float, float]]) -> Series | None:
    """The series of days, each with its count, sum and sum of squares; None where none has any."""
    rows = sorted(row for row in days if row[1] > 0)
    if not rows:
        return None
    first = rows[0][0]
    places = [(day - first).days for day, *_ in rows]
    counts, sums, squares = np.zeros((3, places[-1] + 1))
    for place, (_, count, total, square) in zip(places, rows, strict=True):
        counts[place], sums[place], squares[place] = count, total, square
    with np.errstate(invalid="ignore"):
        means = sums / counts
    apart = np.maximum(squares - np.where(counts > 0, means, 0.0) * sums, 0.0)
    return Series(first, counts, means, apart)
