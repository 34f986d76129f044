"""Lines with round corners, their arrowheads, and the broad arrows of what is delivered."""

from collections.abc import Sequence
from itertools import pairwise

from valuestream.draw.scene import Node, Point, Stroke

_JAG = ((5.0, 0.0), (14.0, -8.0), (-9.0, 16.0), (14.0, -8.0), (5.0, 0.0))
JAG = sum(x for x, _ in _JAG)
"""How far a zigzag reaches along its line."""


def rounded(points: Sequence[Point], radius: float = 9.0, jag: float | None = None) -> str:
    """A line along the points, which lie straight across or down from each other.

    With a zigzag around `jag` on the first part across that is there.
    """
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    places = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    for index, (one, other) in enumerate(pairwise(places)):
        last = index == len(places) - 2
        if (
            jag is not None
            and one[1] == other[1]
            and min(one[0], other[0]) <= jag <= max(one[0], other[0])
        ):
            path, jag = path + _jagged(one, other, jag), None
        if last:
            path += f"L{other[0]:.1f} {other[1]:.1f}"
            continue
        after = places[index + 2]
        r = min(radius, _length(one, other) / 2, _length(other, after) / 2)
        path += (
            f"L{_towards(other, one, r)}Q{other[0]:.1f} {other[1]:.1f} {_towards(other, after, r)}"
        )
    return path


def _jagged(one: Point, other: Point, at: float) -> str:
    way = 1.0 if other[0] >= one[0] else -1.0
    steps = "".join(f"l{way * x:g} {y:g}" for x, y in _JAG[1:-1])
    return f"L{at - way * JAG / 2 + way * 5:.1f} {one[1]:.1f}{steps}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(point: Point, to: Point, by: float) -> str:
    length = _length(point, to) or 1.0
    x = point[0] + (to[0] - point[0]) * by / length
    y = point[1] + (to[1] - point[1]) * by / length
    return f"{x:.1f} {y:.1f}"


def tip(points: Sequence[Point], style: str, size: float = 9.0) -> Stroke:
    """The arrowhead at the end of a line."""
    (x0, y0), (x, y) = points[-2], points[-1]
    half = size * 0.55
    if abs(x - x0) > abs(y - y0):
        back = -size if x > x0 else size
        return Stroke(f"M{x:.1f} {y:.1f}l{back:.1f} {-half:.1f}v{2 * half:.1f}z", style)
    back = -size if y > y0 else size
    return Stroke(f"M{x:.1f} {y:.1f}l{-half:.1f} {back:.1f}h{2 * half:.1f}z", style)


def pipe(points: Sequence[Point]) -> tuple[Node, ...]:
    """A broad arrow: what is delivered."""
    (x0, y0), (x, y) = points[-2], points[-1]
    across = abs(x - x0) > abs(y - y0)
    sign = (1 if x > x0 else -1) if across else (1 if y > y0 else -1)
    end = (x - sign * 16, y) if across else (x, y - sign * 16)
    path = rounded([*points[:-1], end], 14)
    return (
        Stroke(path, "delivery"),
        Stroke(path, "delivery-inside"),
        tip(points, "delivery-tip", 18),
    )
