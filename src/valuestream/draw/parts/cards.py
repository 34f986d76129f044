"""The two cards of a step: what the customer receives, and what we do."""

from dataclasses import dataclass

from valuestream.draw.breaking import Lines
from valuestream.draw.known import Fact, KnownStep
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.parts.promise import PromiseBar, promise_bar
from valuestream.draw.scene import Anchor, Box, Group, Node, Rect, Stroke, Text
from valuestream.draw.texts import clean
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share
from valuestream.model.stream import Step

PADDING = 16.0
QUESTION = "What does the customer receive?"
RIGHT_ENOUGH = 0.9
"""Below this share of visits that are right, the figure stands out."""


@dataclass(frozen=True, slots=True)
class ValueCard:
    """A value card before it has its place: its lines, its promise, its height."""

    style: str
    lines: Lines
    text_style: str
    promise: PromiseBar | None
    full: str

    @property
    def height(self) -> float:
        """The least height that holds it."""
        below = self.promise.height + 14 if self.promise else 0.0
        return 2 * PADDING - 4 + height_of(self.lines, self.text_style) + below

    def at(self, rect: Rect) -> Group:
        """The card in its place."""
        room = rect.width - 2 * PADDING
        nodes: list[Node] = [Box(rect, self.style, 12)]
        x, top = rect.x + PADDING, rect.y + PADDING - 2
        nodes += paragraph(self.lines, x, top, room, self.text_style)
        if self.promise:
            bottom = rect.bottom - PADDING + 2
            nodes += self.promise.at(x, bottom - self.promise.height, room)
        return Group("value", tuple(nodes), title=self.full, room=rect)


def value_card(step: Step, facts: KnownStep, width: float) -> ValueCard:
    """The card above the waterline; a dashed question where no value is said."""
    room = width - 2 * PADDING
    if step.value is None or not step.has_value:
        asked = fitted(QUESTION, room, "value-question")
        return ValueCard("value-card-empty", asked, "value-question", None, QUESTION)
    promise = promise_bar(step.value, facts.promise, room)
    bad = promise is not None and promise.tone == "bad"
    lines = fitted(step.value.receives, room, "value-text", 9)
    style = "value-card-bad" if bad else "value-card"
    return ValueCard(style, lines, "value-text", promise, clean(step.value.receives))


@dataclass(frozen=True, slots=True)
class StepCard:
    """A step card before it has its place."""

    step: Step
    paragraphs: tuple[tuple[str, Lines, float], ...]
    facts: tuple[tuple[str, str, str], ...]

    @property
    def height(self) -> float:
        """The least height that holds it."""
        words = sum(height_of(lines, style) + gap for style, lines, gap in self.paragraphs)
        return 2 * PADDING - 4 + words + (58 if self.facts else 0)

    def at(self, rect: Rect) -> Group:
        """The card in its place, its figures at the bottom."""
        room, x = rect.width - 2 * PADDING, rect.x + PADDING
        nodes: list[Node] = [Box(rect, "step-card", 12)]
        top = rect.y + PADDING - 2
        for style, lines, gap in self.paragraphs:
            nodes += paragraph(lines, x, top + gap, room, style)
            top += gap + height_of(lines, style)
        if self.facts:
            nodes += self._figures(x, rect.bottom - PADDING - 36, room)
        return Group("work", tuple(nodes), title=whole(self.step), room=rect)

    def _figures(self, x: float, top: float, room: float) -> list[Node]:
        nodes: list[Node] = [Stroke(f"M{x:.1f} {top - 10:.1f}h{room:.1f}", "rule")]
        sides: tuple[tuple[float, Anchor], ...] = ((x, "start"), (x + room, "end"))
        for (label, value, style), (at, side) in zip(self.facts, sides, strict=False):
            nodes.append(Text(at, top + 11, label, "label", side))
            nodes.append(Text(at, top + 32, value, style, side))
        return nodes


def step_card(step: Step, facts: KnownStep, aside: str, width: float) -> StepCard:
    """The card below the waterline: who does what, for how long, and how often it is right."""
    room = width - 2 * PADDING
    written = (
        ("step-note", aside, 0.0, 2),
        ("step-name", step.step, 2.0, 5),
        ("step-by", ", ".join(clean(who) for who in step.by), 3.0, 2),
        ("step-does", step.does or "", 7.0, 4),
    )
    paragraphs = tuple(
        (style, fitted(text, room, style, most), gap) for style, text, gap, most in written if text
    )
    return StepCard(step, paragraphs, _figures(facts))


def _figures(facts: KnownStep) -> tuple[tuple[str, str, str], ...]:
    found = []
    if facts.work:
        found.append((f"work{facts.work.mark}", format_duration(facts.work.value), "fact"))
    if facts.right:
        found.append((f"right{facts.right.mark}", format_share(facts.right.value), _tone(facts)))
    return tuple(found)


def _tone(facts: KnownStep) -> str:
    right: Fact | None = facts.right
    return "fact-bad" if right and right.value < RIGHT_ENOUGH else "fact"


def whole(step: Step) -> str:
    """All that a step says of who does what, for who rests a pointer on it."""
    said = [step.step, *step.by, step.does or "", *(f"process: {p}" for p in step.process)]
    return " · ".join(clean(part) for part in said if part)
