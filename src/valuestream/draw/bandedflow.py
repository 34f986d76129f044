"""A stream's steps and ways in layers from left to right, in bands that keep a page's shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from valuestream.draw.bands import Column, columns
from valuestream.draw.flowgraph import Edge, FlowGraph
from valuestream.draw.flowways import TRACK, Stop, entries, turns, way
from valuestream.draw.layers import Layered, Size, layered
from valuestream.draw.parts.loops import Loop, Root, draw_loops, loops_height, merged
from valuestream.draw.scene import Group, Node, Rect
from valuestream.draw.spacing import CHANNEL, Spacing, ends_of, gaps, passing, stands_above_another
from valuestream.draw.texts import clean
from valuestream.draw.ways import Back
from valuestream.model.stream import Stream

_APART = 52.0


class Boxed(Protocol):
    """A node of the graph before it has its place."""

    @property
    def width(self) -> float:
        """Its width."""
        ...

    @property
    def size(self) -> Size:
        """What it needs above and below the height of the ways."""
        ...

    @property
    def entry(self) -> float:
        """How far above and below that height the ways may meet it."""
        ...

    @property
    def tip(self) -> str:
        """The style of the arrowheads there, "" for none."""
        ...

    def at(self, x: float, y: float) -> Group:
        """The node in its place: its left edge, and the height of the ways."""
        ...


@dataclass(frozen=True)
class Sheet:
    """Where bands lie on a page so wide: from the left edge of their columns on.

    Within `edge` of the page's sides stand no labels of ways back.
    """

    width: float
    left: float
    edge: float


@dataclass(frozen=True)
class BandedFlow:
    """The nodes in their layers and columns."""

    stream: Stream
    graph: FlowGraph
    boxes: tuple[Boxed, ...]
    placed: Layered
    columns: tuple[Column, ...]
    back: tuple[Back, ...]

    @classmethod
    def of(
        cls,
        stream: Stream,
        graph: FlowGraph,
        boxes: Sequence[Boxed],
        back: tuple[Back, ...],
        spacing: Spacing,
    ) -> "BandedFlow":
        """The layout of a graph whose nodes have these boxes."""
        edges = [(edge.origin, edge.to) for edge in graph.edges]
        placed = layered([box.size for box in boxes], edges, _APART)
        widths = [_width(nodes, boxes) for nodes in placed.order]
        between = gaps(graph, placed, back, spacing)
        room = spacing.room(len(widths))
        cut = columns(widths, between, passing(placed), room)
        return cls(stream, graph, tuple(boxes), placed, cut, back)

    @property
    def bands(self) -> int:
        """How many there are."""
        return self.columns[-1].band + 1

    @property
    def side(self) -> float:
        """What the turns need on either side."""
        most = max((self.turning(band) for band in range(self.bands)), default=0)
        return 0.0 if self.bands == 1 else 24.0 + 12 * most

    @property
    def wide(self) -> float:
        """The width of the widest band."""
        return max(column.right for column in self.columns)

    def turning(self, band: int) -> int:
        """How many ways turn from this band to the next."""
        bands = [[self.column(node).band for node in path] for path in self.placed.paths]
        return sum(1 for path in bands if band in path and band + 1 in path)

    def column(self, node: int) -> Column:
        """The column of a node or bend."""
        return self.columns[self.placed.layer[node]]

    def reach(self, band: int) -> tuple[float, float]:
        """How far a band reaches above and below the layers' common zero."""
        tops, bottoms = [], []
        for node, y in enumerate(self.placed.y):
            if self.column(node).band == band:
                size = self.boxes[node].size if node < len(self.boxes) else Size(16, 16)
                tops.append(y - size.above)
                bottoms.append(y + size.below)
        return min(tops), max(bottoms)

    def at(self, top: float, sheet: Sheet, foot: float = 0.0) -> "Seated":
        """All of it in its place, from the top edge on, with so much room under each band."""
        return Seated(self, top, sheet, foot)


