"""The moves of an alignment read as people do: skipped, added, repeated, out of order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from valuestream.model.alignment import Kind, Move
from valuestream.model.conformance import Departure


class Departed(NamedTuple):
    """What became of a step, and the steps done in place before and after it, all by place.

    `after` is None at the begin of a case, `before` at its end.
    """

    what: Departure
    step: int
    after: int | None
    before: int | None


def departures(moves: Sequence[Move]) -> list[Departed]:
    """How a case left the stream, in the order of its alignment.

    A step that was skipped at its place and added elsewhere is out of order, where it was added. An
    added step that was also done in place is repeated.
    """
    left = [(n, kind, step) for n, (kind, step) in enumerate(moves) if kind != "done"]
    if not left:
        return []
    skipped, added = _counted(left, "skipped"), _counted(left, "added")
    moved = {"skipped": skipped & added, "added": skipped & added}
    done = {step for kind, step in moves if kind == "done"}
    around = dict(_around(moves))
    found = []
    for number, kind, step in left:
        is_moved = moved[kind][step] > 0
        moved[kind][step] -= is_moved
        if is_moved and kind == "skipped":
            continue
        what: Departure = "skipped" if kind == "skipped" else "added"
        if is_moved:
            what = "out of order"
        elif kind == "added" and step in done:
            what = "repeated"
        found.append(Departed(what, step, *around[number]))
    return found


def is_unfinished(moves: Sequence[Move]) -> bool:
    """Whether a case stops before an end of the stream."""
    return bool(moves) and moves[-1][0] == "skipped"


def _counted(left: Sequence[tuple[int, Kind, int]], kind: Kind) -> Counter[int]:
    return Counter(step for _, own, step in left if own == kind)


def _around(moves: Sequence[Move]) -> Iterator[tuple[int, tuple[int | None, int | None]]]:
    """For each move that is none in place: the steps done in place before and after it."""
    waiting: list[int] = []
    after: int | None = None
    for number, (kind, step) in enumerate(moves):
        if kind != "done":
            waiting.append(number)
            continue
        yield from ((one, (after, step)) for one in waiting)
        waiting, after = [], step
    yield from ((one, (after, None)) for one in waiting)
