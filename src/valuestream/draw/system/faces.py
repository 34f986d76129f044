"""What is shown of a step: words above and below the line before they have their place."""

from dataclasses import dataclass

from valuestream.draw.breaking import Lines
from valuestream.draw.known import KnownStep
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.parts.promise import Tone, tone_of
from valuestream.draw.scene import Box, Dot, Group, Node, Rect, Stroke, Text
from valuestream.draw.system.detail import Detail
from valuestream.draw.texts import clean
from valuestream.model.shares import format_share
from valuestream.model.stream import Step

_PADDING = {"cards": 12.0, "tiles": 8.0, "ticks": 0.0}
_TICK = 12.0
_MARK = 9.0


@dataclass(frozen=True, slots=True)
class Look:
    """How a stream's steps are shown: how much, how wide, and whether they serve a customer."""

    detail: Detail
    width: float
    serves: bool


@dataclass(frozen=True, slots=True)
class Face:
    """A step: its value as words or as a mark, its card, and how its promise is kept."""

    look: Look
    number: int
    has_value: bool
    value: Lines | None
    words: tuple[tuple[str, Lines], ...]
    kept: float | None
    tone: Tone

    @property
    def detail(self) -> Detail:
        """How much is shown."""
        return self.look.detail

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.look.width

    @property
    def above(self) -> float:
        """The height over the line."""
        if not self.look.serves:
            return self.detail.stub
        if self.value is None:
            return 18.0 if self.detail.name == "ticks" else 25.0
        kept = 19.0 if self.kept is not None else 0.0
        return height_of(self.value, "chip-text") + kept + 2 * _PADDING["cards"] - 2 + 38

    @property
    def below(self) -> float:
        """The height under the line."""
        if self.detail.name == "ticks":
            return _TICK / 2
        words = sum(height_of(lines, style) for style, lines in self.words)
        return words + 2 * _PADDING[self.detail.name] - 2 + self._drop

    @property
    def _drop(self) -> float:
        return 26.0 if self.detail.name == "cards" else 16.0

    def at(self, x: float, line: float, above: float, below: float) -> tuple[Node, ...]:
        """The step in its place: its middle, the line, and the heights of its row."""
        if self.detail.name == "ticks":
            return (*self._mark(x, line - _TICK / 2), *self._tick(x, line))
        top = line + self._drop
        rect = Rect(x - self.width / 2, top, self.width, below - self._drop)
        stem = Stroke(f"M{x:.1f} {line:.1f}V{rect.y:.1f}", "step-stem")
        return (stem, *self._value(x, line, above), *self._number(x, line), self._card(rect))

    def _value(self, x: float, line: float, above: float) -> tuple[Node, ...]:
        if not self.look.serves:
            return ()
        if self.value is None:
            return self._mark(x, line - 9)
        rect = Rect(x - self.width / 2, line - above, self.width, above - 38)
        return (*self._rising(x, line, rect.bottom), self._chip(rect))

    def _rising(self, x: float, line: float, to: float) -> tuple[Node, ...]:
        if not self.has_value:
            return (Stroke(f"M{x:.1f} {line - 10:.1f}V{to + 2:.1f}", "value-stem-empty"),)
        return (
            Stroke(f"M{x:.1f} {line - 10:.1f}V{to + 13:.1f}", "value-stem"),
            Stroke(f"M{x:.1f} {to + 3:.1f}l6.5 11h-13z", "value-tip"),
        )

    def _chip(self, rect: Rect) -> Group:
        style = "value-card-bad" if self.tone == "bad" else "value-card"
        style = style if self.has_value else "value-card-empty"
        text = "chip-text" if self.has_value else "chip-question"
        pad = _PADDING["cards"]
        nodes: list[Node] = [Box(rect, style, 9)]
        if self.value:
            room = rect.width - 2 * pad
            nodes += paragraph(self.value, rect.x + pad, rect.y + pad - 1, room, text)
        if self.kept is not None:
            said = f"kept {format_share(self.kept)}"
            nodes.append(Text(rect.x + pad, rect.bottom - pad, said, f"kept-{self.tone}"))
        return Group("value", tuple(nodes), room=rect)

    def _mark(self, x: float, y: float) -> tuple[Node, ...]:
        """A value without its words: an arrowhead, or the outline of one."""
        if not self.look.serves:
            return ()
        half = _MARK / 2 + (1 if self.detail.name == "tiles" else 0)
        top = y - (14 if self.detail.name == "tiles" else 10)
        tone = "-bad" if self.tone == "bad" else ""
        style = f"value-tip{tone}" if self.has_value else "value-tip-empty"
        return (Stroke(f"M{x:.1f} {top:.1f}l{half:.1f} {_MARK:.1f}h{-2 * half:.1f}z", style),)

    def _tick(self, x: float, line: float) -> tuple[Node, ...]:
        rect = Rect(x - self.width / 2, line - _TICK / 2, self.width, _TICK)
        return (Box(rect, "tick", 3),)

    def _number(self, x: float, line: float) -> tuple[Node, ...]:
        number = Text(x, line + 4, str(self.number), "number", "middle")
        return Dot(x, line, 10, "number-dot"), number

    def _card(self, rect: Rect) -> Group:
        pad = _PADDING[self.detail.name]
        nodes: list[Node] = [Box(rect, "step-card", 9 if self.detail.name == "cards" else 7)]
        top = rect.y + pad - 1
        for style, lines in self.words:
            nodes += paragraph(lines, rect.x + pad, top, rect.width - 2 * pad, style)
            top += height_of(lines, style)
        return Group("work", tuple(nodes), room=rect)


def face(step: Step, number: int, facts: KnownStep, builds: str, look: Look) -> Face:
    """The face of a step; `builds` says what it builds elsewhere."""
    detail = look.detail
    room = look.width - 2 * _PADDING[detail.name]
    promise = facts.promise if step.has_value else None
    value = _value_lines(step, room) if detail.name == "cards" and look.serves else None
    words = {
        "cards": (
            ("system-name", step.step, 3),
            ("system-by", ", ".join(map(clean, step.by)), 1),
            ("system-builds", builds, 3),
        ),
        "tiles": (("tile-name", step.step, 3),),
        "ticks": (),
    }[detail.name]
    return Face(
        look,
        number,
        step.has_value,
        value,
        tuple((style, fitted(text, room, style, most)) for style, text, most in words if text),
        promise.kept if promise else None,
        tone_of(promise.kept, promise.target) if promise else "plain",
    )


def _value_lines(step: Step, room: float) -> Lines:
    if step.value is None or not step.has_value:
        return fitted("No value is said", room, "chip-question")
    return fitted(step.value.receives, room, "chip-text", 5)
