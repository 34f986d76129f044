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
FEWEST = 5
"""Fewer cases than these tell nothing."""

Node = tuple[Order, ...]
"""A place on the main way: one step, or branches of steps that run at the same time."""
_Pairs = set[frozenset[int]]


@dataclass(slots=True)
class _Pair:
    both: int = 0
    once: int = 0
    """The cases that visited both, each once."""
    first: int = 0
    """Of these, those in which the first of the two came first."""


def nodes(
    order: Order, sequences: Sequences, follows: dict[tuple[int, int], Follows]
) -> tuple[Node, ...]:
    """The steps in their order, those that run at the same time gathered.

    A block is what no order of its branches with each other divides, as the parallel cut of the
    inductive miner has it: all steps of one branch run at the same time as all of the others.
    """
    pairs = _at_once(sequences, follows)
    blocks = {min(map(order.index, found)): found for found in _components(order, pairs)}
    written: list[Node] = []
    for place, step in enumerate(order):
        if place in blocks and place > 0:
            written.append(_branches(order, blocks[place], pairs))
        elif not any(step in found for start, found in blocks.items() if start > 0):
            written.append(((step,),))
    return tuple(written)


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
        times: dict[int, int] = {}
        for step in sequence:
            times[step] = times.get(step, 0) + 1
        firsts = tuple(times)
        for place, one in enumerate(firsts):
            cases[one] = cases.get(one, 0) + count
            for other in firsts[place + 1 :]:
                pair = pairs.setdefault((min(one, other), max(one, other)), _Pair())
                pair.both += count
                if times[one] == times[other] == 1:
                    pair.once += count
                    pair.first += count if one < other else 0
    return cases, pairs


def _is_exchangeable(pair: _Pair) -> bool:
    least = min(pair.first, pair.once - pair.first)
    return pair.once >= max(FEWEST, pair.both / 2) and least >= EITHER_ORDER * pair.once


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
    """The branches of a block, each in order; where it has none, its steps are tried in parts."""
    inside = [step for step in order if step in block]
    in_order = {
        frozenset((a, b)) for a in inside for b in inside if a != b and {a, b} not in pairs
    }
    chains = _components(inside, in_order)
    alone = [frozenset((s,)) for s in inside if not any(s in chain for chain in chains)]
    branches = sorted((*chains, *alone), key=lambda branch: min(map(inside.index, branch)))
    return tuple(tuple(s for s in inside if s in branch) for branch in branches)
