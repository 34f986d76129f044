"""Pages in parts, so that whoever has one version of a page is sent what another one has otherwise.

Templates mark the parts: `part("#panel")`, the element, `end`. Where an element is a list of
others, `item` stands before each of these and `close` behind the last. The marks are nobody's to
guess and never leave the studio.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from secrets import token_hex

from markupsafe import Markup

_MARK = Markup("<!--") + token_hex(8)
ITEM, CLOSE, END = (Markup("{}{}-->").format(_MARK, kind) for kind in "+/.")
_GROUP = re.compile(r"<g[ >]|<(/)g>\n")
"""Pictures have each element on lines of its own."""
_END_OF_SVG = "</svg>\n"


def part(target: str) -> Markup:
    """The mark before an element, which the selector `target` finds on the page."""
    return Markup("{} {}-->").format(_MARK, target)


@dataclass(frozen=True, slots=True)
class Part:
    """An element of a page: its start, the elements in it that are sent one by one, its end.

    `target` is its selector, as HTML writes it.
    """

    target: str
    start: str
    items: tuple[str, ...] = ()
    end: str = ""

    @property
    def html(self) -> str:
        """The whole element."""
        return "".join((self.start, *self.items, self.end))

    def since(self, before: "Part") -> Iterator[str]:
        """What makes it of what it was: itself, or those of its elements that differ."""
        if (before.start, before.end) != (self.start, self.end):
            yield _swap(self.target, self.html, self._anew)
            return
        both = min(len(before.items), len(self.items))
        for at in range(both):
            if before.items[at] != self.items[at]:
                yield self._item(at, self.items[at], self._anew)
        # Places are those of before, whatever else comes or goes.
        for at in range(both, len(before.items)):
            yield self._item(at, "", "delete")
        if more := self.items[both:]:
            yield _swap(self.target, self._inside("".join(more)), "beforeend", self._strip)

    def _item(self, at: int, html: str, how: str) -> str:
        child = f"{self.target} &gt; :nth-child({at + 1})"
        return _swap(child, self._inside(html), how, self._strip)

    @property
    def _is_svg(self) -> bool:
        return self.start.startswith("<svg")

    @property
    def _anew(self) -> str:
        # Nobody stands in a picture or types there: to morph it would only take longer.
        return "outerHTML settle:0" if self._is_svg else "outerMorph"

    @property
    def _strip(self) -> str:
        return " strip:true" if self._is_svg else ""

    def _inside(self, html: str) -> str:
        # Shapes are shapes only in an svg, which is taken off again.
        return f"<svg>{html}</svg>" if self._is_svg else html.strip()


def _swap(target: str, html: str, how: str, strip: str = "") -> str:
    return f'<hx-partial hx-target="{target}" hx-swap="{how}{strip}">{html}</hx-partial>\n'


@dataclass(frozen=True)
class Parted:
    """A page: its parts, and what stands before each of them and after the last."""

    frame: tuple[str, ...]
    parts: tuple[Part, ...]

    @classmethod
    def of(cls, marked: str) -> "Parted":
        """The page in a rendered template."""
        before, *marks = marked.split(_MARK)
        frame, parts = [before], list[Part]()
        target, pieces = "", list[str]()
        for piece in marks:
            mark, _, text = piece.partition("-->")
            if mark == ".":
                start, *items = pieces
                end = items.pop() if items else ""
                parts.append(Part(target, start, tuple(items), end))
                frame.append(text)
            elif mark in "+/":
                pieces.append(text)
            else:
                target, pieces = mark[1:], [text]
        return cls(tuple(frame), tuple(parts))

    @cached_property
    def outline(self) -> tuple[object, ...]:
        """What must be the same for a page to be changed part by part."""
        return self.frame, tuple(part.target for part in self.parts)

    @property
    def html(self) -> str:
        """The whole page."""
        between = (
            text
            for part, after in zip(self.parts, self.frame[1:], strict=True)
            for text in (part.html, after)
        )
        return "".join((self.frame[0], *between))

    def since(self, before: "Parted") -> str | None:
        """What makes it of another page, in the words of htmx; None where only the whole does."""
        if before.outline != self.outline:
            return None
        both = zip(before.parts, self.parts, strict=True)
        return "".join(text for one, other in both if one != other for text in other.since(one))


def in_parts(svg: str) -> str:
    """A picture with the marks of its shapes: those on top, each with all that is in it."""
    head, _, rest = svg.partition(">\n")
    shapes = "".join(f"{ITEM}{shape}" for shape in _shapes(rest.removesuffix(_END_OF_SVG)))
    return f"{head}>\n{shapes}{CLOSE}{_END_OF_SVG}"


def _shapes(rest: str) -> Iterator[str]:
    at = depth = 0
    for tag in _GROUP.finditer(rest):
        if not tag[1]:
            if depth == 0:
                yield from rest[at : tag.start()].splitlines(keepends=True)
                at = tag.start()
            depth += 1
            continue
        depth -= 1
        if depth == 0:
            yield rest[at : tag.end()]
            at = tag.end()
    yield from rest[at:].splitlines(keepends=True)
