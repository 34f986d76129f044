"""The ways between a stream's steps that a picture shows: on, apart, together and back."""

from dataclasses import dataclass
from itertools import pairwise

from valuestream.model.figures import Figures
from valuestream.model.graph import Graph, graph
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

SHOWN_FROM = 0.02
"""Measured ways back that fewer visits than this share take would bury the others."""


@dataclass(frozen=True, slots=True)
class Back:
    """A way back up the text, or to the step itself, by places; and what it says."""

    origin: int
    to: int
    share: float
    label: str


def ways_back(stream: Stream, figures: Figures | None, most: int) -> tuple[Back, ...]:
    """The ways back: measured where a log was laid over the stream, else as declared.

    At most so many, the most taken first, in the order of the text.
    """
    found = _measured(stream, figures) if figures else _declared(graph(stream))
    shown = sorted(found, key=lambda back: -back.share)[:most]
    return tuple(sorted(shown, key=lambda back: (back.origin, back.to)))


def _declared(ways: Graph) -> list[Back]:
    return [
        Back(origin, to, way.share, _said(origin, to, way.share))
        for origin, onward in enumerate(ways.ways)
        for way in onward
        for to in way.to
        if to <= origin
    ]


def _measured(stream: Stream, figures: Figures) -> list[Back]:
    visits, ways = {s.step: s.visits for s in figures.steps}, graph(stream)
    found = []
    for transition in figures.transitions:
        origin, to = stream.place(transition.origin), stream.place(transition.to)
        of = visits.get(transition.origin)
        if origin is None or to is None or not of or not ways.is_back(origin, to):
            continue
        share = transition.count / of
        if share >= SHOWN_FROM:
            found.append(Back(origin, to, share, _said(origin, to, share)))
    return found


def _said(origin: int, to: int, share: float) -> str:
    return f"{format_share(share)} {'again' if to == origin else 'back'}"


def asides(stream: Stream) -> tuple[str, ...]:
    """For each step, what sets it apart from a step on the one way: "" for most."""
    ways = graph(stream)
    shares = _reached(ways)
    together = _together(stream, ways)
    return tuple(
        together.get(place) or (f"{format_share(share)} of cases" if 0 < share < 0.995 else "")
        for place, share in enumerate(shares)
    )


def reached(stream: Stream) -> tuple[float, ...]:
    """The share of cases that come to each step, going down the text."""
    return tuple(_reached(graph(stream)))


def _reached(ways: Graph) -> list[float]:
    reached = [0.0] * len(ways.ways)
    reached[0] = 1.0
    joined = _joins(ways)
    for place, onward in enumerate(ways.ways):
        forward = [way for way in onward if all(to > place for to in way.to)]
        back = sum(way.share for way in onward) - sum(way.share for way in forward)
        # Those who go back come here again, and go on or end as the others do.
        scale = 1 / (1 - back) if back < 1 else 0.0
        for way in forward:
            for to in way.to:
                reached[to] += reached[place] * way.share * scale
            if (join := joined.get((place, way.to))) is not None:
                reached[join] -= reached[place] * way.share * scale * (len(way.to) - 1)
    return [min(1.0, max(0.0, share)) for share in reached]


def _joins(ways: Graph) -> dict[tuple[int, tuple[int, ...]], int]:
    """Where ways taken together meet again."""
    found = {}
    for place, onward in enumerate(ways.ways):
        for way in onward:
            if len(way.to) > 1:
                met = frozenset.intersection(*(ways.ahead[to] | {to} for to in way.to))
                if met:
                    found[place, way.to] = min(met)
    return found


def joins(stream: Stream) -> dict[tuple[int, tuple[int, ...]], int]:
    """For ways taken together, by the step they leave and those they go to: where they meet."""
    return _joins(graph(stream))


def _together(stream: Stream, ways: Graph) -> dict[int, str]:
    said = {}
    for onward in ways.ways:
        for way in onward:
            for one, other in [*pairwise(way.to), *pairwise(reversed(way.to))]:
                said[one] = f"at the same time as {other + 1} {stream.steps[other].step}"
    return said
