"""The flow: where ways part, run side by side, meet, and come back."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.draw.bands import Column, columns
from valuestream.draw.flowboxes import Boxed, boxes
from valuestream.draw.flowgraph import Edge, FlowGraph, flow_graph
from valuestream.draw.flowways import TRACK, Stop, entries, turns, way
from valuestream.draw.known import Known, known
from valuestream.draw.layers import Layered, layered
from valuestream.draw.parts.frame import Page, frame
from valuestream.draw.parts.loops import Loop, Root, draw_loops, loops_height, merged
from valuestream.draw.parts.pill import pill_width
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Node, Rect, Scene
from valuestream.draw.texts import clean
from valuestream.draw.ways import Back, ways_back
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

NAME = "flow"
_GAP, _BETWEEN, _LEAST_PAGE = 52.0, 62.0, 1120.0
_CHANNEL = 9.0


def layout(
    stream: Stream, figures: Figures | None = None, findings: Sequence[Finding] = ()
) -> Scene:
    """The steps in layers from left to right, in as many bands as keep a page's shape."""
    facts = known(stream, figures)
    flow = _Flow.of(stream, facts)
    notes = ["Above each step: what the customer receives."]
    if flow.back:
        notes.append("Dashed ways go back.")

    notes += _followed(facts)

    def body(top: float) -> tuple[list[Node], float]:
        return flow.at(top)

    page = Page(NAME, flow.page, tuple(notes))
    return frame(page, stream, facts, findings, body)


def _followed(facts: Known) -> list[str]:
    """What the legend says of the cases that leave the stream."""
    found = facts.measured.conformance if facts.measured else None
    if found is None:
        return []
    share = format_share(found.fitting_cases / found.cases)
    notes = [f"{share} of the cases follow the stream to an end (fitness {found.fitness:.2f})."]
    whats = {what for step in facts.steps for what, _ in step.departures}
    if "skipped" in whats:
        notes.append("Dotted arcs pass steps that cases skip.")
    if whats:
        notes.append("Shares of skipped, added, repeated and out of order are of all cases.")
    return notes


