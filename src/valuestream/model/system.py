"""The streams of a workspace as one system: who builds what, and whom that work reaches."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from valuestream.model.circles import way_back
from valuestream.model.findings import Place
from valuestream.model.names import identify
from valuestream.model.stream import Step, Stream


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A stream of the system and one of its steps, both counted from 0; -1 for the whole stream."""

    stream: int
    step: int = -1


@dataclass(frozen=True, slots=True)
class Link:
    """What a step develops, or what a delivery changes. A sub-step counts for the step it is in.

    Attributes:
        origin: The step that says it; a delivery is of the whole stream.
        to: What is developed; None where that stream has faults and is not known.
        place: Where the link is written, in the text of its origin.
    """

    origin: Spot
    to: Spot | None
    place: Place


@dataclass(frozen=True, slots=True)
class Lost:
    """A link into nothing: `target` has no such step, or is None where no such stream is there."""

    origin: Spot
    place: Place
    stream: str
    step: str
    target: int | None


@dataclass(frozen=True)
class System:
    """All streams of a workspace, and the names of those whose texts have faults."""

    streams: tuple[Stream, ...]
    faulty: tuple[str, ...] = ()

    def place(self, stream: Stream) -> int | None:
        """The place of a stream: itself, else the first of its id."""
        same = (i for i, s in enumerate(self.streams) if s is stream)
        return next(same, self.names.get(stream.key.casefold()))

    @cached_property
    def names(self) -> dict[str, int | None]:
        """The places of the streams by id, else by name, case-folded; None for one with faults."""
        found: dict[str, int | None] = {}
        for name in self.faulty:
            found |= {name.casefold(): None, identify(name): None}
        for place, stream in enumerate(self.streams):
            found.setdefault(stream.stream.casefold(), place)
        for place, stream in enumerate(self.streams):
            found[stream.key.casefold()] = place
        return found

    @cached_property
    def operational(self) -> tuple[int, ...]:
        """The places of the streams that give customers value."""
        return tuple(i for i, s in enumerate(self.streams) if s.kind == "operational")

    @cached_property
    def developmental(self) -> tuple[int, ...]:
        """The places of the streams that build and improve others."""
        return tuple(i for i, s in enumerate(self.streams) if s.kind == "developmental")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """The links that lead somewhere, in the order in which they are written."""
        return tuple(link for link in self._resolved if isinstance(link, Link))

    @cached_property
    def lost(self) -> tuple[Lost, ...]:
        """The links that lead nowhere, likewise."""
        return tuple(link for link in self._resolved if isinstance(link, Lost))

    @cached_property
    def feeds(self) -> tuple[Link, ...]:
        """The links of developmental streams to streams that are known, without those to itself."""
        developing = frozenset(self.developmental)
        return tuple(
            k
            for k in self.links
            if k.to and k.origin.stream in developing and k.to.stream != k.origin.stream
        )

    @cached_property
    def built(self) -> frozenset[Spot]:
        """All steps that a developmental stream develops or changes."""
        named = {feed.to for feed in self.feeds if feed.to}
        whole = {spot.stream for spot in named if spot.step < 0}
        return frozenset(
            spot
            for stream, of in enumerate(self.streams)
            for step in range(len(of.steps))
            if (spot := Spot(stream, step)) in named or stream in whole
        )

    @cached_property
    def reaching(self) -> frozenset[int]:
        """The developmental streams whose work reaches a customer, maybe by way of others.

        One that develops a stream with faults is among them, since nobody knows that it does not.
        """
        found = set(self.operational)
        unknown = {k.origin.stream for k in self.links if k.to is None}
        before = defaultdict[int, list[int]](list)
        for feed in self.feeds:
            if feed.to:
                before[feed.to.stream].append(feed.origin.stream)
        now = [*found, *unknown]
        found |= unknown
        while now:
            now = [o for one in now for o in before[one] if o not in found]
            found |= set(now)
        return frozenset(found & set(self.developmental))

    def developed_by(self, stream: int) -> tuple[int, ...]:
        """The streams that a developmental one develops, each once, as written."""
        return self._developed.get(stream, ())

    def circle(self, stream: int) -> tuple[int, ...]:
        """The shortest way from a developmental stream back to itself; empty where none is."""
        return tuple(way_back(stream, self.developed_by) or ())

    @cached_property
    def _developed(self) -> dict[int, tuple[int, ...]]:
        found: defaultdict[int, dict[int, None]] = defaultdict(dict)
        developing = frozenset(self.developmental)
        for link in self.links:
            if link.to and link.origin.stream in developing:
                found[link.origin.stream][link.to.stream] = None
        return {stream: tuple(others) for stream, others in found.items()}

    @cached_property
    def _resolved(self) -> tuple[Link | Lost, ...]:
        return tuple(
            self._resolve(origin, place, written)
            for number, stream in enumerate(self.streams)
            for origin, place, written in _written(number, stream)
        )

    def _resolve(self, origin: Spot, place: Place, written: str) -> Link | Lost:
        """Where `stream / step`, or the name of a whole stream, leads."""
        name, _, step = (part.strip() for part in written.partition("/"))
        whole = written.strip().casefold()
        if whole in self.names:
            target = self.names[whole]
            return Link(origin, None if target is None else Spot(target), place)
        if name.casefold() not in self.names:
            return Lost(origin, place, name, step, None)
        target = self.names[name.casefold()]
        if target is None:
            return Link(origin, None, place)
        at = self._steps[target].get(step.casefold())
        if at is None:
            return Lost(origin, place, name, step, target)
        return Link(origin, Spot(target, at), place)

    @cached_property
    def _steps(self) -> tuple[dict[str, int], ...]:
        return tuple(_places(stream) for stream in self.streams)


def steps_of(stream: Stream) -> Iterator[tuple[Place, Step]]:
    """All steps and sub-steps of a stream in the order of the text, and their places."""
    left: list[tuple[Place, Step]] = [
        (("steps", i), step) for i, step in reversed(list(enumerate(stream.steps)))
    ]
    while left:
        place, step = left.pop()
        yield place, step
        below = [((*place, "sub-steps", i), sub) for i, sub in enumerate(step.sub_steps)]
        left += reversed(below)


def _written(number: int, stream: Stream) -> Iterator[tuple[Spot, Place, str]]:
    for place, step in steps_of(stream):
        for index, link in enumerate(step.develops):
            yield Spot(number, _top(place)), (*place, "develops", index), link
    for at, delivery in enumerate(stream.deliveries):
        for index, link in enumerate(delivery.changes):
            yield Spot(number), ("deliveries", at, "changes", index), link


def _places(stream: Stream) -> dict[str, int]:
    """The steps by name and id, case-folded; a sub-step is where its step is."""
    found: dict[str, int] = {}
    for place, step in sorted(steps_of(stream), key=lambda one: len(one[0])):
        for name in (step.step, step.key):
            found.setdefault(name.casefold(), _top(place))
    return found


def _top(place: Place) -> int:
    """The place of the step that a step or sub-step is in."""
    return int(place[1])
