"""A promise in a value card: what it says, how often it is kept, and the goal."""

from dataclasses import dataclass
from typing import Literal

from valuestream.draw.breaking import Lines
from valuestream.draw.fonts import width
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.scene import Box, Node, Rect, Stroke, Text
from valuestream.draw.typography import FONTS
from valuestream.model.figures import Kept
from valuestream.model.shares import format_share
from valuestream.model.stream import Value

Tone = Literal["good", "near", "bad", "plain"]
NEAR = 0.1
"""A promise kept less than this share under its goal is near it."""
_SAID = {"good": "", "near": ", just below", "bad": ", far below", "plain": ""}


@dataclass(frozen=True, slots=True)
class PromiseBar:
    """A promise before it has its place; `kept` is None where it was not measured."""

    lines: Lines
    tone: Tone
    kept: float | None
    target: float | None

    @property
    def height(self) -> float:
        """What it needs, in pixels."""
        bar = 32.0 if self.kept is not None else 0.0
        return height_of(self.lines, "promise-text") + bar

    def at(self, x: float, top: float, room: float) -> tuple[Node, ...]:
        """The promise in its place."""
        nodes: tuple[Node, ...] = paragraph(self.lines, x, top, room, "promise-text")
        below = top + height_of(self.lines, "promise-text")
        if self.kept is None:
            return nodes
        said = f"kept {format_share(self.kept)}{_SAID[self.tone]}"
        baseline = below + 31
        return (*nodes, *self._bar(x, below + 6, room), *self._kept(x, baseline, room, said))

    def _bar(self, x: float, top: float, room: float) -> tuple[Node, ...]:
        kept = self.kept or 0.0
        track = Box(Rect(x, top, room, 7), "track", 3.5)
        bar = Box(Rect(x, top, max(room * kept, 3.5), 7), f"kept-{self.tone}-bar", 3.5)
        if self.target is None:
            return track, bar
        at = min(max(x + room * self.target, x + 1), x + room - 1)
        return track, bar, Stroke(f"M{at:.1f} {top - 4:.1f}v15", "target")

    def _kept(self, x: float, baseline: float, room: float, said: str) -> tuple[Node, ...]:
        style = f"kept-{self.tone}"
        font = FONTS[style]
        goal = self._goal(x, baseline, room)
        taken = width(said, font.size, font.weight) + sum(t.rect.width for t in goal) + 8
        if taken > room:
            said = said.partition(",")[0]
        return Text(x, baseline, said, style), *goal

    def _goal(self, x: float, baseline: float, room: float) -> tuple[Text, ...]:
        if self.target is None:
            return ()
        goal = f"goal {format_share(self.target)}"
        return (Text(x + room, baseline, goal, "promise-text", "end"),)


def promise_bar(value: Value, measured: Kept | None, room: float) -> PromiseBar | None:
    """The promise of a value, if it makes one."""
    if value.promise is None:
        return None
    kept = measured.kept if measured else None
    target = measured.target if measured and measured.target is not None else value.keep
    # A measured promise has its goal beside its bar.
    goal = f", goal {format_share(target)}" if target is not None and kept is None else ""
    said = value.promise.text.replace(">=", "≥").replace("<=", "≤")
    lines = fitted(f"promise: {said}{goal}", room, "promise-text", 3)
    return PromiseBar(lines, tone_of(kept, target), kept, target)


def tone_of(kept: float | None, target: float | None) -> Tone:
    """How a kept share stands to its goal."""
    if kept is None or target is None:
        return "plain"
    if kept >= target:
        return "good"
    return "near" if kept > target - NEAR else "bad"
