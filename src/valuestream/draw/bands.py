"""Layers cut into bands, one under the other, so that a long flow keeps a page's shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Column:
    """A layer in its band: its left edge, counted from the band's, and its width."""

    band: int
    x: float
    width: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width


def columns(
    widths: Sequence[float], gaps: Sequence[float], passing: Sequence[int], most: float
) -> tuple[Column, ...]:
    """The columns of layers so wide; after layer i are `gaps[i]` pixels and `passing[i]` ways.

    Bands are at most about so wide, about equally, and cut where few ways pass.
    """
    whole = sum(widths) + sum(gaps[: len(widths) - 1])
    room = whole / ceil(whole / most)
    found: list[Column] = []
    first = 0
    while first < len(widths):
        end = _end(first, widths, gaps, passing, room)
        x, band = 0.0, found[-1].band + 1 if found else 0
        for index in range(first, end):
            found.append(Column(band, x, widths[index]))
            x += widths[index] + gaps[index]
        first = end
    return tuple(found)


def _end(
    first: int,
    widths: Sequence[float],
    gaps: Sequence[float],
    passing: Sequence[int],
    room: float,
) -> int:
    """The layer before which the band that begins with `first` is cut."""
    x, best, least = 0.0, first + 1, float("inf")
    for index in range(first, len(widths)):
        x += widths[index]
        if x > room * 1.2 and index > first:
            return best
        cost = passing[index] + 4 * abs(1 - x / room)
        if x > room * 0.6 and cost <= least:
            best, least = index + 1, cost
        elif x <= room * 0.6:
            best = index + 1
        x += gaps[index]
    # What is left fits: no further cut.
    return len(widths) if x - gaps[-1] <= room * 1.2 else best
