"""The slices that set a value, add a key or remove one."""

from typing import Any

from valuestream.model.findings import Place
from valuestream.text.blocks import in_flow, pair
from valuestream.text.document import Document
from valuestream.text.edits import EditRefused, RenameKey, SetValue
from valuestream.text.intended import is_value
from valuestream.text.nodes import Mapping, Scalar, Sequence, child, last_offset
from valuestream.text.scalars import write
from valuestream.text.slices import Slice, below


def set_value(document: Document, edit: SetValue) -> list[Slice]:
    """The slices that write a value at a place."""
    place, node = edit.place, document.node(edit.place)
    if isinstance(node, Scalar) and node.start < node.end:
        style = node.style if node.style in ("'", '"') else None
        return [Slice(node.start, node.end, _on_a_line(edit.value, style, document, place))]
    if isinstance(node, Scalar):
        return [_behind_colon(node, _on_a_line(edit.value, None, document, place))]
    if node is not None:
        if not node.flow:
            raise EditRefused(f"{place[-1]!r} holds a list or a mapping; set or remove its parts")
        return [Slice(node.start, node.end, _on_a_line(edit.value, None, document, place))]
    return add(document, place, edit.value)


def _on_a_line(value: Any, style: str | None, document: Document, place: Place) -> str:
    if isinstance(value, dict | list | tuple):
        return in_flow(value)
    return write(value, style, flow=in_a_flow(document, place))


def rename_key(document: Document, edit: RenameKey) -> list[Slice]:
    """The slice that writes another key where one stands."""
    parent = document.node(edit.place[:-1])
    found = parent.pair(str(edit.place[-1])) if isinstance(parent, Mapping) else None
    if found is None:
        raise EditRefused(f"there is no {edit.place[-1]!r} to rename")
    key = found[0]
    style = key.style if key.style in ("'", '"') else None
    flow = in_a_flow(document, edit.place)
    return [Slice(key.start, key.end, write(edit.key, style, flow=flow))]


def add(document: Document, place: Place, value: Any) -> list[Slice]:
    """The slices that add a key with its value, whose data may be of any kind."""
    parent, key = document.node(place[:-1]), str(place[-1])
    if isinstance(parent, Mapping):
        return [_add_in(parent, key, value, document)]
    if isinstance(parent, Scalar) and parent.is_empty:
        return [_fill(parent, place, key, value, document)]
    if isinstance(parent, Scalar) and is_value(place):
        return _expand(parent, place, key, value, document)
    if parent is None:
        return add(document, place[:-1], {key: value})
    raise EditRefused(f"{place[-2]!r} has no keys")


def _add_in(mapping: Mapping, key: str, value: Any, document: Document) -> Slice:
    if mapping.flow:
        new = in_flow({key: value})[1:-1]
        if not mapping.pairs:
            return Slice(mapping.start, mapping.end, "{" + new + "}")
        end = last_offset(mapping.pairs[-1][1])
        return Slice(end, end, ", " + new)
    indent = document.lines.column(mapping.pairs[0][0].start)
    return below(mapping, pair(key, value, indent), document.lines)


def _fill(nothing: Scalar, place: Place, key: str, value: Any, document: Document) -> Slice:
    """A first key in an element of which only the name stands there."""
    if in_a_flow(document, place[:-1]):
        return _behind_colon(nothing, in_flow({key: value}))
    indent = _indent_of_key(document, place[:-1]) + 2
    if nothing.start < nothing.end:
        # A written null goes.
        new = document.lines.newline + document.lines.newline.join(pair(key, value, indent))
        return Slice(nothing.start, nothing.end, new)
    return below(nothing, pair(key, value, indent), document.lines)


def _expand(text: Scalar, place: Place, key: str, value: Any, document: Document) -> list[Slice]:
    """`value: text` becomes a mapping whose `receives` is the text, as it is written."""
    written = document.text[text.start : text.end]
    if in_a_flow(document, place[:-1]):
        received = f"{{receives: {written}, {in_flow({key: value})[1:-1]}}}"
        return [Slice(text.start, text.end, received)]
    lines = document.lines
    indent = " " * (_indent_of_key(document, place[:-1]) + 2)
    if "\n" in written or "\r" in written:
        written = write(text.text)
    start = len(document.text[: text.start].rstrip())
    head = Slice(start, text.end, f"{lines.newline}{indent}receives: {written}")
    return [head, below(text, pair(key, value, len(indent)), lines)]


def remove(document: Document, place: Place) -> list[Slice]:
    """The slices that remove a key with its value."""
    parent, key = document.node(place[:-1]), str(place[-1])
    if not isinstance(parent, Mapping) or (found := parent.pair(key)) is None:
        raise EditRefused(f"there is no {key!r} to remove")
    index = next(i for i, (k, _) in enumerate(parent.pairs) if k is found[0])
    if len(parent.pairs) == 1 and place[:-1]:
        raise EditRefused(f"{key!r} is the only key of its element; remove the element")
    return (
        [_remove_in_flow(parent, index)] if parent.flow else _remove_lines(parent, index, document)
    )


def _remove_in_flow(parent: Mapping, index: int) -> Slice:
    key, value = parent.pairs[index]
    if index + 1 < len(parent.pairs):
        return Slice(key.start, parent.pairs[index + 1][0].start, "")
    start = last_offset(parent.pairs[index - 1][1]) if index else key.start
    return Slice(start, last_offset(value), "")


def _remove_lines(parent: Mapping, index: int, document: Document) -> list[Slice]:
    key, value = parent.pairs[index]
    lines = document.lines
    first = lines.start(lines.number(key.start))
    last = lines.number(max(key.start, last_offset(value) - 1))
    gone = Slice(first, lines.start(last + 1), "")
    dash = document.text[first : key.start]
    if not dash.strip():
        return [gone]
    # The key stands on its item's line; the next one takes its place behind the dash.
    follower = parent.pairs[index + 1][0].start
    return [gone, Slice(lines.start(lines.number(follower)), follower, dash)]


def in_a_flow(document: Document, place: Place) -> bool:
    """Whether what stands at a place stands inside of `{…}` or `[…]`."""
    node = document.root
    inner = node
    for part in place:
        if isinstance(inner, Mapping | Sequence) and inner.flow:
            return True
        inner = child(inner, part) if inner is not None else None  # type: ignore[assignment]
    return False


def _behind_colon(nothing: Scalar, new: str) -> Slice:
    return Slice(nothing.start, nothing.end, " " * (nothing.start == nothing.end) + new)


def _indent_of_key(document: Document, place: Place) -> int:
    parent = document.node(place[:-1])
    found = parent.pair(str(place[-1])) if isinstance(parent, Mapping) else None
    if found is None:
        raise EditRefused("there is nothing to set a key in")
    return document.lines.column(found[0].start)
