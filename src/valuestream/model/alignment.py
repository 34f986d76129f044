"""Optimal alignments of sequences of steps to a stream.

W. van der Aalst, A. Adriansyah, B. van Dongen: "Replaying history on process models for conformance
checking and performance analysis" (WIREs Data Mining and Knowledge Discovery, 2012). A step done
where the stream allows it costs nothing; a step done where it does not (added) and a step that the
stream asks for and nobody did (skipped) cost 1 each. An alignment of the least cost is optimal.

What the rest of a sequence costs is a function of the state (net.py) that the case is in before it.
Such functions of sequences with the same end are the same, and but for a constant few differ:
each is computed once and then found in a table, so that a visit costs a look-up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from valuestream.model.net import Net

Kind = Literal["done", "skipped", "added"]
Move = tuple[Kind, int]
"""What became of a step, by its place: done where it belongs, skipped there, or added."""
_FAR = 1 << 40
_MOST_CELLS = 4_000_000
"""Of the table: some 50 MB."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The least cost of a sequence of steps, and moves of that cost."""

    cost: int
    moves: tuple[Move, ...]


class Aligner:
    """Aligns sequences of steps, by their places, to one stream."""

    def __init__(self, net: Net) -> None:
        """Of the states of a stream's cases."""
        self._net = net
        states = range(len(net.moves))
        self._before: list[list[int]] = [[] for _ in states]
        self._by_step: dict[int, list[tuple[int, int]]] = {}
        for state, moves in enumerate(net.moves):
            for step, after in moves:
                self._before[after].append(state)
                self._by_step.setdefault(step, []).append((state, after))
        end = [0 if state == net.over else _FAR for state in states]
        self._last = tuple(self._relaxed(end))
        self._forget()

    @property
    def shortest(self) -> int:
        """The number of steps of the shortest way through the stream."""
        return self._last[0]

    def fitness(self, cost: int, steps: int) -> float:
        """1 − cost ÷ the cost of skipping a shortest way and adding so many steps."""
        return 1 - cost / (steps + self.shortest)

    def align(self, steps: Sequence[int]) -> Alignment:
        """The optimal alignment.

        Of several, the one that from the first step on does a step rather than skip one, and skips
        one rather than add one; of several steps to skip, that of the way written first.
        """
        rest = self._rest(steps)
        number, least = rest[0]
        cost = self._vectors[number][0] + least
        return Alignment(cost, tuple(self._walked(steps, rest)))

    def _rest(self, steps: Sequence[int]) -> list[tuple[int, int]]:
        """Before each step and after the last: which costs the states have, above which least."""
        if len(self._vectors) * len(self._last) > _MOST_CELLS:
            self._forget()
        found = [(0, 0)]
        number = least = 0
        for step in reversed(steps):
            known = self._table.get((number, step))
            if known is None:
                known = self._table[number, step] = self._earlier(number, step)
            number, more = known
            least += more
            found.append((number, least))
        found.reverse()
        return found

    def _forget(self) -> None:
        self._vectors = [self._last]
        self._numbers = {self._last: 0}
        self._table: dict[tuple[int, int], tuple[int, int]] = {}

    def _earlier(self, number: int, step: int) -> tuple[int, int]:
        """The costs before a step, from those after it: a vector's number and its least."""
        later = self._vectors[number]
        costs = [cost + 1 for cost in later]
        for state, after in self._by_step.get(step, ()):
            costs[state] = min(costs[state], later[after])
        costs = self._relaxed(costs)
        least = min(costs)
        vector = tuple(cost - least for cost in costs)
        if vector not in self._numbers:
            self._numbers[vector] = len(self._vectors)
            self._vectors.append(vector)
        return self._numbers[vector], least

    def _relaxed(self, costs: list[int]) -> list[int]:
        """The costs where steps may be skipped, too: in each state that of the next plus 1."""
        to_see = sorted(range(len(costs)), key=costs.__getitem__, reverse=True)
        while to_see:
            after = to_see.pop()
            cost = costs[after] + 1
            for state in self._before[after]:
                if costs[state] > cost:
                    costs[state] = cost
                    to_see.append(state)
        return costs

    def _walked(self, steps: Sequence[int], rest: list[tuple[int, int]]) -> list[Move]:
        moves: list[Move] = []
        state = at = 0
        while at < len(steps) or state != self._net.over:
            kind, step, state = self._next(steps, rest, at, state)
            moves.append((kind, step))
            at += kind != "skipped"
        return moves

    def _next(
        self, steps: Sequence[int], rest: list[tuple[int, int]], at: int, state: int
    ) -> tuple[Kind, int, int]:
        """The next move of an optimal alignment, and the state after it."""
        here, least = self._vectors[rest[at][0]], rest[at][1]
        if at < len(steps):
            later, later_least = self._vectors[rest[at + 1][0]], rest[at + 1][1]
            for step, after in self._net.moves[state]:
                if step == steps[at] and later[after] + later_least == here[state] + least:
                    return "done", step, after
        for step, after in self._net.moves[state]:
            if here[after] + 1 == here[state]:
                return "skipped", step, after
        return "added", steps[at], state
