"""One row of a timeline: values above the waterline, work below it, waits on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from valuestream.draw.breaking import Lines
from valuestream.draw.known import KnownStep, wait_in_words
from valuestream.draw.paragraphs import fitted, height_of, set_lines
from valuestream.draw.parts.cards import StepCard, ValueCard, step_card, value_card
from valuestream.draw.parts.loops import Loop, Root, draw_loops, loops_height
from valuestream.draw.parts.pill import pill
from valuestream.draw.parts.rows import MARGIN, SIDE, Grid
from valuestream.draw.scene import Box, Dot, Group, Node, Rect, Stroke, Text
from valuestream.model.stream import Step

DOT = 12.0
_ABOVE, _BELOW, _FOOT = 58.0, 44.0, 30.0
_KEPT = 128
"""So many rows are remembered: those of a few streams of a thousand steps, for who edits them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A step in a row: its place in the stream, its cards, its facts, the word where it is lit."""

    place: int
    step: Step
    facts: KnownStep
    value: ValueCard
    card: StepCard
    waits_most: bool
    lit: str = ""


@dataclass(frozen=True)
class Row:
    """A row before it has its place. The ends are None where the row only goes on.

    `first` is the place of its first step in the stream; `beside` and `lit` have a word for each
    step, or "" for none; `most` is the place before which is waited most.
    """

    first: int
    steps: tuple[Step, ...]
    facts: tuple[KnownStep, ...]
    beside: tuple[str, ...]
    lit: tuple[str, ...]
    most: int | None
    loops: tuple[Loop, ...]
    grid: Grid
    headings: tuple[str, str] | None
    request: str | None
    outcome: str | None
    starts: bool
    ends: bool

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Its steps with their cards."""
        of = zip(self.steps, self.facts, self.beside, self.lit, strict=True)
        return tuple(
            Cell(
                place,
                step,
                facts,
                value_card(step, facts, self.grid.card),
                step_card(step, facts, beside, self.grid.card),
                place == self.most,
                lit,
            )
            for place, (step, facts, beside, lit) in enumerate(of, self.first)
        )

    @cached_property
    def values_height(self) -> float:
        """The height of its value cards, that of the tallest."""
        tallest = max(cell.value.height for cell in self.cells)
        ends = [height_of(self._end(t), "end-text") for t in (self.request, self.outcome) if t]
        return max(tallest, 80.0, *(tall - _ABOVE + 22 for tall in ends))

    @cached_property
    def cards_height(self) -> float:
        """The height of its step cards."""
        return max(84.0, *(cell.card.height for cell in self.cells))

    @property
    def height(self) -> float:
        """The height of all of it."""
        return self._waterline(0.0) + self._water_height

    @cached_property
    def _water_height(self) -> float:
        loops = loops_height(self.loops, self._roots(0.0), self._limits)
        return _BELOW + self.cards_height + loops + _FOOT

    @property
    def _middles(self) -> list[float]:
        return [self.grid.middle(i) for i in range(len(self.cells))]

    def _roots(self, bottom: float) -> list[Root]:
        return [Root(middle, bottom) for middle in self._middles]

    @property
    def _limits(self) -> Rect:
        return Rect(MARGIN, 0, self.grid.room, 0)

    @property
    def _end_of_line(self) -> float:
        if not self.ends or len(self.cells) == self.grid.columns:
            return MARGIN + self.grid.room
        return self._middles[-1] + self.grid.card / 2 + SIDE

    def _waterline(self, top: float) -> float:
        heading = 34.0 if self.headings else 0.0
        return top + heading + self.values_height + _ABOVE

    def _end(self, text: str) -> Lines:
        return fitted(text, SIDE - 14, "end-text", 9)

    def at(self, top: float) -> Group:
        """The row in its place, from its top edge on; the same one as long as nothing changes."""
        return _placed(self, top)

    def placed(self, top: float) -> Group:
        """The row in its place, laid out anew."""
        line = self._waterline(top)
        water = Rect(MARGIN, line, self._end_of_line - MARGIN, self._water_height)
        nodes: list[Node] = [Box(water, "water"), *self._headings(top, line), *self._line(line)]
        nodes += self._waits(line)
        nodes += [self._cell(i, cell, line) for i, cell in enumerate(self.cells)]
        bottom = line + _BELOW + self.cards_height
        nodes += draw_loops(self.loops, self._roots(bottom), bottom, self._limits)
        return Group("row", tuple(nodes), room=Rect(MARGIN, top, self.grid.room, self.height))

    def _headings(self, top: float, line: float) -> tuple[Node, ...]:
        if self.headings is None:
            return ()
        above = fitted(self.headings[0], self.grid.room, "heading-value", 1)
        return (
            *set_lines(above, MARGIN, top, "heading-value"),
            Text(MARGIN + 12, line + 33, self.headings[1], "heading-work"),
        )

    def _line(self, line: float) -> list[Node]:
        left = MARGIN
        last = self._end_of_line
        nodes: list[Node] = [Stroke(f"M{left:.1f} {line:.1f}H{last - 8:.1f}", "waterline")]
        if self.starts:
            nodes.append(Dot(left + 12, line, 9, "request-dot"))
        if self.ends:
            nodes.append(Dot(last - 12, line, 9, "outcome-dot"))
        else:
            nodes.append(Stroke(f"M{last:.1f} {line:.1f}l-14 -8v16z", "waterline-end"))
        return nodes + self._ends(line, left, last)

    def _ends(self, line: float, left: float, last: float) -> list[Node]:
        nodes: list[Node] = []
        if self.request:
            lines = self._end(self.request)
            top = line - 20 - height_of(lines, "end-text")
            words = set_lines(lines, left, top, "end-text")
            nodes.append(Group("request", words, title=self.request if lines.cut else ""))
        if self.outcome:
            lines = self._end(self.outcome)
            top = line - 20 - height_of(lines, "end-text")
            words = set_lines(lines, last, top, "end-text", "end")
            nodes.append(Group("outcome", words, title=self.outcome if lines.cut else ""))
        return nodes

    def _waits(self, line: float) -> list[Node]:
        found: list[Node] = []
        before = MARGIN + (24 if self.starts else 0)
        for i, cell in enumerate(self.cells):
            at = self.grid.middle(i)
            if said := wait_in_words(cell.facts):
                room = at - before - DOT - (8 if i else 4)
                tone = "-bad" if cell.waits_most else ""
                found.append(pill(said, (before + at - DOT) / 2, line, room, tone=tone))
            before = at + DOT
        return found

    def _cell(self, column: int, cell: Cell, line: float) -> Group:
        middle, wide = self.grid.middle(column), self.grid.card
        left = middle - wide / 2
        above = Rect(left, line - _ABOVE - self.values_height, wide, self.values_height)
        below = Rect(left, line + _BELOW, wide, self.cards_height)
        return Group(
            "step",
            (
                *_stems(cell, middle, above.bottom, line, below.y),
                cell.value.at(above),
                cell.card.at(below),
                *_light(cell, below),
            ),
            step=cell.step.key,
        )


