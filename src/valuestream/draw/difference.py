"""Two states of a stream, one above the other: what came, went, moved and changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from valuestream.draw import svg
from valuestream.draw.breaking import Lines
from valuestream.draw.known import Known, known
from valuestream.draw.paragraphs import fitted, height_of, paragraph, set_lines
from valuestream.draw.parts.cards import StepCard, step_card
from valuestream.draw.parts.pill import pill
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.picture import Picture
from valuestream.draw.scene import Box, Group, Node, Rect, Scene, Stroke
from valuestream.draw.texts import clean
from valuestream.draw.theme import Theme
from valuestream.model.stream import Stream

_CARD, _GAP = 208.0, 24.0
_BETWEEN, _COLUMNS = 64.0, 7
_HEADING = 30.0


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A column: the place of a step before and after, what is said of it, and its changes.

    A place is None where the column shows no card. A step that moved has two columns.
    """

    before: int | None
    after: int | None
    said: Literal["", "added", "removed", "moved", "changed"] = ""
    changes: tuple[str, ...] = ()


def draw_difference(
    before: Stream, after: Stream, columns: Sequence[Counterpart], theme: Theme = "light"
) -> Picture:
    """The picture of two streams whose steps stand in these columns."""
    scene = _scene(before, after, columns)
    return Picture(svg.write(scene, theme), scene.width, scene.height)


def _scene(before: Stream, after: Stream, columns: Sequence[Counterpart]) -> Scene:
    wide = min(max(len(columns), 3), _COLUMNS)
    room = wide * _CARD + (wide - 1) * _GAP
    title = fitted(after.stream, room, "title", 3)
    said = _in_words(columns)
    nodes: list[Node] = [*set_lines(title, MARGIN, 48, "title")]
    top = 48 + height_of(title, "title") + 6
    under = fitted(said, room, "subtitle", 3)
    nodes += set_lines(under, MARGIN, top, "subtitle")
    top += height_of(under, "subtitle") + 30
    facts = known(before, None), known(after, None)
    for start in range(0, len(columns), _COLUMNS):
        band = _band(before, after, facts, columns[start : start + _COLUMNS], top)
        nodes.append(band)
        top = (band.room.bottom if band.room else top) + 44
    words = f"{clean(after.stream)}: {said}"
    return Scene("difference", room + 2 * MARGIN, top, clean(after.stream), words, tuple(nodes))


def _in_words(columns: Sequence[Counterpart]) -> str:
    # A moved step has two columns, where it was and where it is: it is counted once.
    counted = [c for c in columns if c.said and (c.after is not None or c.said == "removed")]
    said = [column.said for column in counted]
    counts = [(kind, said.count(kind)) for kind in ("added", "removed", "moved", "changed")]
    parts = [f"{count} step{'s' * (count > 1)} {kind}" for kind, count in counts if count]
    return ", ".join(parts) or "The same steps, saying the same"


def _band(
    before: Stream,
    after: Stream,
    facts: tuple[Known, Known],
    columns: Sequence[Counterpart],
    top: float,
) -> Group:
    upper = [_card(before, facts[0], column.before) for column in columns]
    lower = [_card(after, facts[1], column.after) for column in columns]
    notes = [_noted(c.changes) for c in columns]
    high = max((card.height for card in upper if card), default=40.0)
    low = max((card.height for card in lower if card), default=40.0)
    first, second = top + _HEADING, top + _HEADING + high + _BETWEEN
    nodes: list[Node] = [*_heading("BEFORE", top), *_heading("AFTER", second - _HEADING)]
    for at, (column, one, other, lines) in enumerate(
        zip(columns, upper, lower, notes, strict=True)
    ):
        x = MARGIN + at * (_CARD + _GAP)
        above, below = Rect(x, first, _CARD, high), Rect(x, second, _CARD, low)
        nodes += _column(column, (one, above), (other, below), lines)
    foot = max((height_of(lines, "aside") for lines in notes if any(lines.lines)), default=0.0)
    height = second + low + (foot + 18 if foot else 0) - top
    return Group(
        "band", tuple(nodes), room=Rect(MARGIN, top, len(columns) * (_CARD + _GAP), height)
    )


def _noted(changes: Sequence[str]) -> Lines:
    """Each change from a line of its own on."""
    broken = [fitted(change, _CARD, "aside", 4) for change in changes[:4]]
    lines = tuple(line for one in broken for line in one.lines)
    return Lines(lines, any(one.cut for one in broken) or len(changes) > 4)


def _card(stream: Stream, facts: Known, place: int | None) -> StepCard | None:
    if place is None:
        return None
    return step_card(stream.steps[place], facts.steps[place], "", _CARD)


def _heading(text: str, top: float) -> tuple[Node, ...]:
    return set_lines(fitted(text, 300, "heading", 1), MARGIN, top, "heading")


def _column(
    column: Counterpart,
    before: tuple[StepCard | None, Rect],
    after: tuple[StepCard | None, Rect],
    notes: Lines,
) -> list[Node]:
    nodes: list[Node] = []
    (one, above), (other, below) = before, after
    if one:
        nodes.append(one.at(above))
    if other:
        nodes.append(other.at(below))
    if one and other:
        nodes.append(Stroke(f"M{above.middle:.1f} {above.bottom:.1f}V{below.y:.1f}", "rule"))
    if column.said:
        marked = below if other else above
        nodes.append(Box(marked, f"mark-{column.said}", 12))
        nodes.append(pill(column.said, marked.middle, marked.y, _CARD - 8))
    if any(notes.lines):
        nodes += paragraph(notes, below.x, below.bottom + 12, _CARD, "aside")
    return nodes
