"""The ways on that are worth writing, and the share of the cases that they explain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from valuestream.discover.parallel import Node
from valuestream.discover.seen import Sequences
from valuestream.discover.walking import Walks
from valuestream.model.graph import Graph, Way

THRESHOLDS = (0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1, 0.08, 0.06, 0.05)
"""Shares of a step's visits: the ways that fewer take are left out."""
WAYS_A_STEP = 1.5
"""More ways than these times the steps cannot be read any more."""
_END = -1


@dataclass(frozen=True, slots=True)
class Course:
    """Steps (by number) in the order in which they are written, and the ways between them.

    `ways` and `ends` are by place in that order. `explained` is the share of the cases whose whole
    sequence can be walked; `threshold` the share of its visits that a written way has at least,
    but for those that hold the stream together.
    """

    order: tuple[int, ...]
    ways: tuple[tuple[Way, ...], ...]
    ends: frozenset[int]
    threshold: float
    explained: float


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
        found = _course(nodes, _kept(len(nodes), moves, threshold), sequences, threshold)
        if chosen and sum(map(len, found.ways)) > max(4, WAYS_A_STEP * len(found.order)):
            break
        if chosen is None or found.explained > chosen.explained:
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
    """The ways of enough visits, and those that hold each node between the start and an end."""
    kept = {w: n for w, n in moves.ways.items() if n >= threshold * moves.leaving[w[0]]}
    for node in range(nodes):
        to_it = [(n, -one, one) for (one, o), n in moves.ways.items() if o == node and one < node]
        if to_it and max(to_it)[0] >= moves.starts.get(node, 0):
            kept[max(to_it)[2], node] = max(to_it)[0]
        on = [
            (n, -other, other)
            for (one, other), n in moves.ways.items()
            if one == node and (other > node or other == _END)
        ]
        if on:
            kept[node, max(on)[2]] = max(on)[0]
        elif not any(one == node for one, _ in kept):
            kept[node, _END] = 1
    return kept


def _course(
    nodes: tuple[Node, ...],
    kept: Mapping[tuple[int, int], int],
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
            for one, other in zip(branch, branch[1:], strict=False):
                ways[place[one]] = (Way((place[other],), 1.0),)
            ways[place[branch[-1]]] = targets
            if not targets or any(other == _END for other, _ in on):
                ends.add(place[branch[-1]])
    walks = Walks(Graph(tuple(ways)), ends)
    explained = sum(
        cases
        for sequence, cases in sequences.cases.items()
        if walks.explain(place[step] for step in sequence)
    )
    return Course(order, tuple(ways), frozenset(ends), threshold, explained / sequences.total)


def _entry(node: Node, place: Mapping[int, int]) -> tuple[int, ...]:
    return tuple(place[branch[0]] for branch in node)
