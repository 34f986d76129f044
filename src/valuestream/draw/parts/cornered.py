"""A line through points whose corners are round."""

from collections.abc import Sequence
from itertools import pairwise

from valuestream.draw.scene import Point

_RADIUS = 8.0


def cornered(points: Sequence[Point]) -> str:
    """The path through the points, each leg across or down; corners at most 8 pixels round."""
    x, y = points[0]
    path = f"M{x:.1f} {y:.1f}"
    for (before, corner), (_, after) in zip(pairwise(points), pairwise(points[1:]), strict=False):
        r = min(_RADIUS, _length(before, corner) / 2, _length(corner, after) / 2)
        start, end = _towards(corner, before, r), _towards(corner, after, r)
        path += f"L{start[0]:.1f} {start[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} "
        path += f"{end[0]:.1f} {end[1]:.1f}"
    return path + f"L{points[-1][0]:.1f} {points[-1][1]:.1f}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(corner: Point, to: Point, by: float) -> Point:
    length = _length(corner, to) or 1.0
    share = by / length
    return corner[0] + (to[0] - corner[0]) * share, corner[1] + (to[1] - corner[1]) * share
