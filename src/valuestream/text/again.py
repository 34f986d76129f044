"""A text read again after an edit: where only some steps have changed, only those.

A stream of a thousand steps is then edited as soon as one of ten. What comes out is what a whole
reading gives, or it is left to that: wherever faults, or any doubt, are about.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

from pydantic import ValidationError

from valuestream.model.consistency import Inconsistency
from valuestream.model.stream import Stream
from valuestream.text.comments import comment_texts
from valuestream.text.compose import compose_part
from valuestream.text.document import Document, Known, document_of
from valuestream.text.extents import dash_line
from valuestream.text.fault import Unreadable
from valuestream.text.lines import Lines
from valuestream.text.nodes import Mapping, Node, Scalar, plain
from valuestream.text.nodes import Sequence as Items
from valuestream.text.source import Source

_FEW = 20
"""With fewer steps than that, a whole reading takes no time to speak of."""


def reparse(document: Document, text: str) -> Document:
    """The document after its text has changed."""
    if text == document.text:
        return document
    again = _in_part(document, text)
    if again is not None:
        return again
    source = Source(text, document.has_bom, document.digest)
    return document_of(document.name, document.path, source)


def _in_part(document: Document, text: str) -> Document | None:
    """The document with the changed steps read again; None where that is not sure to be right."""
    steps = document.node(("steps",))
    stream = document.stream
    if stream is None or not isinstance(steps, Items) or steps.flow or len(steps.items) < _FEW:
        return None
    start, end = differing(document.text, text)
    found = _region(document, steps, start, end)
    if found is None:
        return None
    first, last, a, b = found
    delta = len(text) - len(document.text)
    old, new = document.text[a:b], text[a : b + delta]
    try:
        was, now = compose_part(old, 1), compose_part(new, 1)
    except Unreadable:
        return None
    column = document.lines.column(steps.start)
    if not (_is_list(was, old, column) and _is_list(now, new, column)):
        return None
    assert isinstance(was, Items) and isinstance(now, Items)
    data = {**document.data}
    data["steps"] = [*data["steps"][:first], *plain(now), *data["steps"][last + 1 :]]
    content = _valid(data, stream, first, last, len(now.items))
    if content is None:
        return None
    items = Shifted.of(steps.items).spliced(first, last + 1, Shifted.of(now.items, a), delta)
    root = _root(document.root, replace(steps, end=steps.end + delta, items=items), delta)
    comments = document.comments - Counter(comment_texts(was, Lines(old)))
    comments += Counter(comment_texts(now, Lines(new)))
    known = Known(data, comments)
    return replace(document, text=text, root=root, content=content, known=known)


def differing(one: str, other: str) -> tuple[int, int]:
    """The stretch of a text outside of which another one is the same."""
    most = min(len(one), len(other))
    start = _common(one, other, most)
    end = _common(one[start:][::-1], other[start:][::-1], most - start)
    return start, len(one) - end


def _common(one: str, other: str, most: int) -> int:
    """How many signs two texts share at their start: by halving, as slices compare fast."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _region(
    document: Document, steps: Items, start: int, end: int
) -> tuple[int, int, int, int] | None:
    """The steps in which a stretch lies, from the line of a dash to that of another one.

    What a list's item is does not depend on the items before it, and it ends at the next dash.
    """
    lines, dash = document.lines, document.lines.column(steps.start)

    def begin(at: int) -> int:
        return lines.start(dash_line(steps.items[at], dash, lines))

    if start < begin(0):
        return None
    # What is new before a dash may end the step before it.
    first = _last_before(len(steps.items), lambda at: begin(at) + dash < start)
    last = _last_before(len(steps.items), lambda at: begin(at) < max(end, start + 1))
    if last + 1 == len(steps.items):
        return None  # What ends the list is another matter.
    return first, last, begin(first), begin(last + 1)


def _last_before(size: int, holds: Any) -> int:
    """The last of the indices for which it holds, as it does for all before that."""
    low, high = 0, size - 1
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _is_list(node: Node | None, text: str, column: int) -> bool:
    """Whether it is a list of mappings by dashes, the first of which begins the text."""
    if not isinstance(node, Items) or node.flow or not all(map(_is_block, node.items)):
        return False
    return node.start == column and not text[:column].strip(" ")


def _is_block(node: Node) -> bool:
    return isinstance(node, Mapping) and not node.flow


def _valid(data: dict[str, Any], stream: Stream, first: int, last: int, many: int) -> Stream | None:
    """The stream in the data, with the steps that have not changed; None if there is a fault."""
    steps = [*stream.steps[:first], *data["steps"][first : first + many], *stream.steps[last + 1 :]]
    found: list[Inconsistency] = []
    try:
        content = Stream.model_validate(
            {**data, "steps": steps},
            context={"inconsistencies": found},
            by_alias=True,
            by_name=False,
        )
    except ValidationError:
        return None
    return None if found else content


def _root(root: Mapping | None, steps: Items, delta: int) -> Mapping:
    assert root is not None
    pairs = tuple(
        (key, value)
        if key.start < steps.start and key.text != "steps"
        else (key, steps)
        if key.text == "steps"
        else (shifted(key, delta), shifted(value, delta))
        for key, value in root.pairs
    )
    return Mapping(root.start, root.end + delta, root.flow, pairs)  # type: ignore[arg-type]


def shifted(node: Node, by: int) -> Node:
    """A node further on in the text."""
    if by == 0:
        return node
    start, end = node.start + by, node.end + by
    if isinstance(node, Scalar):
        return Scalar(start, end, node.text, node.style)
    if isinstance(node, Items):
        return Items(start, end, node.flow, tuple(shifted(item, by) for item in node.items))
    pairs = tuple((shifted(key, by), shifted(value, by)) for key, value in node.pairs)
    return Mapping(start, end, node.flow, pairs)  # type: ignore[arg-type]


class Shifted(Sequence[Node]):
    """Items of a list, each put in its place in the text only when it is looked at."""

    def __init__(self, nodes: list[Node], by: list[int]) -> None:
        self._nodes, self._by = nodes, by

    @classmethod
    def of(cls, nodes: Sequence[Node], by: int = 0) -> "Shifted":
        """Such items, further on in the text."""
        if isinstance(nodes, Shifted):
            return cls(list(nodes._nodes), [one + by for one in nodes._by])
        return cls(list(nodes), [by] * len(nodes))

    def spliced(self, start: int, end: int, new: "Shifted", by: int) -> "Shifted":
        """With new items in place of some, and those behind them further on."""
        later = [one + by for one in self._by[end:]]
        return Shifted(
            [*self._nodes[:start], *new._nodes, *self._nodes[end:]],
            [*self._by[:start], *new._by, *later],
        )

    @overload
    def __getitem__(self, at: int) -> Node: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Node]: ...
    def __getitem__(self, at: int | slice) -> Node | Sequence[Node]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if self._by[at]:
            self._nodes[at], self._by[at] = shifted(self._nodes[at], self._by[at]), 0
        return self._nodes[at]

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[Node]:
        return (self[at] for at in range(len(self)))