@lru_cache(maxsize=_KEPT)
def kept(row: Row) -> Row:
    """The row, or an equal one from before, whose cards are already made."""
    return row


@lru_cache(maxsize=_KEPT)
def _placed(row: Row, top: float) -> Group:
    return row.placed(top)


def _light(cell: Cell, card: Rect) -> tuple[Node, ...]:
    if not cell.lit:
        return ()
    around = Rect(card.x - 4, card.y - 4, card.width + 8, card.height + 8)
    return (
        Box(around, "mark-lit", 15),
        pill(cell.lit, card.middle, card.y - 4, card.width, tone="-lit"),
    )


def _stems(cell: Cell, x: float, above: float, line: float, below: float) -> tuple[Node, ...]:
    down = Stroke(f"M{x:.1f} {line:.1f}V{below:.1f}", "step-stem")
    dot = Dot(x, line, DOT, "number-dot")
    number = Text(x, line + 4.1, str(cell.place + 1), "number", "middle")
    if not cell.step.has_value:
        up = Stroke(f"M{x:.1f} {line - DOT:.1f}V{above + 2:.1f}", "value-stem-empty")
        return up, down, dot, number
    up = Stroke(f"M{x:.1f} {line - DOT:.1f}V{above + 14:.1f}", "value-stem")
    tip = Stroke(f"M{x:.1f} {above + 3:.1f}l7.5 13h-15z", "value-tip")
    return up, tip, down, dot, number


def waits_most(facts: Sequence[KnownStep]) -> int | None:
    """The place of the step before which a third or more of all waiting lies."""
    known = [f.wait or f.elapsed for f in facts]
    waits = [wait.value if wait else 0.0 for wait in known]
    total = sum(waits)
    if sum(1 for wait in waits if wait > 0) < 2 or max(waits) * 3 < total:
        return None
    return waits.index(max(waits))
