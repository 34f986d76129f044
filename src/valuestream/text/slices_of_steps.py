"""The slices that insert, remove and move steps: their lines change places, the gaps stay."""

from dataclasses import dataclass
from itertools import pairwise

from valuestream.model.findings import Place
from valuestream.text.blocks import dash, in_flow
from valuestream.text.document import Document
from valuestream.text.edits import EditRefused, InsertStep, MoveStep
from valuestream.text.extents import item_extents
from valuestream.text.nodes import Scalar, Sequence
from valuestream.text.slices import Slice
from valuestream.text.slices_of_keys import add, in_a_flow


def insert_step(document: Document, edit: InsertStep) -> list[Slice]:
    """The slices that write a new step before the one at the index."""
    node = document.node(edit.steps)
    if node is None:
        return add(document, edit.steps, [edit.step])
    if isinstance(node, Scalar):
        return [_first_step(node, edit, document)]
    if isinstance(node, Sequence) and not node.items:
        return [Slice(node.start, node.end, f"[{in_flow(edit.step)}]")]
    steps = _Steps.of(document, edit.steps)
    lines = document.lines
    if steps.node.flow:
        new, gap = in_flow(edit.step), ", "
    else:
        written = dash(edit.step, lines.column(steps.node.start))
        new = lines.newline.join(written) + lines.newline
        gap = _blank(steps.gaps[min(edit.index, len(steps.gaps)) - 1]) if steps.gaps else ""
    steps.items.insert(edit.index, new)
    steps.gaps.insert(min(edit.index, len(steps.gaps)), gap)
    return [steps.slice]


def _first_step(nothing: Scalar, edit: InsertStep, document: Document) -> Slice:
    """The first step of a list of which only the key stands there."""
    if in_a_flow(document, edit.steps) or nothing.start < nothing.end:
        raise EditRefused("the list is no list of steps; write its first step by hand")
    lines = document.lines
    number = lines.number(nothing.start)
    content = lines.content(number)
    indent = len(content) - len(content.lstrip(" -")) + 2
    new = lines.newline.join(dash(edit.step, indent))
    end = lines.start(number) + len(content)
    return Slice(end, end, lines.newline + new)


def remove_step(document: Document, place: Place) -> list[Slice]:
    """The slices that remove a step and the gap behind it."""
    steps, index = _Steps.of(document, place[:-1]), _index(place)
    del steps.items[index]
    del steps.gaps[min(index, len(steps.gaps) - 1)]
    return [steps.slice]


def move_step(document: Document, edit: MoveStep) -> list[Slice]:
    """The slices that put a step elsewhere in its list."""
    steps = _Steps.of(document, edit.place[:-1])
    steps.items.insert(edit.to, steps.items.pop(_index(edit.place)))
    return [steps.slice]


@dataclass
class _Steps:
    """A list of steps as the texts of its items and of the gaps between them."""

    node: Sequence
    start: int
    end: int
    items: list[str]
    gaps: list[str]
    newline: str
    is_unended: bool
    """Whether the last line has no line end."""

    @classmethod
    def of(cls, document: Document, place: Place) -> "_Steps":
        node = document.node(place)
        if not isinstance(node, Sequence):
            raise EditRefused("there is no list of steps")
        text, extents = document.text, item_extents(node, document.lines)
        items = [text[a:b] for a, b in extents]
        gaps = [text[a:b] for (_, a), (b, _) in pairwise(extents)]
        newline = document.lines.newline
        is_unended = not node.flow and not items[-1].endswith(("\n", "\r"))
        if is_unended:
            items[-1] += newline
        return cls(node, extents[0][0], extents[-1][1], items, gaps, newline, is_unended)

    @property
    def slice(self) -> Slice:
        parts = [part for pair in zip(self.items, [*self.gaps, ""], strict=True) for part in pair]
        text = "".join(parts)
        return Slice(self.start, self.end, text.removesuffix(self.newline * self.is_unended))


def _blank(gap: str) -> str:
    """The blank lines of a gap, without its comments."""
    return gap if not gap.strip() else ""


def _index(place: Place) -> int:
    index = place[-1]
    if not isinstance(index, int):
        raise EditRefused("a step has a number")
    return index
