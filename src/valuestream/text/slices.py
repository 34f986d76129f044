"""Slices of a text, and what is put in their place."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from valuestream.text.lines import Lines
from valuestream.text.nodes import Node, last_offset


class Slice(NamedTuple):
    """From where to where the text is replaced, and by what."""

    start: int
    end: int
    new: str


def applied(text: str, slices: Iterable[Slice]) -> str:
    """The text with the slices replaced."""
    for start, end, new in sorted(slices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def below(node: Node, new: Sequence[str], lines: Lines) -> Slice:
    """New lines below the last line of a node."""
    number = lines.number(max(node.start, last_offset(node) - 1)) + 1
    at = lines.start(number)
    text = lines.newline.join(new) + lines.newline
    if number >= len(lines):
        # The text's last line has no end yet, and the new last line gets none either.
        text = lines.newline + text.removesuffix(lines.newline)
    return Slice(at, at, text)
