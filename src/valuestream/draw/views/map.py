"""The value stream map in Rother and Shook's notation, computed from the text and its figures."""

from collections.abc import Sequence
from dataclasses import replace

from valuestream.draw.bandedflow import BandedFlow, Seated, Sheet, Spacing
from valuestream.draw.flowgraph import FlowGraph, flow_graph
from valuestream.draw.informing import informing
from valuestream.draw.maptop import Top, least_width
from valuestream.draw.parts.infolines import delivered, information
from valuestream.draw.mapboxes import map_boxes
from valuestream.draw.mapfacts import MapFacts, Rung, map_facts
from valuestream.draw.parts.frame import Page, frame
from valuestream.draw.parts.header import title
from valuestream.draw.parts.inlet import INLET
from valuestream.draw.parts.ladder import HEIGHT, SUMS, Place, ladder, sums, sums_height
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.parts.maplegend import map_legend
from valuestream.draw.scene import Node, Scene
from valuestream.draw.ways import ways_back
from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream

NAME = "map"
_LEAST_PAGE = 1120.0
_LEFT, _RIGHT = 20.0, 24.0 + SUMS
_LINE = Spacing(between=56.0, straight=0.0, column=276.0, least=6.0, growth=1.1)
_BRANCHING = replace(_LINE, least=9.0)
"""Ways that turn to the next band side by side are hard to follow: such bands may be longer."""


def layout(
    stream: Stream, figures: Figures | None = None, findings: Sequence[Finding] = ()
) -> Scene:
    """The map."""
    facts = map_facts(stream, figures)
    graph = flow_graph(stream, figures)
    back = ways_back(stream, figures, most=max(8, len(stream.steps) // 2))
    flow = BandedFlow.of(stream, graph, map_boxes(facts, graph, findings), back, _spacing(graph))
    told = informing(stream)
    width = flow.wide + 2 * flow.side + 2 * MARGIN + _LEFT + _RIGHT
    width = max(_LEAST_PAGE, width, least_width(told, facts))
    left = MARGIN + _LEFT + flow.side
    left += (width - left - flow.wide - flow.side - _RIGHT - MARGIN) / 2
    sheet = Sheet(width, left, MARGIN)
    upper = Top(facts, told, flow.at(0, sheet))
    foot = HEIGHT if any(rung.known for rung in facts.rungs) else 0.0

    def body(top: float) -> tuple[list[Node], float]:
        seated = flow.at(top + upper.height, sheet, foot)
        nodes = [
            *information(upper, top, seated),
            *delivered(upper, top, seated),
            *upper.outsiders(top),
            *(way for way, edge in zip(seated.ways, graph.edges, strict=True) if edge.origin),
            *seated.loops,
            *seated.cards,
        ]
        for band in range(flow.bands):
            drawn = ladder(_places(seated, facts, band), seated.feet[band])
            nodes += [drawn] if drawn else []
        total, end = _sums(facts, seated, width)
        nodes += total
        signs = map_legend(tuple(nodes), MARGIN, end + 10, width - 2 * MARGIN)
        return [*nodes, signs], signs.room.bottom + 18

    page = Page(NAME, width, _notes(facts), title)
    return frame(page, stream, facts.known, findings, body)


def _spacing(graph: FlowGraph) -> Spacing:
    return _LINE if len(graph.edges) < len(graph.nodes) else _BRANCHING


def _notes(facts: MapFacts) -> tuple[str, ...]:
    notes = []
    if any(rung.known for rung in facts.rungs):
        notes += ["P/T: process time.", "The ladder is that of a case: all its visits count."]
    if any(step.right for step in facts.known.steps):
        notes.append("%C&A: complete and accurate.")
    if any(step.changeover is not None for step in facts.stream.steps):
        notes.append("C/O: changeover.")
    if any(waiting for waiting in facts.waiting):
        notes.append("Cases that wait: by Little's law, arrivals times wait.")
    if any(step.supplied is None for step in facts.stream.steps):
        notes.append("Work is pushed on where the text does not say otherwise.")
    return tuple(notes)


def _sums(facts: MapFacts, seated: Seated, width: float) -> tuple[list[Node], float]:
    """The sums at the end of the last ladder, under the arrow to the customer."""
    last = seated.flow.bands - 1
    gate = len(seated.flow.boxes) - 1
    least = seated.height(gate) + 26
    top = max(least, seated.feet[last] + HEIGHT - 12 - sums_height(facts))
    total = sums(facts, width - MARGIN - SUMS, top)
    return ([total], max(seated.end, top + sums_height(facts) + 24)) if total else ([], seated.end)


def _places(seated: Seated, facts: MapFacts, band: int) -> list[Place]:
    flow = seated.flow
    found = []
    before = None
    for layer, nodes in enumerate(flow.placed.order):
        cards = [n for n in nodes if n < len(flow.boxes) and flow.graph.nodes[n].kind == "step"]
        if not cards or flow.columns[layer].band != band:
            continue
        left, right = seated.side(cards[0])
        rung = sum((facts.rungs[flow.graph.nodes[n].place] for n in cards), Rung())
        start = left if before is None else before
        repeats = _repeats(facts, flow.graph.nodes[cards[0]].place) if len(cards) == 1 else ""
        found.append(Place(start, left + INLET, right, rung, repeats))
        before = right
    return found


def _repeats(facts: MapFacts, place: int) -> str:
    """Visits of a case times the time of one, where that is not once."""
    visits, work = facts.visits[place], facts.known.steps[place].work
    if visits is None or work is None or abs(visits - 1) < 0.005 or not work.value:
        return ""
    return f"{visits:.2f} × {format_duration(work.value)}"
