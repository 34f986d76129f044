"""What a text holds, each part with the offsets at which it begins and ends."""

from collections.abc import Iterator
from collections.abc import Sequence as Many
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from valuestream.model.findings import Place
from valuestream.text.scalars import Plain, resolve


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value: its text as read, and how it is written (None plain, else ' " | or >)."""

    start: int
    end: int
    text: str
    style: str | None

    @property
    def value(self) -> Plain:
        """What the scalar means: only a plain one can be null, true, false or a number."""
        return self.text if self.style else resolve(self.text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written: `key:` with nothing behind it, or null."""
        return self.value is None


@dataclass(frozen=True)
class Mapping:
    """Keys and values. `flow` is whether it is written `{a: b}`."""

    start: int
    end: int
    flow: bool
    pairs: "tuple[tuple[Scalar, Node], ...]"

    @cached_property
    def _places(self) -> dict[str, int]:
        places: dict[str, int] = {}
        for place, (key, _) in enumerate(self.pairs):
            places.setdefault(key.text, place)
        return places

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def pair(self, key: str) -> "tuple[Scalar, Node] | None":
        """A key and its value, as nodes; None where the key is not there."""
        place = self._places.get(key)
        return None if place is None else self.pairs[place]


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list. `flow` is whether it is written `[a, b]`."""

    start: int
    end: int
    flow: bool
    items: "Many[Node]"


Node: TypeAlias = Scalar | Mapping | Sequence


def plain(node: Node) -> Any:
    """The data of a node: dictionaries with text keys, lists, texts, numbers, bools and None."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    data: dict[str, Any] = {}
    for key, value in node.pairs:
        data.setdefault(key.text, plain(value))
    return data


def child(node: Node, part: str | int) -> Node | None:
    """The value at a key, or the item at an index; None where there is none."""
    if isinstance(node, Mapping) and isinstance(part, str):
        pair = node.pair(part)
        return pair[1] if pair else None
    if isinstance(node, Sequence) and isinstance(part, int) and 0 <= part < len(node.items):
        return node.items[part]
    return None


def at(root: Node, place: Place) -> Node | None:
    """The node at a place; None where there is none."""
    node: Node | None = root
    for part in place:
        node = child(node, part) if node is not None else None
    return node


def offset(root: Node, place: Place) -> int:
    """The offset to point at for a place: the value's, or as near to it as the text has one.

    A key with nothing or with a block behind it is pointed at itself, and so is the parent of what
    is not there.
    """
    node, found = root, root.start
    for part in place:
        inner = child(node, part)
        if inner is None:
            return found
        found = inner.start
        if isinstance(node, Mapping) and isinstance(part, str):
            pair = node.pair(part)
            if pair and not _stands_on_its_key_line(inner):
                found = pair[0].start
        node = inner
    return found


def key_offset(root: Node, place: Place) -> int:
    """The offset of the key that a place ends in, else as `offset`."""
    parent = at(root, place[:-1])
    pair = parent.pair(str(place[-1])) if isinstance(parent, Mapping) else None
    return pair[0].start if pair else offset(root, place)


def _stands_on_its_key_line(node: Node) -> bool:
    return not node.is_empty if isinstance(node, Scalar) else node.flow


def last_offset(node: Node) -> int:
    """The offset behind the last character that belongs to a node.

    A block's own end lies behind the comments and blank lines that follow it.
    """
    while not isinstance(node, Scalar):
        if node.flow:
            return node.end
        node = node.pairs[-1][1] if isinstance(node, Mapping) else node.items[-1]
    return node.end


def scalars(root: Node) -> Iterator[Scalar]:
    """All scalars, keys too, in the order of the text."""
    left: list[Node] = [root]
    while left:
        node = left.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            left.extend(reversed(node.items))
        else:
            left.extend(part for pair in reversed(node.pairs) for part in reversed(pair))
