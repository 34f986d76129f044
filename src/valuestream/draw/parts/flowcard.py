"""A step as the flow shows it: its value above, the step under it, in little room."""

from dataclasses import dataclass

from valuestream.draw.breaking import Lines
from valuestream.draw.known import KnownStep, wait_in_words
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.parts.cards import QUESTION
from valuestream.draw.parts.promise import tone_of
from valuestream.draw.scene import Box, Dot, Group, Node, Rect, Stroke, Text
from valuestream.draw.texts import clean
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share
from valuestream.model.stream import Step

WIDTH = 236.0
_PADDING, _RISE, _DOT = 14.0, 22.0, 11.0
_ASIDE, _OVER = 6.5, 7.0
"""How far the arc past a step stays from its box."""


@dataclass(frozen=True, slots=True)
class FlowCard:
    """A step's two boxes before they have their place."""

    step: Step
    number: int
    value: Lines
    value_style: str
    promise: tuple[str, str] | None
    paragraphs: tuple[tuple[str, Lines, float], ...]
    ways: int
    skipped: float = 0.0
    """The share of the cases that skip the step."""

    @property
    def above(self) -> float:
        """From the middle of the step's box, where the ways meet it, up to the top."""
        return self._value_height + _RISE + self._step_height / 2

    @property
    def below(self) -> float:
        """From there down to the bottom."""
        return self._step_height / 2

    @property
    def _value_height(self) -> float:
        text = "chip-question" if self.value_style == "value-card-empty" else "chip-text"
        return height_of(self.value, text) + 20 + (20 if self.promise else 0)

    @property
    def _step_height(self) -> float:
        return max(
            56.0,
            30.0 * self.ways,
            sum(height_of(lines, s) + gap for s, lines, gap in self.paragraphs) + 22,
        )

    def at(self, x: float, y: float) -> Group:
        """The boxes, from the left edge x on, the step's middle at y."""
        below = Rect(x, y - self._step_height / 2, WIDTH, self._step_height)
        above = Rect(x, below.y - _RISE - self._value_height, WIDTH, self._value_height)
        empty = self.value_style == "value-card-empty"
        stem = Stroke(
            f"M{below.middle:.1f} {below.y:.1f}V{above.bottom + (1 if empty else 9):.1f}",
            "value-stem-empty" if empty else "value-stem",
        )
        tip = Stroke(f"M{below.middle:.1f} {above.bottom + 2:.1f}l6 10h-12z", "value-tip")
        value, work = self._value(above), self._work(below)
        tips = () if empty else (tip,)
        past = _past(below, self.skipped) if self.skipped else ()
        return Group("step", (*past, stem, *tips, value, work), step=self.step.key)

    def _value(self, rect: Rect) -> Group:
        text = "chip-question" if self.value_style == "value-card-empty" else "chip-text"
        room = rect.width - 2 * _PADDING
        nodes: list[Node] = [Box(rect, self.value_style, 10)]
        nodes += paragraph(self.value, rect.x + _PADDING, rect.y + 10, room, text)
        if self.promise:
            said, style = self.promise
            nodes.append(Text(rect.x + _PADDING, rect.bottom - 12, said, style))
        title = clean(self.step.value.receives) if self.step.value else QUESTION
        return Group("value", tuple(nodes), title=title, room=rect)

    def _work(self, rect: Rect) -> Group:
        x, top = rect.x + _PADDING, rect.y + 11.0
        nodes: list[Node] = [Box(rect, "step-card", 10)]
        nodes.append(Dot(x + _DOT - 2, top + 11, _DOT, "number-dot"))
        nodes.append(Text(x + _DOT - 2, top + 15, str(self.number), "number", "middle"))
        inner = x + 2 * _DOT + 6
        for style, lines, gap in self.paragraphs:
            room = rect.right - _PADDING - inner
            nodes += paragraph(lines, inner, top + gap, room, style)
            top += gap + height_of(lines, style)
        return Group("work", tuple(nodes), title=clean(self.step.step), room=rect)


def flow_card(step: Step, facts: KnownStep, number: int, ways: int) -> FlowCard:
    """The boxes of a step that so many ways lead to."""
    inner = WIDTH - 2 * _PADDING - 2 * _DOT - 6
    figures = _joined(_figures(facts))
    departures = _joined([f"{what} {format_share(share)}" for what, share in facts.departures])
    written = (
        ("step-name", step.step, 0.0, 4),
        ("step-by", ", ".join(clean(who) for who in step.by), 1.0, 2),
        ("step-fact", figures, 4.0, 3),
        ("step-departure", departures, 4.0, 3),
    )
    paragraphs = tuple((s, fitted(t, inner, s, most), gap) for s, t, gap, most in written if t)
    skipped = dict(facts.departures).get("skipped", 0.0)
    room = WIDTH - 2 * _PADDING
    if step.value is None or not step.has_value:
        asked = fitted(QUESTION, room, "chip-question")
        return FlowCard(step, number, asked, "value-card-empty", None, paragraphs, ways, skipped)
    lines = fitted(step.value.receives, room, "chip-text", 5)
    promise = _promise(step, facts)
    style = "value-card-bad" if promise and promise[1] == "kept-bad" else "value-card"
    return FlowCard(step, number, lines, style, promise, paragraphs, ways, skipped)


def _past(rect: Rect, share: float) -> tuple[Node, ...]:
    """A thin arc past a step's box, from the ways that lead to it to those that leave it."""
    left, right, top = rect.x - _ASIDE, rect.right + _ASIDE, rect.y - _OVER
    middle, turn = rect.y + rect.height / 2, 9.0
    arc = (
        f"M{left:.1f} {middle - 9:.1f}V{top + turn:.1f}q0 {-turn} {turn} {-turn}"
        f"H{right - turn:.1f}q{turn} 0 {turn} {turn}V{middle - 8:.1f}"
    )
    tip = f"M{right:.1f} {middle - 1:.1f}l-4.5 -8h9z"
    nodes = (Stroke(arc, "skip"), Stroke(tip, "skip-tip"))
    return (Group("skip", nodes, title=f"skipped by {format_share(share)} of the cases"),)


def _joined(said: list[str]) -> str:
    """Each of them stays on one line."""
    return "\u00a0· ".join(one.replace(" ", "\u00a0") for one in said)


def _figures(facts: KnownStep) -> list[str]:
    found = [wait_in_words(facts)] if facts.wait or facts.elapsed else []
    if facts.work:
        found.append(f"work {format_duration(facts.work.value)}{facts.work.mark}")
    if facts.right and facts.right.value < 1:
        found.append(f"right {format_share(facts.right.value)}{facts.right.mark}")
    return [said for said in found if said]


def _promise(step: Step, facts: KnownStep) -> tuple[str, str] | None:
    kept = facts.promise.kept if facts.promise else None
    if kept is None:
        return None
    target = facts.promise.target if facts.promise else None
    if target is None and step.value:
        target = step.value.keep
    goal = f", goal {format_share(target)}" if target is not None else ""
    return f"promise kept {format_share(kept)}{goal}", f"kept-{tone_of(kept, target)}"