@dataclass(frozen=True)
class _Flow:
    stream: Stream
    graph: FlowGraph
    boxes: tuple[Boxed, ...]
    placed: Layered
    columns: tuple[Column, ...]
    back: tuple[Back, ...]

    @classmethod
    def of(cls, stream: Stream, facts: Known) -> "_Flow":
        graph = flow_graph(stream, facts.measured)
        boxed = boxes(stream, facts, graph)
        edges = [(edge.origin, edge.to) for edge in graph.edges]
        placed = layered([box.size for box in boxed], edges, _GAP)
        back = ways_back(stream, facts.measured, most=max(8, len(stream.steps) // 2))
        widths = [_width(nodes, boxed) for nodes in placed.order]
        gaps = _gaps(graph, placed, back)
        return cls(stream, graph, boxed, placed, columns(widths, gaps, _passing(placed)), back)

    @property
    def bands(self) -> int:
        return self.columns[-1].band + 1

    @property
    def side(self) -> float:
        """What the turns need on either side."""
        return 0.0 if self.bands == 1 else 24.0 + 12 * self._most_turning

    @property
    def _most_turning(self) -> int:
        return max((self._turning(band) for band in range(self.bands)), default=0)

    def _turning(self, band: int) -> int:
        bands = [[self._column(node).band for node in path] for path in self.placed.paths]
        return sum(1 for path in bands if band in path and band + 1 in path)

    @property
    def wide(self) -> float:
        return max(column.right for column in self.columns)

    @property
    def page(self) -> float:
        return max(_LEAST_PAGE, self.wide + 2 * self.side + 2 * MARGIN)

    @property
    def left(self) -> float:
        return (self.page - self.wide) / 2

    def _column(self, node: int) -> Column:
        return self.columns[self.placed.layer[node]]

    def _reach(self, band: int) -> tuple[float, float]:
        """How far a band reaches above and below the layers' common zero."""
        tops, bottoms = [0.0], [0.0]
        for node, y in enumerate(self.placed.y):
            if self._column(node).band == band:
                size = self.boxes[node].size if node < len(self.boxes) else None
                tops.append(y - (size.above if size else 16))
                bottoms.append(y + (size.below if size else 16))
        # The zero is no node: it must not stretch a band that lies all on one side of it.
        return min(tops[1:]), max(bottoms[1:])

    def at(self, top: float) -> tuple[list[Node], float]:
        """All of it in its place, and where it ends."""
        shift: dict[int, float] = {}
        edges: dict[int, tuple[float, float, float]] = {}
        nodes: list[Node] = []
        for band in range(self.bands):
            high, low = self._reach(band)
            shift[band] = top - high
            bottom = low + shift[band]
            loops, roots = self._loops(band, shift[band])
            limits = Rect(MARGIN, 0, self.page - 2 * MARGIN, 0)
            nodes += draw_loops(loops, roots, bottom, limits)
            end = bottom + loops_height(loops, roots, limits)
            ends = [c.right for c in self.columns if c.band == band]
            edges[band] = (self.left + max(ends), end + 32, self.left)
            top = end + 48 + TRACK * self._turning(band)
        return [*self._ways(shift, edges), *nodes, *self._cards(shift)], top

    def _cards(self, shift: dict[int, float]) -> list[Node]:
        found: list[Node] = []
        for node, box in enumerate(self.boxes):
            stop = self._side(node)
            found.append(box.at(stop[0], self.placed.y[node] + shift[self._column(node).band]))
        return found

    def _side(self, node: int) -> tuple[float, float]:
        """The left and right side of a node or bend."""
        column = self._column(node)
        wide = self.boxes[node].width if node < len(self.boxes) else column.width
        left = self.left + column.x + (column.width - wide) / 2
        return left, left + wide

    def _ways(
        self, shift: dict[int, float], edges: dict[int, tuple[float, float, float]]
    ) -> list[Node]:
        y = [h + shift[self._column(node).band] for node, h in enumerate(self.placed.y)]
        least = [_half(box) for box in self.boxes]
        met = entries(self.placed.paths, y, least)
        paths = [
            [
                Stop(
                    node,
                    self._column(node),
                    *self._side(node),
                    met.get((i, node), y[node]),
                    y[node],
                )
                for node in path
            ]
            for i, path in enumerate(self.placed.paths)
        ]
        turned = turns(paths, edges)
        return [
            way(i, path, turned, self._label(edge), self._tip(edge.to))
            for i, (path, edge) in enumerate(zip(paths, self.graph.edges, strict=True))
        ]

    def _label(self, edge: Edge) -> str:
        # Where several ways meet at the end's dot, nobody could tell whose label it is.
        ends = sum(1 for other in self.graph.edges if other.to == edge.to)
        return "" if self.graph.nodes[edge.to].kind == "end" and ends > 1 else edge.label

    def _tip(self, node: int) -> str:
        return "" if self.graph.nodes[node].kind in ("fork", "join") else "way-tip"

    def _loops(self, band: int, shift: float) -> tuple[tuple[Loop, ...], list[Root]]:
        steps = {n.place: i for i, n in enumerate(self.graph.nodes) if n.kind == "step"}
        here = [place for place, i in sorted(steps.items()) if self._column(i).band == band]
        at = {place: number for number, place in enumerate(here)}
        loops = merged([self._loop(back, at) for back in self.back if back.origin in at])
        ends = _ends(self.back)
        taken: dict[int, float] = {}
        roots = []
        for place in here:
            node = steps[place]
            layer = self.placed.layer[node]
            left, right = self._side(node)
            channel = None
            if self._stands_above_another(node):
                channel = right + 10 + taken.get(layer, 0.0)
                taken[layer] = taken.get(layer, 0.0) + _CHANNEL * ends.get(place, 0)
            bottom = self.placed.y[node] + self.boxes[node].size.below + shift
            roots.append(Root((left + right) / 2, bottom, channel))
        return loops, roots

    def _stands_above_another(self, node: int) -> bool:
        nodes = self.placed.order[self.placed.layer[node]]
        below = nodes[nodes.index(node) + 1 :]
        return any(other < len(self.boxes) for other in below)

    def _loop(self, back: Back, at: dict[int, int]) -> Loop:
        to = f"{back.to + 1} {clean(self.stream.steps[back.to].step)}"
        title = f"{back.label} from {clean(self.stream.steps[back.origin].step)} to {to}"
        if back.to in at:
            return Loop(at[back.origin], at[back.to], back.label, title)
        return Loop(at[back.origin], None, f"{back.label} to {back.to + 1}", title)


def _width(nodes: Sequence[int], boxed: Sequence[Boxed]) -> float:
    return max((boxed[node].width for node in nodes if node < len(boxed)), default=0.0)


def _passing(placed: Layered) -> list[int]:
    """How many ways go on from each layer to the next."""
    passing = [0] * len(placed.order)
    for path in placed.paths:
        for node in path[:-1]:
            passing[placed.layer[node]] += 1
    return passing


def _half(box: Boxed) -> float:
    size = box.size
    return min(size.above, size.below) - 14


def _ends(back: Sequence[Back]) -> dict[int, int]:
    """How many ways back leave or enter each step."""
    ends: dict[int, int] = {}
    for one in back:
        for place in (one.origin, one.to):
            ends[place] = ends.get(place, 0) + 1
    return ends


def _gaps(graph: FlowGraph, placed: Layered, back: Sequence[Back]) -> list[float]:
    """The room after each layer: for its ways' labels, and for the ways back that pass there."""
    labels = [0.0] * len(placed.order)
    for edge, path in zip(graph.edges, placed.paths, strict=True):
        if edge.label:
            layer = placed.layer[path[0]]
            labels[layer] = max(labels[layer], pill_width(edge.label) + 26)
    ends = _ends(back)
    channels = [0.0] * len(placed.order)
    for index, node in enumerate(graph.nodes):
        if node.kind == "step":
            channels[placed.layer[index]] += _CHANNEL * ends.get(node.place, 0)
    return [_BETWEEN + label + channel for label, channel in zip(labels, channels, strict=True)]
