"""Which lines belong to a step: its own, and the comments that stand with it."""

from collections.abc import Iterator
from typing import NamedTuple

from valuestream.model.findings import Place
from valuestream.text.lines import Lines
from valuestream.text.nodes import Mapping, Node, Sequence, child, last_offset


class Extent(NamedTuple):
    """From where to where an element with its comments goes, and its place."""

    place: Place
    start: int
    end: int


def step_extents(root: Mapping, lines: Lines) -> tuple[Extent, ...]:
    """The extents of all steps and sub-steps, outer ones first."""
    return tuple(_steps(root, "steps", (), lines))


def _steps(parent: Node, key: str, place: Place, lines: Lines) -> Iterator[Extent]:
    items = child(parent, key)
    if not isinstance(items, Sequence):
        return
    here: Place = (*place, key)
    for index, (start, end) in enumerate(item_extents(items, lines)):
        yield Extent((*here, index), start, end)
        yield from _steps(items.items[index], "sub-steps", (*here, index), lines)


def item_extents(items: Sequence, lines: Lines) -> list[tuple[int, int]]:
    """For each item of a list, where it begins and ends.

    In a list of dashes: the lines from the comments directly above the dash (those further in
    belong to the item above) to the comments below that are further in than the dash. In `[…]`:
    the item itself.
    """
    if items.flow:
        return [(item.start, item.end) for item in items.items]
    dash = lines.column(items.start)
    ends = [_end_line(item, dash, lines) for item in items.items]
    firsts = [dash_line(item, dash, lines) for item in items.items]
    floor = lines.number(items.start)
    # Above the first dash, the list's key stands; comments begin below it.
    limits = [_comments_above(floor, dash, 0, lines), *ends[:-1]]
    starts = [
        _comments_above(first, dash, limit, lines)
        for first, limit in zip(firsts, limits, strict=True)
    ]
    return [(lines.start(a), lines.start(b)) for a, b in zip(starts, ends, strict=True)]


def dash_line(item: Node, dash: int, lines: Lines) -> int:
    """The line of an item's dash, which may stand on a line above the item."""
    number = lines.number(item.start)
    while number > 0:
        line = lines.content(number)
        if line[dash : dash + 1] == "-" and not line[:dash].strip():
            return number
        number -= 1
    return number


def _end_line(item: Node, dash: int, lines: Lines) -> int:
    """The line behind an item and behind the comments below it that are further in."""
    end = lines.number(max(item.start, last_offset(item) - 1)) + 1
    number = end
    while number < len(lines) and (comment := lines.content(number)).strip()[:1] in ("#", ""):
        if comment.strip():
            if _indentation(comment) <= dash:
                break
            end = number + 1
        number += 1
    return end


def _comments_above(first: int, dash: int, limit: int, lines: Lines) -> int:
    while first > limit:
        line = lines.content(first - 1)
        if not line.strip().startswith("#") or _indentation(line) > dash:
            break
        first -= 1
    return first


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())
