"""Steps that run at the same time: their visits overlap, or come in either order."""

from collections.abc import Iterable
from dataclasses import dataclass

from valuestream.discover.order import Order
from valuestream.discover.seen import Follows, Sequences

EITHER_ORDER = 0.2
"""Two steps are exchangeable where in so large a share of the cases either is the first."""
TOGETHER = 0.8
"""They run together where so large a share of the cases of either has both."""
OVERLAPPING = 0.5
"""They overlap where so large a share of their moves starts before the visit ahead has ended."""
FEWEST = 4
"""Fewer cases than these tell nothing."""

Node = tuple[Order, ...]
"""A place on the main way: one step, or branches of steps that run at the same time."""
_Pairs = set[frozenset[int]]


@dataclass(slots=True)
class _Pair:
    both: int = 0
    rounds: int = 0
    """Where a case visited both equally often: the first visits of each, the second ones, …"""
    first: int = 0
    """Of these, those in which the step of the lower number came first."""


def nodes(
    order: Order, sequences: Sequences, follows: dict[tuple[int, int], Follows]
) -> tuple[Node, ...]:
    """The steps in their order, those that run at the same time gathered.

    A block is what no order of its branches with each other divides, as the parallel cut of the
    inductive miner has it: all steps of one branch run at the same time as all of the others.
    """
    pairs = _at_once(sequences, follows)
    found = [_branches(order, block, pairs) for block in _components(order, pairs)]
    blocks = {order.index(node[0][0]): node for node in found if len(node) > 1}
    inside = {step for node in blocks.values() for branch in node for step in branch}
    return tuple(
        blocks.get(place, ((step,),))
        for place, step in enumerate(order)
        if place in blocks or step not in inside
    )


def in_line(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes, a block that stands first in a line: no step is there for its ways to part at."""
    return (*(((step,),) for branch in nodes[0] for step in branch), *nodes[1:])


def _at_once(sequences: Sequences, follows: dict[tuple[int, int], Follows]) -> _Pairs:
    cases, found = _counted(sequences)
    return {
        frozenset(steps)
        for steps, pair in found.items()
        if pair.both >= max(FEWEST, TOGETHER * max(cases[step] for step in steps))
        and (_is_exchangeable(pair) or _is_overlapping(pair, steps, follows))
    }


def _counted(sequences: Sequences) -> tuple[dict[int, int], dict[tuple[int, int], _Pair]]:
    cases: dict[int, int] = {}
    pairs: dict[tuple[int, int], _Pair] = {}
    for sequence, count in sequences.cases.items():
        places: dict[int, list[int]] = {}
        for place, step in enumerate(sequence):
            places.setdefault(step, []).append(place)
        for one, its in places.items():
            cases[one] = cases.get(one, 0) + count
            for other, others in places.items():
                if one < other:
                    pair = pairs.setdefault((one, other), _Pair())
                    _count(pair, its, others, count)
    return cases, pairs


def _count(pair: _Pair, places: list[int], others: list[int], cases: int) -> None:
    pair.both += cases
    if len(places) == len(others):
        pair.rounds += cases * len(places)
        pair.first += cases * sum(map(int.__lt__, places, others))


def _is_exchangeable(pair: _Pair) -> bool:
    least = min(pair.first, pair.rounds - pair.first)
    return pair.rounds >= max(FEWEST, pair.both / 2) and least >= EITHER_ORDER * pair.rounds


def _is_overlapping(
    pair: _Pair, steps: tuple[int, int], follows: dict[tuple[int, int], Follows]
) -> bool:
    moves = [f for way in (steps, steps[::-1]) if (f := follows.get(way))]
    count, overlapping = sum(f.count for f in moves), sum(f.overlapping for f in moves)
    return count >= max(FEWEST, pair.both / 2) and overlapping >= OVERLAPPING * count


def _components(steps: Iterable[int], pairs: _Pairs) -> list[frozenset[int]]:
    """The largest sets of steps that the pairs hang together, those of one step left out."""
    found: list[frozenset[int]] = []
    left = list(steps)
    while left:
        reached, new = {left[0]}, {left[0]}
        while new:
            new = {o for s in new for o in left if frozenset((s, o)) in pairs} - reached
            reached |= new
        left = [step for step in left if step not in reached]
        if len(reached) > 1:
            found.append(frozenset(reached))
    return found


def _branches(order: Order, block: frozenset[int], pairs: _Pairs) -> Node:
    """The branches of a block, each in order; one where some order divides all of them."""
    inside = [step for step in order if step in block]
    in_order = {frozenset((a, b)) for a in inside for b in inside if a != b and {a, b} not in pairs}
    chains = _components(inside, in_order)
    alone = [frozenset((s,)) for s in inside if not any(s in chain for chain in chains)]
    branches = sorted((*chains, *alone), key=lambda branch: min(map(inside.index, branch)))
    return tuple(tuple(s for s in inside if s in branch) for branch in branches)
