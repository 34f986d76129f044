"""Nodes in layers from left to right, ordered so that edges cross little, and placed up and down.

The layers of the longest way (so that every edge goes right), barycentre sweeps for the order
(Sugiyama, Tagawa and Toda, 1981), and for the places the least squares of the distances to the
neighbours under the order, by pooling adjacent violators.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SWEEPS = 8
_LANE = 17.0
"""Half the height that a passing edge is given."""


@dataclass(frozen=True, slots=True)
class Size:
    """How far a node reaches above and below the height where its edges meet it."""

    above: float
    below: float


@dataclass(frozen=True, slots=True)
class Layered:
    """For each node and bend its layer and height; for each edge its nodes and bends.

    Nodes come first, in their order; bends (where an edge passes a layer) after them.
    """

    layer: tuple[int, ...]
    y: tuple[float, ...]
    order: tuple[tuple[int, ...], ...]
    paths: tuple[tuple[int, ...], ...]


def layered(sizes: Sequence[Size], edges: Sequence[tuple[int, int]], gap: float) -> Layered:
    """Places for nodes whose edges all go from a lower index to a higher one."""
    layer = _longest(len(sizes), edges)
    all_sizes = list(sizes)
    paths = []
    for origin, to in edges:
        bends = range(len(all_sizes), len(all_sizes) + layer[to] - layer[origin] - 1)
        layer += [layer[origin] + 1 + i for i in range(len(bends))]
        all_sizes += [Size(_LANE, _LANE)] * len(bends)
        paths.append((origin, *bends, to))
    before, after = _neighbours(len(layer), paths)
    order = _ordered(layer, before, after)
    y = _placed(order, all_sizes, before, after, gap)
    return Layered(tuple(layer), tuple(y), tuple(map(tuple, order)), tuple(paths))


def _longest(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    layer = [0] * count
    into: list[list[int]] = [[] for _ in range(count)]
    for origin, to in edges:
        into[to].append(origin)
    for node in range(1, count):
        # A node that no way leads to stands after the one before it.
        layer[node] = 1 + max((layer[origin] for origin in into[node]), default=layer[node - 1])
    return layer


def _neighbours(
    count: int, paths: Sequence[tuple[int, ...]]
) -> tuple[list[list[int]], list[list[int]]]:
    before: list[list[int]] = [[] for _ in range(count)]
    after: list[list[int]] = [[] for _ in range(count)]
    for path in paths:
        for one, other in pairwise(path):
            after[one].append(other)
            before[other].append(one)
    return before, after


def _ordered(
    layer: Sequence[int], before: list[list[int]], after: list[list[int]]
) -> list[list[int]]:
    order: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    for node, number in enumerate(layer):
        order[number].append(node)
    best, least = [list(nodes) for nodes in order], crossings(order, after)
    for sweep in range(SWEEPS):
        if least == 0:
            break
        down = sweep % 2 == 0
        towards, numbers = (before, range(len(order))) if down else (after, range(len(order))[::-1])
        place = {node: i for nodes in order for i, node in enumerate(nodes)}
        for number in numbers:
            nodes = order[number]
            nodes.sort(key=lambda node: _barycentre(node, towards, place))
            place.update({node: i for i, node in enumerate(nodes)})
        crossed = crossings(order, after)
        if crossed < least:
            best, least = [list(nodes) for nodes in order], crossed
    return best


def _barycentre(node: int, towards: list[list[int]], place: dict[int, int]) -> float:
    near = [place[other] for other in towards[node]]
    return sum(near) / len(near) if near else place[node]


def crossings(order: Sequence[Sequence[int]], after: Sequence[Sequence[int]]) -> int:
    """How many pairs of edges between neighbouring layers cross."""
    place = {node: i for nodes in order for i, node in enumerate(nodes)}
    found = 0
    for nodes in order:
        ends = [place[to] for node in nodes for to in sorted(after[node], key=place.__getitem__)]
        found += sum(1 for i, one in enumerate(ends) for other in ends[:i] if other > one)
    return found


def _placed(
    order: Sequence[Sequence[int]],
    sizes: Sequence[Size],
    before: Sequence[Sequence[int]],
    after: Sequence[Sequence[int]],
    gap: float,
) -> list[float]:
    y = [0.0] * len(sizes)
    for nodes in order:
        _settle(nodes, [0.0] * len(nodes), sizes, y, gap)
    both = [[*b, *a] for b, a in zip(before, after, strict=True)]
    for sweep in range(SWEEPS):
        towards, sequence = ((before, order), (after, order[::-1]), (both, order))[sweep % 3]
        for nodes in sequence:
            wished = [_mean([y[o] for o in towards[node]], y[node]) for node in nodes]
            _settle(nodes, wished, sizes, y, gap)
    return y


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _settle(
    nodes: Sequence[int],
    wished: Sequence[float],
    sizes: Sequence[Size],
    y: list[float],
    gap: float,
) -> None:
    """The heights nearest to the wished ones that keep the order and the distances."""
    offsets = [0.0]
    for one, other in pairwise(nodes):
        offsets.append(offsets[-1] + sizes[one].below + gap + sizes[other].above)
    pools: list[tuple[float, int]] = []
    for wish, offset in zip(wished, offsets, strict=True):
        pools.append((wish - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (high, many), (low, few) = pools[-2:]
            pools[-2:] = [((high * many + low * few) / (many + few), many + few)]
    flat = [height for height, count in pools for _ in range(count)]
    for node, height, offset in zip(nodes, flat, offsets, strict=True):
        y[node] = height + offset
