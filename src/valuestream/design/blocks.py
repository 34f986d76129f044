"""The steps of a plan in blocks: one after the other, and side by side where their needs allow.

A text says "side by side" by `then: {together: [...]}`: from one step to several, until the ways
meet in one step. Not every order can be said so. What cannot is put one after the other, where that
costs the least time; no step ever comes before what it needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

After = Mapping[int, frozenset[int]]
"""For each step, by its place in the plan, all steps that come before it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Steps and blocks, one after the other."""

    parts: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Together:
    """Lines side by side. In a line that can be written a single step is before it and after."""

    branches: tuple[Line, ...]


Block: TypeAlias = int | Together


def blocks(before: Sequence[frozenset[int]], times: Sequence[float]) -> Line:
    """Steps as a line that can be written. `before` are those that each needs directly."""
    return _writable(_line(_closed(before), frozenset(range(len(before))), times), times)


def length(line: Line, times: Sequence[float]) -> float:
    """The time of the longest way through."""
    return sum(_length(part, times) for part in line.parts)


def order(line: Line) -> list[int]:
    """The steps from top to bottom: a branch after the other."""
    found: list[int] = []
    for part in line.parts:
        if isinstance(part, int):
            found.append(part)
        else:
            found += [step for branch in part.branches for step in order(branch)]
    return found


def comes_before(line: Line) -> frozenset[tuple[int, int]]:
    """All pairs of which the first is done before the second."""
    found: set[tuple[int, int]] = set()
    for part in line.parts:
        if isinstance(part, Together):
            for branch in part.branches:
                found |= comes_before(branch)
    own = [order(Line((part,))) for part in line.parts]
    for at, steps in enumerate(own):
        found |= {(one, other) for later in own[at + 1 :] for one in steps for other in later}
    return frozenset(found)


def added(line: Line, before: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """The pairs of steps that follow each other in the line though the later does not wait."""
    closed = _closed(before)
    pairs = comes_before(line)
    next_to = {
        (a, b)
        for a, b in pairs
        if not any((a, c) in pairs and (c, b) in pairs for c in range(len(before)))
    }
    return sorted((a, b) for a, b in next_to if a not in closed[b])


def _length(part: Block, times: Sequence[float]) -> float:
    if isinstance(part, int):
        return times[part]
    return max(length(branch, times) for branch in part.branches)


def _closed(before: Sequence[frozenset[int]]) -> After:
    """All that comes before each; the places are in an order that keeps the needs."""
    found: dict[int, frozenset[int]] = {}
    for step, own in enumerate(before):
        found[step] = own.union(*(found[one] for one in own))
    return found


def _line(after: After, steps: frozenset[int], times: Sequence[float]) -> Line:
    """The order as a line of blocks: divided where everything above comes before all below.

    Where it neither falls apart side by side nor divides, it is cut where that takes the least
    time: steps below the cut then wait for all above it.
    """
    parts: list[Block] = []
    for group in _divided(after, steps):
        apart = _apart(after, group)
        if len(group) == 1:
            parts += group
        elif len(apart) > 1:
            parts.append(Together(tuple(_line(after, one, times) for one in apart)))
        else:
            parts += _cut(after, group, times).parts
    return Line(tuple(parts))


def _divided(after: After, steps: frozenset[int]) -> list[frozenset[int]]:
    """The groups, from top to bottom, of which each comes before all of the next."""
    rows = sorted(steps, key=lambda step: (len(after[step] & steps), step))
    found: list[frozenset[int]] = []
    above: set[int] = set()
    start = 0
    for at, step in enumerate(rows):
        above.add(step)
        below = rows[at + 1 :]
        if all(above <= after[other] for other in below):
            found.append(frozenset(rows[start : at + 1]))
            start = at + 1
    return found


def _apart(after: After, steps: frozenset[int]) -> list[frozenset[int]]:
    """The groups of which no step comes before one of another group."""
    left, found = set(steps), []
    while left:
        group, to_see = set(), [min(left)]
        while to_see:
            step = to_see.pop()
            if step not in group:
                group.add(step)
                to_see += [o for o in left - group if o in after[step] or step in after[o]]
        left -= group
        found.append(frozenset(group))
    return found


def _cut(after: After, steps: frozenset[int], times: Sequence[float]) -> Line:
    """The line with all of some steps above before all others, where that ends the earliest."""
    rows = _ends(after, steps, times)
    tried = []
    for at in range(1, len(rows)):
        above = frozenset(step for step, _ in rows[:at])
        if all(after[step] & steps <= above for step in above):
            below = _ends(after, steps - above, times)
            tried.append((rows[at - 1][1] + below[-1][1], at, above))
    _, _, above = min(tried)
    both = (_line(after, above, times), _line(after, steps - above, times))
    return Line(tuple(part for line in both for part in line.parts))


def _ends(after: After, steps: frozenset[int], times: Sequence[float]) -> list[tuple[int, float]]:
    """The steps in the order in which they can be done at the earliest, and when."""
    done: dict[int, float] = {}
    for step in sorted(steps):
        done[step] = times[step] + max((done[o] for o in after[step] & steps), default=0.0)
    return sorted(done.items(), key=lambda one: (one[1], one[0]))


def _writable(line: Line, times: Sequence[float]) -> Line:
    """The line with a single step before and after all that is side by side, in branches, too.

    Where there is none, the first or the last step of a branch is taken out: of which branch, the
    time decides.
    """
    parts = tuple(
        Together(tuple(_writable(branch, times) for branch in part.branches))
        if isinstance(part, Together)
        else part
        for part in line.parts
    )
    for at, part in enumerate(parts):
        if isinstance(part, Together):
            if at == 0 or isinstance(parts[at - 1], Together):
                freed = [_taken_out(part, n, 0) for n in range(len(part.branches))]
            elif at + 1 == len(parts):
                freed = [_taken_out(part, n, -1) for n in range(len(part.branches))]
            else:
                continue
            lines = [Line((*parts[:at], *own, *parts[at + 1 :])) for own in freed]
            return _writable(min(lines, key=lambda one: length(one, times)), times)
    return Line(parts)


def _taken_out(part: Together, branch: int, end: Literal[0, -1]) -> tuple[Block, ...]:
    """The first (0) or last (-1) step of a branch, and beside it what is left of the block."""
    own = part.branches[branch].parts
    step = own[end]
    rest = own[1:] if end == 0 else own[:-1]
    branches = [
        *part.branches[:branch],
        *([Line(rest)] if rest else []),
        *part.branches[branch + 1 :],
    ]
    left: tuple[Block, ...] = (
        branches[0].parts if len(branches) == 1 else (Together(tuple(branches)),)
    )
    return (step, *left) if end == 0 else (*left, step)
