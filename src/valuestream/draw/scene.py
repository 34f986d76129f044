"""What a picture is made of: immutable shapes and texts in groups, in pixels from the top left."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from valuestream.draw.fonts import width
from valuestream.draw.typography import FONTS

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
ASCENT = 0.78
"""Of a line of text, in em above its baseline."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle's left and top edge, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its bottom edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The x of its middle."""
        return self.x + self.width / 2

    def overlaps(self, other: "Rect", by: float = 0.0) -> bool:
        """Whether the two share more than `by` pixels both ways."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        return across > by and down > by

    def holds(self, other: "Rect", by: float = 0.0) -> bool:
        """Whether the other lies inside, give or take `by` pixels."""
        return (
            other.x >= self.x - by
            and other.y >= self.y - by
            and other.right <= self.right + by
            and other.bottom <= self.bottom + by
        )


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle with a style of the theme."""

    rect: Rect
    style: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    x: float
    y: float
    radius: float
    style: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line along a path, as SVG writes it."""

    path: str
    style: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; y is its baseline. The size and weight are the style's."""

    x: float
    y: float
    text: str
    style: str
    anchor: Anchor = "start"
    rtl: bool = False

    @property
    def rect(self) -> Rect:
        """What it covers."""
        font = FONTS[self.style]
        wide = width(self.text, font.size, font.weight, font.spacing)
        left = {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Rect(self.x - left, self.y - ASCENT * font.size, wide, font.size)


@dataclass(frozen=True, slots=True)
class Group:
    """Shapes that belong together: a card, a step. The title is what a pointer resting on it says.

    `room` is the box that its texts must not leave.
    """

    kind: str
    nodes: "tuple[Node, ...]"
    title: str = ""
    step: str | None = None
    room: Rect | None = None


Node = Box | Dot | Stroke | Text | Group


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole picture: its size, what it is called, what it says in words, and its shapes."""

    name: str
    width: float
    height: float
    title: str
    description: str
    nodes: tuple[Node, ...] = field(default=())


def texts(nodes: tuple[Node, ...]) -> Iterator[Text]:
    """All texts, in their order."""
    for node in nodes:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Group):
            yield from texts(node.nodes)


def groups(nodes: tuple[Node, ...], kind: str = "") -> Iterator[Group]:
    """All groups, or all of a kind, in their order."""
    for node in nodes:
        if isinstance(node, Group):
            if kind in ("", node.kind):
                yield node
            yield from groups(node.nodes, kind)
