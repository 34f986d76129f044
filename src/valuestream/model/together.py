"""Ways that a stream's cases take at the same time: what lies between parting and meeting."""

from dataclasses import dataclass

from valuestream.model.graph import Graph, Way


@dataclass(frozen=True, slots=True)
class Together:
    """Ways taken together from a step, the step where they meet, and each one's steps until then.

    `waits` are numbers beyond the steps' places: of the branches that wait where they meet.
    """

    origin: int
    to: tuple[int, ...]
    meet: int
    inside: tuple[frozenset[int], ...]
    waits: tuple[int, ...]

    @property
    def everything(self) -> frozenset[int]:
        """All places and waits of its branches."""
        return frozenset(self.waits).union(*self.inside)

    def branch(self, place: int) -> int | None:
        """The number of the branch that a step belongs to; None for a step outside."""
        return next((n for n, own in enumerate(self.inside) if place in own), None)


def meeting(ways: Graph, way: Way) -> int | None:
    """The first step that all of the ways taken together come to; None where they end apart."""
    met = frozenset.intersection(*(ways.ahead[to] | {to} for to in way.to))
    return min(met, default=None)


def together(ways: Graph) -> tuple[Together, ...]:
    """All ways taken together that meet, those inside of others before them."""
    found: list[Together] = []
    number = len(ways.ways)
    for origin, onward in enumerate(ways.ways):
        for way in onward:
            meet = meeting(ways, way) if len(way.to) > 1 else None
            if meet is not None:
                waits = tuple(range(number, number + len(way.to)))
                number += len(way.to)
                inside = tuple(_until(ways, to, meet) for to in way.to)
                found.append(Together(origin, way.to, meet, inside, waits))
    return tuple(sorted(found, key=lambda one: (len(one.everything), -one.origin)))


def _until(ways: Graph, start: int, meet: int) -> frozenset[int]:
    """The steps down the text from one until another, from which cases can still come there.

    They may come there by ways back among these steps, as a repair does.
    """
    down: set[int] = set()
    to_see = [start]
    while to_see:
        place = to_see.pop()
        if place != meet and place not in down:
            down.add(place)
            to_see += [to for to in _onward(ways, place) if to > place]
    inside: set[int] = set()
    while more := {p for p in down - inside if _onward(ways, p) & (inside | {meet})}:
        inside |= more
    return frozenset(inside)


def _onward(ways: Graph, place: int) -> set[int]:
    return {to for way in ways.ways[place] for to in way.to}
