"""The comments of a text, and what they silence."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from valuestream.model.findings import Finding, Place
from valuestream.text.extents import Extent, step_extents
from valuestream.text.lines import Lines
from valuestream.text.nodes import Mapping, Node, scalars

_IGNORE = re.compile(r"#\s*valuestream:\s*ignore\s+(VS\d+(?:\s*,\s*VS\d+)*)", re.IGNORECASE)


class Silence(NamedTuple):
    """A code that is silenced in an element; the place () is the stream, None the whole file."""

    code: str
    place: Place | None

    def covers(self, finding: Finding, place: Place) -> bool:
        """Whether it silences a finding at a place."""
        if finding.code != self.code:
            return False
        if self.place is None:
            return True
        if self.place == ():
            return not _is_in_a_step(place)
        return place[: len(self.place)] == self.place


def silences(root: Mapping, lines: Lines) -> tuple[Silence, ...]:
    """All that the comments of a text silence."""
    if "valuestream:" not in lines.text:
        return ()
    found = [(at, m) for at in comments(root, lines) if (m := _IGNORE.match(lines.text, at))]
    extents = step_extents(root, lines) if found else ()
    return tuple(
        Silence(code.strip().upper(), _silenced(at, root, extents))
        for at, match in found
        for code in match[1].split(",")
    )


def comments(root: Node, lines: Lines) -> Iterator[int]:
    """The offsets at which comments begin."""
    spans = iter(sorted((s.start, s.end) for s in scalars(root) if s.end > s.start))
    start, end = next(spans, (len(lines.text), 0))
    at = lines.text.find("#")
    while at >= 0:
        while end <= at and start < len(lines.text):
            start, end = next(spans, (len(lines.text), 0))
        if start <= at < end:
            at = lines.text.find("#", end)
            continue
        if at == 0 or lines.text[at - 1] in " \t\r\n":
            yield at
        at = lines.text.find("#", lines.start(lines.number(at) + 1))


def comment_texts(root: Node, lines: Lines) -> Iterator[str]:
    """The comments, each with its sign and without the blanks around it."""
    for at in comments(root, lines):
        yield lines.text[at : lines.start(lines.number(at) + 1)].strip()


def _silenced(at: int, root: Mapping, extents: tuple[Extent, ...]) -> Place | None:
    if at < root.start:
        return None
    inside = [e for e in extents if e.start <= at < e.end]
    return max(inside, key=lambda e: len(e.place)).place if inside else ()


def _is_in_a_step(place: Place) -> bool:
    return len(place) > 1 and place[0] == "steps"
