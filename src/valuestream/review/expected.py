"""How often a case comes to each step, by what the stream declares of its ways."""

from typing import NamedTuple

from valuestream.model.graph import Graph, graph
from valuestream.model.once import once
from valuestream.model.parallel import before_they_meet
from valuestream.model.stream import Stream

_PRECISE = 1e-9
_MOST_ROUNDS = 1000


class Expected(NamedTuple):
    """The expected visits of a step by a case, and how many of these are repeats."""

    visits: float
    repeats: float


@once
def expected(stream: Stream) -> tuple[Expected, ...]:
    """For each step. Empty where cases go round without end, or nearly so (98 in 100 and more).

    Where ways part, cases follow their shares; where they run in parallel, a case takes each. A
    visit is a repeat if a way back brings it. A step that is `right` with share p and has no way
    back of its own is done 1/p times in place of once (geometric distribution).
    """
    ways = graph(stream)
    visits = _visits(ways)
    if visits is None or any(step.right == 0 for step in stream.steps):
        return ()
    back = [0.0] * len(visits)
    goes_back = [False] * len(visits)
    for origin, onward in enumerate(ways.ways):
        for way in onward:
            for to in way.to:
                if ways.is_back(origin, to):
                    back[to] += visits[origin] * way.share
                    goes_back[origin] = True
    rights = [1.0 if goes_back[i] else s.right or 1.0 for i, s in enumerate(stream.steps)]
    return tuple(
        Expected(v / p, b + v / p - v) for v, p, b in zip(visits, rights, back, strict=True)
    )


def _visits(ways: Graph) -> list[float] | None:
    """The visits without those by `right`, by Gauss-Seidel: exact at once where nothing goes back.

    A case that goes several ways at the same time is one case again where they meet: it is
    followed in equal parts, and each step on these ways counts its part as a whole.
    """
    coming: list[list[tuple[int, float]]] = [[] for _ in ways.ways]
    for origin, onward in enumerate(ways.ways):
        for way in onward:
            for to in way.to:
                coming[to].append((origin, way.share / len(way.to)))
    flow = [0.0] * len(coming)
    for _ in range(_MOST_ROUNDS):
        change = 0.0
        for place, origins in enumerate(coming):
            inflow = (place == 0) + sum(flow[origin] * share for origin, share in origins)
            change = max(change, abs(inflow - flow[place]))
            flow[place] = inflow
        if change < _PRECISE:
            return [part * many for part, many in zip(flow, _parts(ways), strict=True)]
    return None


def _parts(ways: Graph) -> list[int]:
    """For each step, into how many parts a case has been split when it comes there."""
    parts = [1] * len(ways.ways)
    for onward in ways.ways:
        for way in onward:
            if len(way.to) > 1:
                for place in before_they_meet(ways, way.to):
                    parts[place] *= len(way.to)
    return parts
