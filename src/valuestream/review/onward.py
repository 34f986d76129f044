"""How cases go on from a step: by the ways that are drawn, and as the log shows."""

from collections.abc import Iterator
from dataclasses import dataclass

from valuestream.model.figures import Figures
from valuestream.model.graph import graph
from valuestream.model.parallel import at_same_time
from valuestream.model.stream import Stream


@dataclass(frozen=True, slots=True)
class Onward:
    """A step's ways on, by place.

    Attributes:
        place: The step.
        drawn: The steps that its ways lead to, each with its share; those taken together left out.
        together: Whether it parts into ways that are taken together.
        taken: The visits that the log shows right after its own.
        visits: Its own visits.
    """

    place: int
    drawn: dict[int, float]
    together: bool
    taken: dict[int, int]
    visits: int


def onwards(stream: Stream, figures: Figures) -> Iterator[Onward]:
    """Of each step that is not done at the same time as others: there, the order says nothing."""
    ways, taken = graph(stream), _taken(stream, figures)
    aside = at_same_time(ways)
    for place, onward in enumerate(ways.ways):
        if place in aside:
            continue
        drawn = {way.to[0]: way.share for way in onward if len(way.to) == 1}
        together = any(len(way.to) > 1 for way in onward)
        visits = figures.steps[place].visits or 0
        yield Onward(place, drawn, together, taken.get(place, {}), visits)


def _taken(stream: Stream, figures: Figures) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = {}
    for transition in figures.transitions:
        origin, to = stream.place(transition.origin), stream.place(transition.to)
        if origin is not None and to is not None:
            found.setdefault(origin, {})[to] = transition.count
    return found
