"""The room between the layers of a flow."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from valuestream.draw.flowgraph import FlowGraph
from valuestream.draw.layers import Layered
from valuestream.draw.parts.pill import pill_width
from valuestream.draw.ways import Back

CHANNEL = 9.0
"""For each way back that goes down beside a card."""


@dataclass(frozen=True)
class Spacing:
    """The room between layers in pixels, and how long a band may be.

    `between` is for ways that bend, `straight` where all go straight on. A band has at most the
    greater of `least` and the root of `growth` times all layers, of `column` pixels each.
    """

    between: float
    straight: float
    column: float
    least: float
    growth: float

    def room(self, layers: int) -> float:
        """The greatest width of a band."""
        return max(self.least, sqrt(self.growth * layers)) * self.column


def stands_above_another(node: int, placed: Layered, boxes: int) -> bool:
    """Whether another of so many boxes lies under it in its layer."""
    nodes = placed.order[placed.layer[node]]
    return any(other < boxes for other in nodes[nodes.index(node) + 1 :])


def passing(placed: Layered) -> list[int]:
    """How many ways go on from each layer to the next."""
    found = [0] * len(placed.order)
    for path in placed.paths:
        for node in path[:-1]:
            found[placed.layer[node]] += 1
    return found


def ends_of(back: Sequence[Back]) -> dict[int, int]:
    """How many ways back leave or enter each step."""
    ends: dict[int, int] = {}
    for one in back:
        for place in (one.origin, one.to):
            ends[place] = ends.get(place, 0) + 1
    return ends


def gaps(graph: FlowGraph, placed: Layered, back: Sequence[Back], spacing: Spacing) -> list[float]:
    """The room after each layer: for its ways' labels, and for the ways back that pass there."""
    found = [spacing.straight] * len(placed.order)
    for edge, path in zip(graph.edges, placed.paths, strict=True):
        for node, other in pairwise(path):
            bends = abs(placed.y[node] - placed.y[other]) > 0.5
            if bends or (edge.label and node == path[0]):
                found[placed.layer[node]] = spacing.between
    labels = [0.0] * len(placed.order)
    for edge, path in zip(graph.edges, placed.paths, strict=True):
        if edge.label:
            layer = placed.layer[path[0]]
            labels[layer] = max(labels[layer], pill_width(edge.label) + 26)
    ends = ends_of(back)
    channels = [0.0] * len(placed.order)
    for index, at in enumerate(graph.nodes):
        if at.kind == "step" and stands_above_another(index, placed, len(graph.nodes)):
            channels[placed.layer[index]] += CHANNEL * ends.get(at.place, 0)
    return [sum(parts) for parts in zip(found, labels, channels, strict=True)]
