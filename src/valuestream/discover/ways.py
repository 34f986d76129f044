"""The ways on that are worth writing, and the share of the cases that they explain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from valuestream.discover.parallel import Node
from valuestream.discover.seen import Sequences
from valuestream.discover.walking import Walks
from valuestream.model.graph import Graph, Way

THRESHOLDS = (0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.08, 0.06, 0.05)
"""Shares of a step's visits: the ways that fewer take are left out."""
ALWAYS = 0.2
"""Ways that so large a share takes are written even where they explain no whole case."""
MOST_WAYS = (6, 1.5)
"""More ways than the first, and the second for each step, cannot be read any more."""
STARTS = 0.05
"""Steps after the first at which so large a share of the cases starts are starts, too."""
_END = -1


@dataclass(frozen=True, slots=True)
class Course:
    """Steps (by number) in the order in which they are written, and the ways between them.

    `ways`, `starts` (with their shares of the cases) and `ends` are by place in that order.
    `explained` is the share of the cases whose whole sequence can be walked; `threshold` the share
    of a step's visits that a written way has at least, but for those that hold the stream together;
    `moves` the share of the moves that go these ways.
    """

    order: tuple[int, ...]
    ways: tuple[tuple[Way, ...], ...]
    starts: Mapping[int, float]
    ends: frozenset[int]
    threshold: float
    explained: float
    moves: float


@dataclass(frozen=True, slots=True)
class _Moves:
    """Between nodes: how many cases go from one to another, start with one, end after one."""

    ways: Mapping[tuple[int, int], int]
    starts: Mapping[int, int]
    leaving: Mapping[int, int]


def course(nodes: tuple[Node, ...], sequences: Sequences, cover: float) -> Course:
    """The fewest ways that explain a share of the cases, if so few can be read.

    Ways are taken by the share of a step's visits that take them, a threshold as in the heuristics
    miner and the split miner, lowered until the share is reached, or no more can be read.
    """
    moves, chosen = _moves(nodes, sequences), None
    for threshold in THRESHOLDS:
        found = _course(nodes, _kept(len(nodes), moves, threshold), moves, sequences, threshold)
        most = MOST_WAYS[0] + MOST_WAYS[1] * len(found.order)
        if chosen and sum(map(len, found.ways)) > most:
            break
        if chosen is None or threshold >= ALWAYS or found.explained > chosen.explained:
            chosen = found
        if found.explained >= cover:
            break
    assert chosen is not None  # the first threshold always gives one
    return chosen


def _moves(nodes: tuple[Node, ...], sequences: Sequences) -> _Moves:
    ways: dict[tuple[int, int], int] = {}
    starts: dict[int, int] = {}
    leaving: dict[int, int] = {}
    number = {step: n for n, node in enumerate(nodes) for branch in node for step in branch}
    sizes = [sum(map(len, node)) for node in nodes]
    for sequence, cases in sequences.cases.items():
        passed = _passed(sequence, number, sizes)
        starts[passed[0]] = starts.get(passed[0], 0) + cases
        for one, other in zip(passed, (*passed[1:], _END), strict=True):
            ways[one, other] = ways.get((one, other), 0) + cases
            leaving[one] = leaving.get(one, 0) + cases
    return _Moves(ways, starts, leaving)


def _passed(sequence: Sequence[int], number: Mapping[int, int], sizes: list[int]) -> list[int]:
    """The nodes that a case passed; visits of one block's steps, each once, pass it once."""
    passed: list[int] = []
    inside: set[int] = set()
    for step in sequence:
        node = number[step]
        if passed and node == passed[-1] and sizes[node] > 1 and step not in inside:
            inside.add(step)
        else:
            passed.append(node)
            inside = {step}
    return passed


def _kept(nodes: int, moves: _Moves, threshold: float) -> dict[tuple[int, int], int]:
    """The ways of enough visits, and those that hold each node between a start and an end."""
    kept = {w: n for w, n in moves.ways.items() if n >= threshold * moves.leaving[w[0]]}
    begun = {n for n in range(nodes) if n == 0 or moves.starts.get(n, 0) > _to(moves, n)}
    while lost := set(range(nodes)) - _reached(begun, kept):
        node = min(lost)
        ways = [w for w in moves.ways if w[1] == node and w[0] not in lost]
        if not ways:
            begun.add(node)
        else:
            best = max(ways, key=lambda w: (moves.ways[w], -w[0]))
            kept[best] = moves.ways[best]
    back = {(o, one): n for (one, o), n in kept.items()}
    while lost := set(range(nodes)) - _reached({_END}, back):
        node = max(lost)
        best = max(
            (w for w in moves.ways if w[0] == node and w[1] not in lost),
            key=lambda w: (moves.ways[w], -w[1]),
            default=(node, _END),
        )
        kept[best] = back[best[::-1]] = moves.ways.get(best, 1)
    return kept


def _to(moves: _Moves, node: int) -> int:
    """The cases that come to a node by its most usual way."""
    return max((n for (one, o), n in moves.ways.items() if o == node and one != node), default=0)


def _reached(begun: set[int], ways: Mapping[tuple[int, int], int]) -> set[int]:
    reached, new = set(begun), set(begun)
    while new:
        new = {other for one, other in ways if one in new} - reached
        reached |= new
    return reached


def _course(
    nodes: tuple[Node, ...],
    kept: Mapping[tuple[int, int], int],
    moves: _Moves,
    sequences: Sequences,
    threshold: float,
) -> Course:
    order = tuple(step for node in nodes for branch in node for step in branch)
    place = {step: p for p, step in enumerate(order)}
    ways: list[tuple[Way, ...]] = [()] * len(order)
    ends: set[int] = set()
    for number, node in enumerate(nodes):
        on = sorted((other, n) for (one, other), n in kept.items() if one == number)
        total = sum(n for _, n in on)
        targets = tuple(
            Way(_entry(nodes[other], place), n / total)
            for other, n in on
            if other != _END and not (other == number and len(node) > 1)
        )
        for branch in node:
            for one, other in pairwise(branch):
                ways[place[one]] = (Way((place[other],), 1.0),)
            ways[place[branch[-1]]] = targets
            if not targets or any(other == _END for other, _ in on):
                ends.add(place[branch[-1]])
    starts = {
        place[branch[0]]: n / sequences.total
        for number, n in sorted(moves.starts.items())
        if number == 0 or n >= STARTS * sequences.total
        for branch in nodes[number]
    }
    walks = Walks(Graph(tuple(ways)), {0, *starts}, ends)
    explained = sum(
        cases
        for sequence, cases in sequences.cases.items()
        if walks.explain(place[step] for step in sequence)
    )
    return Course(
        order,
        tuple(ways),
        starts,
        frozenset(ends),
        threshold,
        explained / sequences.total,
        sum(kept.values()) / sum(moves.ways.values()),
    )


def _entry(node: Node, place: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(place[branch[0]] for branch in node)
