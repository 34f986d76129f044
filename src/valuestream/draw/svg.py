"""Scenes as SVG that opens everywhere: no scripts, no foreign objects, nothing from elsewhere."""

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from zlib import crc32

from valuestream.draw.fonts import STACK, family, is_known
from valuestream.draw.scene import Box, Dot, Group, Node, Scene, Stroke, Text
from valuestream.draw.texts import clean, has_rtl, in_direction
from valuestream.draw.theme import Palette, Theme, attributes, palette_of, stylesheet
from valuestream.draw.typography import FONTS

_LONG = ("row", "ribbon")
_KEPT = 128
"""So many long groups are remembered as they were written: those of a few very long streams."""


def write(scene: Scene, theme: Theme = "light") -> str:
    """The scene as a document; its colours are attributes, and the classes of its stylesheet."""
    # Several pictures may stand on one page: each needs names of its own.
    name = f"vs-{scene.name}-{crc32(scene.title.encode(errors='replace')):08x}"
    return "".join(_Writer(name, theme).document(scene))


@lru_cache(maxsize=_KEPT)
def _kept(name: str, theme: Theme, group: Group) -> str:
    """A long group of a picture, kept for who edits another one."""
    return "".join(_Writer(name, theme).group(group))


class _Writer:
    def __init__(self, name: str, theme: Theme) -> None:
        self.name = name
        self.theme: Theme = theme
        self.palette: Palette = palette_of(theme)
        self._styles: dict[str, str] = {}
        self._owns: dict[tuple[str, str, bool], str] = {}

    def document(self, scene: Scene) -> Iterator[str]:
        name = self.name
        size = f'width="{_number(scene.width)}" height="{_number(scene.height)}"'
        box = f'viewBox="0 0 {_number(scene.width)} {_number(scene.height)}"'
        yield f'<svg xmlns="http://www.w3.org/2000/svg" class="valuestream" {box} {size} '
        yield f'role="img" aria-labelledby="{name}-title {name}-desc" '
        yield f'font-family="{_quote(STACK)}">\n'
        yield f'<title id="{name}-title">{_safe(scene.title)}</title>\n'
        yield f'<desc id="{name}-desc">{_safe(scene.description)}</desc>\n'
        if self.theme == "auto":
            yield f"<style>{stylesheet('auto')}</style>\n"
        yield from self._water()
        yield f"<rect{self._style('page')} {size}/>\n"
        for node in scene.nodes:
            yield from self._node(node)
        yield "</svg>\n"

    def _water(self) -> Iterator[str]:
        yield f'<defs><linearGradient id="{self.name}-water" x1="0" x2="0" y1="0" y2="1">'
        for offset, role in ((0, "water-top"), (1, "water-end")):
            colour = self.palette[role]
            yield f'<stop class="{role}" offset="{offset}" stop-color="{colour}"/>'
        yield "</linearGradient></defs>\n"

    def _style(self, style: str) -> str:
        if style not in self._styles:
            written = _attributes({"class": style, **attributes(style, self.palette)})
            self._styles[style] = written
        return self._styles[style]

    def _node(self, node: Node) -> Iterator[str]:
        if isinstance(node, Group):
            yield from self._group(node)
        elif isinstance(node, Box):
            yield self._box(node)
        elif isinstance(node, Dot):
            at = {"cx": node.x, "cy": node.y, "r": node.radius}
            yield f"<circle{_numbers(at)}{self._style(node.style)}/>\n"
        elif isinstance(node, Stroke):
            yield f'<path d="{node.path}"{self._style(node.style)}/>\n'
        else:
            yield self._text(node)

    def _group(self, group: Group) -> Iterator[str]:
        if group.kind in _LONG:
            yield _kept(self.name, self.theme, group)
        else:
            yield from self.group(group)

    def group(self, group: Group) -> Iterator[str]:
        """A group and all in it."""
        # A prefix, so that no colour of a shape's class is handed down to all texts of a group.
        own = {"class": f"vs-{group.kind}"}
        if group.step is not None:
            own |= {"id": f"{self.name}-{group.kind}-{group.step}", "data-step": group.step}
        yield f"<g{_attributes(own)}>\n"
        if group.title:
            yield f"<title>{_safe(group.title)}</title>\n"
        for node in group.nodes:
            yield from self._node(node)
        yield "</g>\n"

    def _box(self, box: Box) -> str:
        rect = box.rect
        at = {"x": rect.x, "y": rect.y, "width": rect.width, "height": rect.height}
        if box.radius:
            at["rx"] = box.radius
        if box.style == "water":
            fill = _attributes({"class": "water", "fill": f"url(#{self.name}-water)"})
            return f"<rect{_numbers(at)}{fill}/>\n"
        return f"<rect{_numbers(at)}{self._style(box.style)}/>\n"

    def _text(self, text: Text) -> str:
        at = _numbers({"x": text.x, "y": text.y})
        if text.anchor != "start":
            at += f' text-anchor="{text.anchor}"'
        content = _safe(in_direction(text.text, text.rtl))
        rtl = has_rtl(text.text)
        if not rtl and is_known(text.text) and not FONTS[text.style].spacing:
            # With Inter this changes nothing; a wider font is held to the room there is.
            at += _numbers({"textLength": text.rect.width}) + ' lengthAdjust="spacingAndGlyphs"'
        return f"<text{at}{self._own(text.style, family(text.text), rtl)}>{content}</text>\n"

    def _own(self, style: str, first: str, rtl: bool) -> str:
        key = style, first, rtl
        if key not in self._owns:
            own = {"class": style, **attributes(style, self.palette), **_family(first)}
            if rtl:
                own.pop("letter-spacing", None)
            self._owns[key] = _attributes(own)
        return self._owns[key]


def _family(first: str) -> dict[str, str]:
    # Renderers that know only the first family of a list would take any font for the others.
    return {} if STACK.startswith(first) else {"font-family": f"'{first}', {STACK}"}


def _numbers(values: dict[str, float]) -> str:
    return "".join([f' {name}="{_number(value)}"' for name, value in values.items()])


def _attributes(values: dict[str, str]) -> str:
    return "".join(f' {name}="{_quote(value)}"' for name, value in values.items())


def _safe(text: str) -> str:
    # Directions are ours here: persons' texts were cleaned when they were set.
    if text.isprintable():
        return _escape(text)
    return _escape("".join(c if c.isprintable() or c in _OURS else " " for c in text))


_OURS = "\u2066\u2067\u2068\u2069\u200c\u200d\u200e\u200f"


def _escape(text: str) -> str:
    return escape(text, quote=False)


def _quote(text: str) -> str:
    return escape(clean(text), quote=True).replace("&#x27;", "'")


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
