"""The flow's nodes as boxes with a size, before they have their place."""

from collections import Counter
from dataclasses import dataclass

from valuestream.draw.bandedflow import Boxed
from valuestream.draw.breaking import Lines
from valuestream.draw.flowgraph import FlowGraph
from valuestream.draw.known import Known
from valuestream.draw.layers import Size
from valuestream.draw.paragraphs import fitted, height_of, set_lines
from valuestream.draw.parts.flowcard import WIDTH, FlowCard, flow_card
from valuestream.draw.scene import Box, Dot, Group, Node, Rect
from valuestream.model.stream import Stream

END_WIDTH = 118.0
_BAR, _DOT = 8.0, 10.0


@dataclass(frozen=True, slots=True)
class End:
    """Where cases come in or leave: a dot, and what they ask for or hold."""

    lines: Lines | None
    style: str

    @property
    def width(self) -> float:
        """Its width: room for a few words."""
        return END_WIDTH if self.lines else 2 * _DOT + 4

    @property
    def size(self) -> Size:
        """What it needs above and below."""
        text = height_of(self.lines, "end-text") + 12 if self.lines else 0.0
        return Size(text + _DOT + 4, _DOT + 4)

    @property
    def entry(self) -> float:
        """How far from its middle the ways may meet it."""
        return _DOT - 10

    @property
    def tip(self) -> str:
        """Ways end here in an arrowhead."""
        return "way-tip"

    def at(self, x: float, y: float) -> Group:
        """The dot at the side that the ways meet, its words above it."""
        out = self.style == "outcome-dot"
        dot = Dot(x + _DOT + 2 if out else x + self.width - _DOT - 2, y, _DOT - 1, self.style)
        words: tuple[Node, ...] = ()
        if self.lines:
            top = y - _DOT - 8 - height_of(self.lines, "end-text")
            at = x if out else x + self.width
            words = set_lines(self.lines, at, top, "end-text", "start" if out else "end")
        return Group("outcome" if out else "request", (*words, dot))


@dataclass(frozen=True, slots=True)
class Bar:
    """Where ways part at the same time, or meet again."""

    ways: int

    @property
    def width(self) -> float:
        """Its width."""
        return _BAR

    @property
    def size(self) -> Size:
        """Its height, for the ways that meet it."""
        half = max(26.0, 14.0 * self.ways)
        return Size(half, half)

    @property
    def entry(self) -> float:
        """How far from its middle the ways may meet it."""
        return self.size.above - 14

    @property
    def tip(self) -> str:
        """Ways go into it without an arrowhead."""
        return ""

    def at(self, x: float, y: float) -> Group:
        """The bar, its middle at y."""
        size = self.size
        rect = Rect(x, y - size.above, _BAR, size.above + size.below)
        return Group("bar", (Box(rect, "bar", 3),))


@dataclass(frozen=True, slots=True)
class Card:
    """A step."""

    card: FlowCard

    @property
    def width(self) -> float:
        """Its width."""
        return WIDTH

    @property
    def size(self) -> Size:
        """What it needs above and below the middle of the step's own box."""
        return Size(self.card.above, self.card.below)

    @property
    def entry(self) -> float:
        """How far from its middle the ways may meet it."""
        return self.card.below - 14

    @property
    def tip(self) -> str:
        """Ways end here in an arrowhead."""
        return "way-tip"

    def at(self, x: float, y: float) -> Group:
        """The step in its place."""
        return self.card.at(x, y)


def boxes(stream: Stream, facts: Known, graph: FlowGraph) -> tuple[Boxed, ...]:
    """A box for each node of the graph."""
    into = Counter(edge.to for edge in graph.edges)
    out = Counter(edge.origin for edge in graph.edges)
    found: list[Boxed] = []
    for index, node in enumerate(graph.nodes):
        if node.kind == "step":
            step = stream.steps[node.place]
            card = flow_card(step, facts.steps[node.place], node.place + 1, into[index])
            found.append(Card(card))
        elif node.kind in ("start", "end"):
            text = stream.request if node.kind == "start" else stream.outcome
            lines = fitted(text, END_WIDTH, "end-text", 9) if text else None
            found.append(End(lines, "request-dot" if node.kind == "start" else "outcome-dot"))
        else:
            found.append(Bar(max(into[index], out[index])))
    return tuple(found)
