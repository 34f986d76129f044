"""Two changes of one text brought together: by its elements, and with everybody's comments."""

from difflib import SequenceMatcher

from valuestream.store.handles import LISTS
from valuestream.text.again import reparse
from valuestream.text.document import Document
from valuestream.text.merge import Conflict, merge
from valuestream.text.rewrite import rewrite


class Contradiction(Exception):
    """Both changed the same, each in another way."""

    def __init__(self, conflicts: list[Conflict]) -> None:
        self.conflicts = conflicts
        super().__init__("; ".join(conflict.says for conflict in conflicts))

    @property
    def where(self) -> str:
        """The first of them in a sentence: `Check-in / wait`."""
        way = self.conflicts[0].way
        return " / ".join(part for part in way if part not in LISTS) or way[-1]


def brought_together(base: Document, ours: Document, theirs: Document) -> Document:
    """Our document with their changes since the base; what contradicts is not decided.

    Raises Contradiction where both changed the same, and EditRefused where no edits lead there.
    """
    if ours.text == base.text:
        return reparse(ours, theirs.text)
    merged = merge(base.data, ours.data, theirs.data)
    if merged.conflicts:
        raise Contradiction(merged.conflicts)
    return _written(base, ours, theirs, merged.data)


def theirs_first(base: Document, ours: Document, theirs: Document) -> Document:
    """As `brought_together`, but where both changed the same, what they wrote stands."""
    if ours.text == base.text:
        return reparse(ours, theirs.text)
    return _written(base, ours, theirs, merge(base.data, theirs.data, ours.data).data)


def _written(base: Document, ours: Document, theirs: Document, data: dict) -> Document:  # type: ignore[type-arg]
    lines = by_lines(base.text, ours.text, theirs.text)
    if lines is not None:
        by_line = reparse(ours, lines)
        if by_line.root is not None and by_line.data == data:
            return by_line
    result = rewrite(ours, data)
    lost = theirs.comments - base.comments - result.comments
    if lost:
        comment = next(iter(lost))
        raise Contradiction([Conflict(("comment",), None, comment)])
    return result


def by_lines(base: str, ours: str, theirs: str) -> str | None:
    """Our text with their changes of lines; None where we have other lines there."""
    if ours == theirs:
        return ours
    one, own, other = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    now = {a: b for a, b, size in _blocks(one, own) for a, b in zip_blocks(a, b, size)}
    for i1, i2, j1, j2 in reversed(_hunks(one, other)):
        places = [now.get(at) for at in range(i1, i2)]
        start = places[0] if places else _between(now, i1, len(one), len(own))
        if start is None or places != [start + n for n in range(len(places))]:
            return None
        own[start : start + len(places)] = other[j1:j2]
    return "".join(own)


def zip_blocks(a: int, b: int, size: int) -> list[tuple[int, int]]:
    """The pairs of lines of a block."""
    return [(a + n, b + n) for n in range(size)]


def _between(now: dict[int, int], at: int, size: int, own: int) -> int | None:
    """Where lines go that they inserted before a line of the base."""
    if at and at - 1 in now:
        return now[at - 1] + 1
    if at in now:
        return now[at]
    return (0 if at == 0 else own if at == size else None) if size else own


def _hunks(one: list[str], other: list[str]) -> list[tuple[int, int, int, int]]:
    found, a, b = [], 0, 0
    for start, to, size in _blocks(one, other):
        if start > a or to > b:
            found.append((a, start, b, to))
        a, b = start + size, to + size
    return found


def _blocks(one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """The runs of lines that are in both, in order; the last one is empty."""
    most = min(len(one), len(other))
    head = next((i for i in range(most) if one[i] != other[i]), most)
    tail = next((i for i in range(most - head) if one[-1 - i] != other[-1 - i]), most - head)
    middle = SequenceMatcher(
        None, one[head : len(one) - tail], other[head : len(other) - tail]
    ).get_matching_blocks()[:-1]
    return [
        (0, 0, head),
        *((a + head, b + head, size) for a, b, size in middle),
        (len(one) - tail, len(other) - tail, tail),
        (len(one), len(other), 0),
    ]
