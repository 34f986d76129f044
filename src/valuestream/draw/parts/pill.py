"""A few words on a line."""

from valuestream.draw.fonts import width
from valuestream.draw.paragraphs import fitted
from valuestream.draw.scene import Box, Group, Rect, Text
from valuestream.draw.texts import is_rtl
from valuestream.draw.typography import FONTS

HEIGHT = 26.0
_PADDING = 12.0


def pill_width(text: str) -> float:
    """How wide the pill of a text is."""
    font = FONTS["pill-text"]
    return width(text, font.size, font.weight) + 2 * _PADDING


def pill(text: str, x: float, y: float, most: float, *, tone: str = "") -> Group:
    """The words in a pill around the point; shortened where it would be wider than `most`."""
    shown = fitted(text, most - 2 * _PADDING, "pill-text", 1)
    line = shown.lines[0]
    wide = pill_width(line)
    rect = Rect(x - wide / 2, y - HEIGHT / 2, wide, HEIGHT)
    words = Text(x, y + 4.5, line, f"pill-text{tone}", "middle", is_rtl(line))
    box = Box(rect, f"pill{tone}", HEIGHT / 2)
    return Group("pill", (box, words), title=text if shown.cut else "", room=rect)
