"""Texts set in columns: broken into lines, each line at its place."""

from valuestream.draw.breaking import Lines, broken
from valuestream.draw.scene import ASCENT, Anchor, Text
from valuestream.draw.texts import is_rtl
from valuestream.draw.typography import FONTS


def fitted(text: str, room: float, style: str, most: int = 1000) -> Lines:
    """The lines of a text in a style, at most so many in so many pixels."""
    font = FONTS[style]
    wide = room - font.spacing * len(text) if most == 1 else room
    return broken(text, max(wide, font.size * 1.3), font.size, font.weight, most)


def height_of(lines: Lines, style: str) -> float:
    """The height of a paragraph, in pixels."""
    return len(lines.lines) * FONTS[style].line


def paragraph(lines: Lines, x: float, top: float, room: float, style: str) -> tuple[Text, ...]:
    """The lines in a column from x on, at the side where their language starts to read."""
    anchor: Anchor = "end" if is_rtl("".join(lines.lines)) else "start"
    return set_lines(lines, x + room if anchor == "end" else x, top, style, anchor)


def one_line(text: str, x: float, baseline: float, room: float, style: str) -> Text:
    """A text on one line from x on; what does not fit ends in an ellipsis."""
    line = fitted(text, room, style, 1).lines[0]
    return Text(x, baseline, line, style, rtl=is_rtl(line))


def set_lines(
    lines: Lines, x: float, top: float, style: str, anchor: Anchor = "start"
) -> tuple[Text, ...]:
    """The lines under each other, each with its start, middle or end at x."""
    font = FONTS[style]
    rtl = is_rtl("".join(lines.lines))
    first = top + (font.line - font.size) / 2 + ASCENT * font.size
    return tuple(
        Text(x, first + i * font.line, line, style, anchor, rtl)
        for i, line in enumerate(lines.lines)
        if line
    )
