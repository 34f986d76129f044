"""The states that a case can be in on its way through a stream, and the steps that lead on.

A case begins with the first step. It can be over at a step that the stream marks as an end (by
default the last), at one without ways on, and where the shares of a step's ways leave something
to 1. A way of any share can be taken any number of times. Of ways taken together each goes on for
itself until all have come to the step where they meet; ways that never meet are over when each of
them is. Who leaves ways taken together by another way than their meeting (back up the text, past
it, or to an end) leaves them all: what the others had still to do is dropped.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from valuestream.model.errors import InputError
from valuestream.model.graph import Graph, graph
from valuestream.model.stream import Stream
from valuestream.model.together import Together, together

MOST_STATES = 2_000
"""Ten single steps at the same time have 1,024; far beyond, alignments would take hours."""

Marking = frozenset[int]
"""The steps that a case can take next, by place, and the branches that wait where ways meet."""


class NetError(InputError):
    """Nobody can say of a stream which sequences of steps it allows."""


@dataclass(frozen=True, slots=True)
class Net:
    """For each state the steps possible in it, by place, and the state each leads to.

    A case begins in state 0 and ends in the state `over`. From every state the end can be reached.
    """

    moves: tuple[tuple[tuple[int, int], ...], ...]
    over: int


def net(stream: Stream) -> Net:
    """The states of a stream's cases.

    Raises NetError where there are too many, or where no case could ever end.
    """
    ways = graph(stream)
    rules = _Rules(ways, together(ways), _ends(stream, ways))
    found: dict[Marking, list[tuple[int, Marking]]] = {}
    to_see: list[Marking] = [frozenset((0,))]
    while to_see:
        marking = to_see.pop()
        if marking in found:
            continue
        if len(found) == MOST_STATES:
            raise NetError(_too_many(stream, ways))
        found[marking] = list(rules.onward(marking))
        to_see += [after for _, after in reversed(found[marking])]
    return _numbered(stream, found)


def _numbered(stream: Stream, found: dict[Marking, list[tuple[int, Marking]]]) -> Net:
    """The net of the states from which the end can be reached."""
    before: dict[Marking, list[Marking]] = {}
    for marking, moves in found.items():
        for _, after in moves:
            before.setdefault(after, []).append(marking)
    alive: set[Marking] = set()
    to_see: list[Marking] = [frozenset()]
    while to_see:
        marking = to_see.pop()
        if marking not in alive:
            alive.add(marking)
            to_see += before.get(marking, [])
    first = next(iter(found))
    if first not in alive:
        raise NetError(
            f"no case of {stream.stream!r} ever ends: from {stream.steps[0].step!r} every way goes "
            "round in a circle; mark a step with 'end: true' or give one a way out"
        )
    kept = [marking for marking in found if marking in alive]
    number = {marking: n for n, marking in enumerate(kept)}
    return Net(
        tuple(
            tuple(dict.fromkeys((step, number[to]) for step, to in found[one] if to in alive))
            for one in kept
        ),
        number[frozenset()],
    )


def _ends(stream: Stream, ways: Graph) -> frozenset[int]:
    left = {p for p, onward in enumerate(ways.ways) if 1 - sum(w.share for w in onward) > 1e-6}
    return frozenset(left | set(stream.ends))


def _too_many(stream: Stream, ways: Graph) -> str:
    apart = max(
        ((len(way.to), p) for p, onward in enumerate(ways.ways) for way in onward),
        default=(0, 0),
    )
    return (
        f"the ways taken together after {stream.steps[apart[1]].step!r} let a case be in more than "
        f"{MOST_STATES:,} states; put fewer steps side by side, or gather some into one step"
    )


@dataclass(frozen=True)
class _Rules:
    ways: Graph
    together: tuple[Together, ...]
    ends: frozenset[int]

    def onward(self, marking: Marking) -> Iterator[tuple[int, Marking]]:
        """Each step possible in a state, with a state that it leads to."""
        for step in sorted(place for place in marking if place < len(self.ways.ways)):
            rest = marking - {step}
            for way in self.ways.ways[step]:
                yield step, self._met(self._on(rest, step, way.to))
            if step in self.ends:
                left = (one.everything for one in self._around(step))
                yield step, rest.difference(*left)

    def _around(self, step: int) -> list[Together]:
        return [one for one in self.together if one.branch(step) is not None]

    def _on(self, rest: Marking, step: int, to: tuple[int, ...]) -> Marking:
        around = self._around(step)
        parted = next((one for one in self.together if (one.origin, one.to) == (step, to)), None)
        if parted is None:
            return _moved(rest, [_led(around, step, one) for one in to])
        led = [
            (Marking(), frozenset((wait,)))
            if one == parted.meet
            else _led([o for o in around if o is not parted], step, one)
            for one, wait in zip(to, parted.waits, strict=True)
        ]
        return _moved(rest, led)

    def _met(self, marking: Marking) -> Marking:
        """The state after all branches that wait for nobody more have met."""
        for one in self.together:
            if marking.issuperset(one.waits):
                around = [o for o in self._around(one.origin) if o is not one]
                led = _led(around, one.origin, one.meet)
                return self._met(_moved(marking.difference(one.waits), [led]))
        return marking


_Led = tuple[Marking, Marking]
"""What a case leaves behind by a way, and where it comes to."""


def _led(around: Iterable[Together], origin: int, to: int) -> _Led:
    """Where a way leads within the ways taken together around it, the innermost first."""
    left: Marking = frozenset()
    for one in around:
        own = one.branch(origin)
        if own is None:
            continue
        if to == one.meet:
            return left, frozenset((one.waits[own],))
        other = one.branch(to)
        if other == own:
            break
        if other is not None:
            return left, frozenset((one.waits[own], to))
        left |= one.everything
    return left, frozenset((to,))


def _moved(rest: Marking, led: Iterable[_Led]) -> Marking:
    pairs = list(led)
    return rest.difference(*(left for left, _ in pairs)).union(*(to for _, to in pairs))
