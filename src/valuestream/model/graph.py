"""A stream's steps as a graph: where cases go on, and which steps come earlier."""

from dataclasses import dataclass
from functools import cached_property

from valuestream.model.once import once
from valuestream.model.stream import Stream


@dataclass(frozen=True, slots=True)
class Way:
    """A way on to the steps at these places (several: all at the same time), and its share."""

    to: tuple[int, ...]
    share: float


@dataclass(frozen=True)
class Graph:
    """For each step, by place, its ways on. What the shares leave to 1 ends there."""

    ways: tuple[tuple[Way, ...], ...]

    @cached_property
    def ahead(self) -> tuple[frozenset[int], ...]:
        """For each step, the steps that can be reached from it without going back up the text."""
        reached: list[frozenset[int]] = [frozenset()] * len(self.ways)
        for place in reversed(range(len(self.ways))):
            nexts = {t for way in self.ways[place] for t in way.to if t > place}
            reached[place] = frozenset(nexts).union(*(reached[t] for t in nexts))
        return tuple(reached)

    def is_earlier(self, one: int, than: int) -> bool:
        """Whether a case can come from the one to the other without going back up the text."""
        return than > one and than in self.ahead[one]

    def is_back(self, origin: int, to: int) -> bool:
        """Whether a case that goes from one to the other comes back: to it or to an earlier."""
        return origin == to or self.is_earlier(to, than=origin)


@once
def graph(stream: Stream) -> Graph:
    """The graph of a stream. Ways without a share divide what the others leave, equally."""
    return Graph(tuple(_ways(stream, place) for place in range(len(stream.steps))))


def _ways(stream: Stream, place: int) -> tuple[Way, ...]:
    step = stream.steps[place]
    if not step.then:
        is_last = step.end or place + 1 == len(stream.steps)
        return () if is_last else (Way((place + 1,), 1.0),)
    unshared = sum(1 for way in step.then if way.share is None)
    left = max(0.0, 1 - sum(way.share or 0.0 for way in step.then))
    return tuple(
        Way(
            tuple(p for name in way.to if (p := stream.place(name)) is not None),
            left / unshared if way.share is None else way.share,
        )
        for way in step.then
    )
