"""Whether a sequence of steps can be walked on a stream's ways, from its start to an end."""

from collections.abc import Iterable

from valuestream.model.graph import Graph, Way

_Ahead = frozenset[int]
"""The steps that are to come: several where ways run at the same time."""


class Walks:
    """The walks that a graph allows; states already met are remembered.

    Ways at the same time are walked in any order until they meet.
    """

    def __init__(self, graph: Graph, starts: Iterable[int], ends: Iterable[int]) -> None:
        """`starts` and `ends` are the places of the steps at which a case may start and end."""
        self._graph, self._ends = graph, frozenset(ends)
        self._start = frozenset(frozenset((place,)) for place in starts)
        self._apart = [regions for ways in graph.ways for w in ways if (regions := self._of(w))]
        self._known: dict[tuple[frozenset[_Ahead], int], frozenset[_Ahead]] = {}

    def explain(self, sequence: Iterable[int]) -> bool:
        """Whether the whole sequence of places is a walk."""
        states = self._start
        for step in sequence:
            if (states, step) not in self._known:
                found = (after for ahead in states for after in self._after(ahead, step))
                self._known[states, step] = frozenset(found)
            states = self._known[states, step]
            if not states:
                return False
        return frozenset() in states

    def _of(self, way: Way) -> list[_Ahead]:
        """Of ways at the same time: the steps of each, up to where they meet."""
        if len(way.to) < 2:
            return []
        reached = [self._graph.ahead[to] | {to} for to in way.to]
        met = frozenset.intersection(*reached)
        return [steps - met for steps in reached]

    def _after(self, ahead: _Ahead, step: int) -> Iterable[_Ahead]:
        rest = ahead - {step}
        if step not in ahead or not all(self._may_wait(other, step) for other in rest):
            return
        for way in self._graph.ways[step]:
            yield rest | frozenset(way.to)
        if step in self._ends:
            yield rest

    def _may_wait(self, other: int, step: int) -> bool:
        """Whether the other may wait: for the step, or on another way walked at the same time."""
        return other in self._graph.ahead[step] or any(
            step in mine and other in its
            for regions in self._apart
            for mine in regions
            for its in regions
            if mine is not its
        )