class Seated:
    """A banded flow in its place."""

    def __init__(self, flow: BandedFlow, top: float, sheet: Sheet, foot: float) -> None:
        self.flow, self.sheet = flow, sheet
        self.shift: dict[int, float] = {}
        self.feet: dict[int, float] = {}
        """By band, where the room under it begins."""
        self.tops: dict[int, float] = {}
        self.loops: list[Node] = []
        self._edges: dict[int, tuple[float, float, float]] = {}
        limits = Rect(sheet.edge, 0, sheet.width - 2 * sheet.edge, 0)
        for band in range(flow.bands):
            high, low = flow.reach(band)
            self.shift[band], self.tops[band] = top - high, top
            bottom = low + self.shift[band]
            loops, roots = self._loops(band)
            self.loops += draw_loops(loops, roots, bottom, limits)
            self.feet[band] = bottom + loops_height(loops, roots, limits)
            end = self.feet[band] + foot
            ends = [c.right for c in flow.columns if c.band == band]
            self._edges[band] = (sheet.left + max(ends), end + 32, sheet.left)
            top = end + 48 + TRACK * flow.turning(band)
        self.end = top

    def side(self, node: int) -> tuple[float, float]:
        """The left and right side of a node or bend."""
        column = self.flow.column(node)
        wide = self.flow.boxes[node].width if node < len(self.flow.boxes) else column.width
        left = self.sheet.left + column.x + (column.width - wide) / 2
        return left, left + wide

    def height(self, node: int) -> float:
        """The height at which ways leave a node or bend."""
        return self.flow.placed.y[node] + self.shift[self.flow.column(node).band]

    @cached_property
    def cards(self) -> list[Group]:
        """The nodes' boxes."""
        return [
            box.at(self.side(node)[0], self.height(node))
            for node, box in enumerate(self.flow.boxes)
        ]

    @cached_property
    def ways(self) -> list[Group]:
        """The ways between them, in the order of the graph's edges."""
        flow = self.flow
        y = [self.height(node) for node in range(len(flow.placed.y))]
        met = entries(flow.placed.paths, y, [box.entry for box in flow.boxes])
        paths = [
            [
                Stop(
                    node, flow.column(node), *self.side(node), met.get((i, node), y[node]), y[node]
                )
                for node in path
            ]
            for i, path in enumerate(flow.placed.paths)
        ]
        turned = turns(paths, self._edges)
        return [
            way(i, path, turned, self._label(edge), flow.boxes[edge.to].tip)
            for i, (path, edge) in enumerate(zip(paths, flow.graph.edges, strict=True))
        ]

    def _label(self, edge: Edge) -> str:
        # Where several ways meet at the end's dot, nobody could tell whose label it is.
        ends = sum(1 for other in self.flow.graph.edges if other.to == edge.to)
        is_end = self.flow.graph.nodes[edge.to].kind == "end"
        return "" if is_end and ends > 1 else edge.label

    def _loops(self, band: int) -> tuple[tuple[Loop, ...], list[Root]]:
        flow = self.flow
        steps = {n.place: i for i, n in enumerate(flow.graph.nodes) if n.kind == "step"}
        here = [place for place, i in sorted(steps.items()) if flow.column(i).band == band]
        at = {place: number for number, place in enumerate(here)}
        loops = merged([self._loop(back, at) for back in flow.back if back.origin in at])
        ends = ends_of(flow.back)
        taken: dict[int, float] = {}
        roots = []
        for place in here:
            node = steps[place]
            layer = flow.placed.layer[node]
            left, right = self.side(node)
            channel = None
            if stands_above_another(node, flow.placed, len(flow.boxes)):
                channel = right + 10 + taken.get(layer, 0.0)
                taken[layer] = taken.get(layer, 0.0) + CHANNEL * ends.get(place, 0)
            bottom = self.height(node) + flow.boxes[node].size.below
            roots.append(Root((left + right) / 2, bottom, channel))
        return loops, roots

    def _loop(self, back: Back, at: dict[int, int]) -> Loop:
        steps = self.flow.stream.steps
        to = f"{back.to + 1} {clean(steps[back.to].step)}"
        title = f"{back.label} from {clean(steps[back.origin].step)} to {to}"
        if back.to in at:
            return Loop(at[back.origin], at[back.to], back.label, title)
        return Loop(at[back.origin], None, f"{back.label} to {back.to + 1}", title)


def _width(nodes: Sequence[int], boxed: Sequence[Boxed]) -> float:
    return max((boxed[node].width for node in nodes if node < len(boxed)), default=0.0)
