"""What steps need of each other: `needs` and `gives`, followed through."""

from typing import NamedTuple

from valuestream.model.graph import Graph
from valuestream.model.names import identify
from valuestream.model.stream import Stream


class Broken(NamedTuple):
    """A step that can no longer be done, and which of its needs is then given by no step."""

    step: str
    need: str


def takers(stream: Stream, ways: Graph, place: int) -> tuple[Broken, ...]:
    """The later steps that need what a step gives, where no other earlier step gives it."""
    return broken(stream, ways, gone=frozenset({place}))


def broken(
    stream: Stream,
    ways: Graph,
    gone: frozenset[int] = frozenset(),
    apart: tuple[int, int] | None = None,
) -> tuple[Broken, ...]:
    """The steps whose needs, met now, would not be met, and those that need what these give.

    `gone` are steps that fall away; of the two that are `apart` the first no longer comes before
    the second. A need that no earlier step gives today comes from elsewhere and does not count.
    """
    givers = _givers(stream, ways)
    found: dict[int, str] = {}
    while True:
        lacking = set(gone) | set(found)
        new = {
            place: need
            for place in range(len(stream.steps))
            if place not in lacking
            for need, givers_of in givers[place].items()
            if not [g for g in givers_of if g not in lacking and (g, place) != apart]
        }
        if not new:
            return tuple(Broken(stream.steps[p].step, found[p]) for p in sorted(found))
        found |= new


def _givers(stream: Stream, ways: Graph) -> list[dict[str, list[int]]]:
    """For each step, for each of its needs that earlier steps give: which steps these are."""
    given = [{identify(text) for text in step.gives} for step in stream.steps]
    return [
        {
            need: givers
            for need in step.needs
            if (givers := [g for g in range(len(given)) if _gives(g, place, need, given, ways)])
        }
        for place, step in enumerate(stream.steps)
    ]


def _gives(giver: int, place: int, need: str, given: list[set[str]], ways: Graph) -> bool:
    return identify(need) in given[giver] and ways.is_earlier(giver, than=place)
