"""One map: its upper part, its steps in bands, a ladder under each, the sums at the end."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from valuestream.draw.bandedflow import BandedFlow, Seated, Sheet
from valuestream.draw.flowgraph import FlowGraph, flow_graph
from valuestream.draw.informing import informing
from valuestream.draw.mapboxes import map_boxes
from valuestream.draw.mapfacts import MapFacts, Rung
from valuestream.draw.maptop import Top, least_width
from valuestream.draw.parts.infolines import delivered, information
from valuestream.draw.parts.inlet import INLET
from valuestream.draw.parts.ladder import HEIGHT, Place, ladder
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.parts.sums import SUMS, sums, sums_height
from valuestream.draw.scene import Node
from valuestream.draw.spacing import Spacing
from valuestream.draw.ways import ways_back
from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding

_LEAST_PAGE = 1120.0
_LEFT, _RIGHT = 20.0, 24.0 + SUMS
_LINE = Spacing(between=56.0, straight=0.0, column=276.0, least=6.0, growth=2.0)
_BRANCHING = replace(_LINE, least=9.0)
"""Ways that turn to the next band side by side are hard to follow: such bands may be longer."""


class MapBody:
    """A map before it has its place; `now` are the facts of the current state, of a future one."""

    def __init__(
        self, facts: MapFacts, findings: Sequence[Finding] = (), now: MapFacts | None = None
    ) -> None:
        stream, figures = facts.stream, facts.known.measured
        self.facts, self.now = facts, now
        self.graph = flow_graph(stream, figures)
        back = ways_back(stream, figures, most=max(8, len(stream.steps) // 2))
        boxes = map_boxes(facts, self.graph, findings, now)
        self.flow = BandedFlow.of(stream, self.graph, boxes, back, _spacing(self.graph))
        self.told = informing(stream)

    @cached_property
    def width(self) -> float:
        """How wide its page must be."""
        own = self.flow.wide + 2 * self.flow.side + 2 * MARGIN + _LEFT + _RIGHT
        return max(_LEAST_PAGE, own, least_width(self.told, self.facts))

    @property
    def foot(self) -> float:
        """What the ladder needs under each band."""
        return HEIGHT if any(rung.known for rung in self.facts.rungs) else 0.0

    def at(self, top: float, width: float) -> tuple[list[Node], float]:
        """The map on a page so wide, and where it ends."""
        left = MARGIN + _LEFT + self.flow.side
        left += (width - left - self.flow.wide - self.flow.side - _RIGHT - MARGIN) / 2
        sheet = Sheet(width, left, MARGIN)
        upper = Top(self.facts, self.told, self.flow.at(0, sheet))
        seated = self.flow.at(top + upper.height, sheet, self.foot)
        # What comes in is drawn by the line or broad arrow from outside.
        edges = zip(seated.ways, self.graph.edges, strict=True)
        nodes = [
            *information(upper, top, seated),
            *delivered(upper, top, seated),
            *upper.outsiders(top),
            *(way for way, edge in edges if self.graph.nodes[edge.origin].kind != "start"),
            *seated.loops,
            *seated.cards,
        ]
        for band in range(self.flow.bands):
            drawn = ladder(self._places(seated, band), seated.feet[band])
            nodes += [drawn] if drawn else []
        total, end = self._sums(seated, width)
        return [*nodes, *total], end

    def _sums(self, seated: Seated, width: float) -> tuple[list[Node], float]:
        """The sums at the end of the last ladder, under the arrow to the customer."""
        tall = sums_height(self.facts)
        gates = [i for i, node in enumerate(self.graph.nodes) if node.kind == "end"]
        least = [seated.height(gate) + 26 for gate in gates]
        top = max([*least, seated.feet[self.flow.bands - 1] + HEIGHT - 12 - tall])
        total = sums(self.facts, self.now, width - MARGIN - SUMS, top)
        return ([total], max(seated.end, top + tall + 24)) if total else ([], seated.end)

    def _places(self, seated: Seated, band: int) -> list[Place]:
        found: list[Place] = []
        for layer, nodes in enumerate(self.flow.placed.order):
            cards = [n for n in nodes if n < len(self.graph.nodes)]
            cards = [n for n in cards if self.graph.nodes[n].kind == "step"]
            if not cards or self.flow.columns[layer].band != band:
                continue
            left, right = seated.side(cards[0])
            steps = [self.graph.nodes[n].place for n in cards]
            rung = sum((self.facts.rungs[step] for step in steps), Rung())
            repeats = _repeats(self.facts, steps[0]) if len(steps) == 1 else ""
            start = found[-1].end if found else left
            found.append(Place(start, left + INLET, right, rung, repeats))
        return found


def _spacing(graph: FlowGraph) -> Spacing:
    return _LINE if len(graph.edges) < len(graph.nodes) else _BRANCHING


def _repeats(facts: MapFacts, place: int) -> str:
    """How often a case comes times how long each visit takes, where that is not once."""
    known = facts.known.steps[place]
    times, fact = facts.visits[place], known.work
    if known.elapsed:
        times, fact = facts.waits[place], known.elapsed
    if times is None or fact is None or not fact.value or abs(times - 1) < 0.005:
        return ""
    often = f"{times:.2f}" if times >= 0.095 else f"{times:.1g}"
    return f"{often} × {format_duration(fact.value)}"
