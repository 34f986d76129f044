"""Traces as nearly all programs write them, taken apart at their quotes.

Only a narrow form of XML is read here, and all of it is checked: `<trace>`, `<event>` and
`<string key="…" value="…"/>` with white space between, the five named entities. Whatever else
stands in the text, well-formed or not, makes it irregular, and a parser reads it instead.

Most events of a log differ in their values alone. The rest of their text is their shape: it is
checked once, and what is equal to it is of the same form.
"""

import re
from typing import Literal, NamedTuple

from valuestream.events.text_table import SEPARATOR

Line = tuple[Literal["event", "trace"], tuple[str, ...], bytes, int]
"""An event, or a trace after its events: its keys, its values with SEPARATOR between, 0 nested."""

_SPACE = b" \t\r\n"
_BEGINS = {f"{kind} key=".encode() for kind in ("string", "date", "int", "float", "boolean", "id")}
# What stands between two attributes of one event: nothing, its begin, or that of its trace as well.
_MOVES = {(): "-", (b"event>",): "e", (b"/trace>", b"trace>"): "t"}
_WHOLE = re.compile("(t-*)?e-+")
_ENTITIES = {b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'", b"&amp;": b"&"}
# White space in values is for a parser to make into blanks; the others are no characters of XML.
_NOT_IN_VALUES = bytes(range(32)) + b"<"
_NO_CHARACTERS = ("\ufffe", "\uffff")
_MOST_SHAPES = 1_000


class IrregularError(Exception):
    """The text is not of the form that is read here."""


class _Shape(NamedTuple):
    """The keys of a trace that begins with an event (none where it goes on), and of the event."""

    of_trace: tuple[str, ...]
    keys: tuple[str, ...]


class Shapes:
    """The shapes that were seen in a log: all of an event's text but its values."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._known: dict[tuple[bytes, ...], _Shape] = {}

    def lines(self, piece: bytes) -> list[Line]:
        """The lines of a text that holds whole traces with events and nothing else.

        Raises IrregularError.
        """
        *events, end = _utf8(piece, self._encoding).split(b"</event>")
        if end.strip(_SPACE) != b"</trace>" or not events:
            raise IrregularError
        # So each trace begins with the end of one.
        events[0] = end + events[0]
        lines, values = self._assembled(events)
        if b"&" not in _checked(values):
            return lines
        return [(kind, keys, _without_entities(texts), 0) for kind, keys, texts, _ in lines]

    def _assembled(self, events: list[bytes]) -> tuple[list[Line], list[bytes]]:
        """The lines, and all of their values."""
        lines: list[Line] = []
        every: list[bytes] = []
        last: list[bytes] = []
        shape = _Shape((), ())
        own: Line | None = None
        for event in events:
            # What stands before an attribute, its key, ` value=`, its value, and so on; the end.
            rest = event.split(b'"')
            values = rest[3::4]
            del rest[3::4]
            if rest != last:
                last, shape = rest, self._shape(tuple(rest))
            every += values
            if of_trace := len(shape.of_trace):
                if own:
                    lines.append(own)
                own = "trace", shape.of_trace, SEPARATOR.join(values[:of_trace]), 0
                del values[:of_trace]
            lines.append(("event", shape.keys, SEPARATOR.join(values), 0))
        return [*lines, own] if own else lines, every

    def _shape(self, rest: tuple[bytes, ...]) -> _Shape:
        shape = self._known.get(rest)
        if shape is None:
            shape = _shape(rest)
            if len(self._known) == _MOST_SHAPES:
                self._known.clear()
            self._known[rest] = shape
        return shape


def _utf8(piece: bytes, encoding: str) -> bytes:
    if piece.isascii():
        return piece
    try:
        text = piece.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise IrregularError from error
    if any(character in text for character in _NO_CHARACTERS):
        raise IrregularError
    return text.encode()


def _checked(values: list[bytes]) -> bytes:
    """All of the values. Raises IrregularError where one holds what none may."""
    text = plain = b"".join(values)
    if len(text.translate(None, _NOT_IN_VALUES)) < len(text):
        raise IrregularError
    if b"&" in text:
        for entity in _ENTITIES:
            plain = plain.replace(entity, b"")
        if b"&" in plain:
            raise IrregularError
    return text


def _without_entities(values: bytes) -> bytes:
    for entity, character in _ENTITIES.items():
        values = values.replace(entity, character)
    return values


def _shape(rest: tuple[bytes, ...]) -> _Shape:
    """The shape that all but the values of an event is. Raises IrregularError."""
    keys = [key.decode() for key in rest[1::3]]
    if len(rest) % 3 != 1 or {*rest[2::3]} != {b" value="} or b"&" in _checked([*rest[1::3]]):
        raise IrregularError
    # Before the first attribute none ends, and after the last one none begins.
    between = b'"'.join([b"/>" + rest[0], *rest[3::3]]) + b"<string key="
    order = "".join(map(_move, between.split(b'"')))
    if not _WHOLE.fullmatch(order):
        raise IrregularError
    begin = order.index("e")
    shape = _Shape(tuple(keys[:begin]), tuple(keys[begin:]))
    if "" in keys or any(len({*own}) < len(own) for own in shape):
        raise IrregularError
    return shape


def _move(structure: bytes) -> str:
    """The letter of what stands between the end of an attribute and the begin of the next one."""
    end, *tags = structure.split(b"<")
    begin = tags.pop() if tags else b""
    moves = tuple(tag.rstrip(_SPACE) for tag in tags)
    if end.rstrip(_SPACE) != b"/>" or begin not in _BEGINS or moves not in _MOVES:
        raise IrregularError
    return _MOVES[moves]
