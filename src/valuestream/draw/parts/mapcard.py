"""A step as the map shows it: how work comes to it, its process box, its data box, its value."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.draw.breaking import Lines
from valuestream.draw.fonts import width
from valuestream.draw.layers import Size
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.parts.cards import QUESTION, whole
from valuestream.draw.parts.databox import Row, data_box, data_height
from valuestream.draw.parts.inlet import INLET, Inlet
from valuestream.draw.parts.kaizen import kaizen, kaizen_height
from valuestream.draw.parts.symbols import framed, operator
from valuestream.draw.scene import Box, Dot, Group, Node, Rect, Stroke, Text
from valuestream.draw.texts import clean
from valuestream.draw.typography import FONTS
from valuestream.model.findings import Finding
from valuestream.model.stream import Step

BOX = 178.0
"""The width of a process box."""
_PADDING, _RISE, _DOT = 11.0, 12.0, 10.0


@dataclass(frozen=True, slots=True)
class MapCard:
    """A step before it has its place; `tall` is the height of all process boxes."""

    step: Step
    number: int
    value: Lines
    name: Lines
    by: Lines
    people: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    inlet: Inlet
    tall: float
    strip: float
    changed: bool = False
    entry: float = 0.0
    tip: str = ""
    kind: str = "step"

    @property
    def width(self) -> float:
        """Of all of it."""
        return INLET + BOX

    @property
    def size(self) -> Size:
        """What it needs above and below the middle of its process box."""
        below = data_height(self.rows) + kaizen_height(self.findings, BOX)
        return Size(self.tall / 2 + _RISE + self.strip, self.tall / 2 + below)

    def at(self, x: float, y: float) -> Group:
        """The step, from its inlet's left edge on."""
        box = Rect(x + INLET, y - self.tall / 2, BOX, self.tall)
        above = Rect(box.x, box.y - _RISE - self.strip, BOX, self.strip)
        data = Rect(box.x, box.bottom, BOX, data_height(self.rows))
        parts: list[Node] = [
            self.inlet.at(x, y),
            Stroke(f"M{box.middle:.1f} {box.y:.1f}V{above.bottom:.1f}", self._stem),
            self._value(above),
            *([data_box(self.rows, data)] if self.rows else []),
            self._process(box),
            *kaizen(self.findings, data.x, data.bottom, BOX),
        ]
        return Group(self.kind, tuple(parts), step=self.step.key)

    @property
    def _stem(self) -> str:
        return "value-stem" if self.step.has_value else "value-stem-empty"

    def _value(self, rect: Rect) -> Group:
        style = "map-value" if self.step.has_value else "map-question"
        card = "value-card" if self.step.has_value else "value-card-empty"
        room = rect.width - 2 * _PADDING
        top = rect.y + (rect.height - height_of(self.value, style)) / 2
        words = paragraph(self.value, rect.x + _PADDING, top, room, style)
        title = clean(self.step.value.receives) if self.step.value else QUESTION
        return Group("value", (Box(rect, card, 6), *words), title=title, room=rect)

    def _process(self, rect: Rect) -> Group:
        style = "process-changed" if self.changed else "process"
        nodes: list[Node] = [framed(rect, style)]
        x, top = rect.x + _PADDING, rect.y + 10.0
        nodes.append(Dot(x + _DOT, top + 9, _DOT, "number-dot"))
        nodes.append(Text(x + _DOT, top + 13, str(self.number), "number", "middle"))
        inner = x + 2 * _DOT + 7
        nodes += paragraph(self.name, inner, top, rect.right - _PADDING - inner, "map-name")
        nodes += self._who(rect)
        return Group("work", tuple(nodes), title=whole(self.step), room=rect)

    def _who(self, rect: Rect) -> list[Node]:
        if not self.by.lines[0] and not self.people:
            return []
        tall = max(height_of(self.by, "map-by"), 16.0)
        top, x = rect.bottom - 8 - tall, rect.x + _PADDING
        nodes: list[Node] = [Stroke(f"M{rect.x:.1f} {top - 6:.1f}h{rect.width:.1f}", "rule")]
        nodes += operator(x + _DOT, top + 7)
        inner = x + 2 * _DOT + 7
        if self.people:
            nodes.append(Text(rect.right - _PADDING, top + 12, self.people, "map-fact", "end"))
        return [*nodes, *paragraph(self.by, inner, top, _by_room(self.people), "map-by")]


def _by_room(people: str) -> float:
    font = FONTS["map-fact"]
    taken = width(people, font.size, font.weight) + 8 if people else 0.0
    return BOX - 2 * _PADDING - 2 * _DOT - 7 - taken


def map_card(
    step: Step,
    number: int,
    rows: Sequence[Row],
    findings: Sequence[Finding],
    inlet: Inlet,
) -> MapCard:
    """The card of a step, its process box as tall as it must be by itself."""
    inner = BOX - 2 * _PADDING - 2 * _DOT - 7
    said = step.value.receives if step.has_value and step.value else QUESTION
    style = "map-value" if step.has_value else "map-question"
    people = f"× {step.people.people}" if step.people else ""
    name = fitted(step.step, inner, "map-name", 4)
    by = fitted(", ".join(clean(who) for who in step.by), _by_room(people), "map-by", 2)
    tall = 20 + max(height_of(name, "map-name"), 20)
    if by.lines[0] or people:
        tall += max(height_of(by, "map-by"), 16.0) + 14
    value = fitted(said, BOX - 2 * _PADDING, style, 5)
    strip = height_of(value, style) + 14
    return MapCard(
        step, number, value, name, by, people, tuple(rows), tuple(findings), inlet, tall, strip
    )
