"""The flow's edges as curves with arrowheads, through their bends and from band to band."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from valuestream.draw.bands import Column
from valuestream.draw.parts.pill import pill, pill_width
from valuestream.draw.scene import Group, Node, Point, Stroke

TRACK = 30.0
"""Between ways that turn to the next band."""
IN_APART = 28.0
_TIP = 11.0


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a way passes a layer: the node or bend, its column, its sides and heights there."""

    node: int
    column: Column
    left: float
    right: float
    y_in: float
    y_out: float


@dataclass(frozen=True, slots=True)
class Turn:
    """How a way goes from the end of a band to the start of the next one."""

    right: float
    middle: float
    left: float


def entries(
    paths: Sequence[tuple[int, ...]], y: Sequence[float], least: Sequence[float]
) -> dict[tuple[int, int], float]:
    """For each path, by its index and end node, the height at which it meets the node.

    `least[node]` is how far from its middle a way may meet it at most.
    """
    into: dict[int, list[int]] = defaultdict(list)
    for index, path in enumerate(paths):
        into[path[-1]].append(index)
    found = {}
    for node, indices in into.items():
        ordered = sorted(indices, key=lambda i: (y[paths[i][-2]], paths[i]))
        apart = min(IN_APART, 2 * least[node] / max(1, len(ordered) - 1))
        first = y[node] - apart * (len(ordered) - 1) / 2
        found.update({(i, node): first + n * apart for n, i in enumerate(ordered)})
    return found


def turns(
    paths: Sequence[Sequence[Stop]], edges: dict[int, tuple[float, float, float]]
) -> dict[tuple[int, int], Turn]:
    """The turns of all paths, by path and stop.

    `edges` has each band's right end, the top of the gutter under it, and the next one's left end.
    """
    waiting: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for index, path in enumerate(paths):
        for at, (one, other) in enumerate(pairwise(path)):
            if one.column.band != other.column.band:
                waiting[one.column.band].append((one.y_out, index, at))
    found = {}
    for band, passing in waiting.items():
        right, gutter, left = edges[band]
        # The upper of two ways turns outside of the lower one, so that they do not cross.
        for order, (_, index, at) in enumerate(sorted(passing)):
            outer = len(passing) - 1 - order
            found[index, at] = Turn(
                right + 18 + 12 * outer, gutter + TRACK * outer, left - 18 - 12 * order
            )
    return found


def way(
    index: int,
    path: Sequence[Stop],
    turned: dict[tuple[int, int], Turn],
    label: str,
    tip: str,
) -> Group:
    """A way as a curve, its arrowhead if it has one, and its label where it has left its step."""
    start, end = path[0], path[-1]
    drawn = f"M{start.right:.1f} {start.y_out:.1f}"
    for at, (one, other) in enumerate(pairwise(path)):
        last = at == len(path) - 2
        into = (other.left - (_TIP - 2 if last and tip else 0), other.y_in)
        turn = turned.get((index, at))
        drawn += _curve((one.right, one.y_out), into) if turn is None else _turn(turn, one, into)
        if not last and other.right > other.left:
            drawn += f"H{other.right:.1f}"
    nodes: list[Node] = [Stroke(drawn, "way")]
    if tip:
        nodes.append(Stroke(f"M{end.left - 1:.1f} {end.y_in:.1f}l-{_TIP} -6v12z", "way-tip"))
    if label:
        x, y = _label_at(path, turned.get((index, 0)), label)
        nodes.append(pill(label, x, y, 400))
    return Group("way", tuple(nodes))


def _curve(start: Point, end: Point) -> str:
    (x, y), (to_x, to_y) = start, end
    if abs(y - to_y) < 0.5:
        return f"L{to_x:.1f} {to_y:.1f}"
    middle = min(x + 40, (x + to_x) / 2)
    return f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {min(x + 80, to_x):.1f} {to_y:.1f}" + (
        f"H{to_x:.1f}" if to_x > x + 80 else ""
    )


def _turn(turn: Turn, one: Stop, into: Point) -> str:
    r = 10.0
    down = turn.middle - r
    return (
        f"H{turn.right - r:.1f}q{r} 0 {r} {r}V{down:.1f}q0 {r} -{r} {r}"
        f"H{turn.left + r:.1f}q-{r} 0 -{r} {r}V{into[1] - r:.1f}q0 {r} {r} {r}H{into[0]:.1f}"
    )


def _label_at(path: Sequence[Stop], turn: Turn | None, label: str) -> Point:
    second = path[1]
    if turn is not None:
        return turn.left + 40 + pill_width(label) / 2, turn.middle
    return second.left - _TIP - 7 - pill_width(label) / 2, second.y_in
