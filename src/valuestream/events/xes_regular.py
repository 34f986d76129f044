"""Traces as nearly all programs write them, taken apart at their quotes.

Only a narrow form of XML is read here, and all of it is checked: `<trace>`, `<event>` and
`<string key="…" value="…"/>` with white space between, the five named entities. Whatever else
stands in the text, well-formed or not, makes it irregular, and a parser reads it instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

_SPACE = " \t\r\n"
_BEGINS = {f"{kind} key=" for kind in ("string", "date", "int", "float", "boolean", "id")}
_TAGS = {"trace>", "/trace>", "event>", "/event>"}
_AFTER = {
    ("log", "trace"): "trace",
    ("trace", "event"): "event",
    ("event", "/event"): "trace",
    ("trace", "/trace"): "log",
}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_NO_TEXT = bytes(byte for byte in range(32) if byte not in b"\t\r\n")
_NO_CHARACTERS = ("\ufffe", "\uffff")
Row = tuple[tuple[str, ...], list[str]]
"""The keys and the values of an event or a trace."""


class IrregularError(Exception):
    """The text is not of the form that is read here."""


@dataclass(slots=True)
class Trace:
    """A trace: its own attributes and its events."""

    own: Row = ((), [])
    events: list[Row] = field(default_factory=list)


def traces(piece: bytes, encoding: str) -> list[Trace]:
    """The traces of a text that holds whole ones and nothing else. Raises IrregularError."""
    tokens = _decoded(piece, encoding).split('"')
    # A structure, a key, ` value=`, a value, and so on; a structure at the end.
    structures, keys, values = tokens[::4], tokens[1::4], tokens[3::4]
    if len(tokens) % 4 != 1 or len(tokens) == 1 or {*tokens[2::4]} != {" value="}:
        raise IrregularError
    values = _plain(keys, values)
    return [*_assembled(structures, keys, values)]


def _decoded(piece: bytes, encoding: str) -> str:
    if len(piece.translate(None, _NO_TEXT)) != len(piece):
        raise IrregularError
    try:
        text = piece.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise IrregularError from error
    if any(character in text for character in _NO_CHARACTERS):
        raise IrregularError
    return text


def _plain(keys: list[str], values: list[str]) -> list[str]:
    """The values without entities."""
    names, texts = "".join({*keys}), "".join(values)
    # White space in values is for a parser to make into blanks.
    if any(c in names for c in "<&\t\r\n") or any(c in texts for c in "<\t\r\n"):
        raise IrregularError
    if "&" not in texts:
        return values
    for entity in _ENTITIES:
        texts = texts.replace(entity, "")
    if "&" in texts:
        raise IrregularError
    return [_without_entities(value) if "&" in value else value for value in values]


def _without_entities(value: str) -> str:
    for entity, character in _ENTITIES.items():
        value = value.replace(entity, character)
    return value


def _assembled(structures: list[str], keys: list[str], values: list[str]) -> Iterator[Trace]:
    # Most structures only end an attribute and begin the next one: nothing moves there.
    first, *inner, last = structures
    moves = {structure: _moves(structure) for structure in {*inner}}
    marks = [n for n, structure in enumerate(inner, 1) if moves[structure]]
    open_, trace = _moved("log", _moves(f"/>{first}")), Trace()
    moved = cache(lambda open_, structure: _moved(open_, moves[structure]))
    begin, before, same = 0, keys[:0], tuple(keys[:0])
    for mark in (*marks, len(keys)):
        if open_ == "event":
            own = keys[begin:mark]
            # Most events have the keys of the one before, which need not be kept twice.
            if own != before:
                before, same = own, tuple(own)
            trace.events.append((same, values[begin:mark]))
        elif open_ == "trace":
            trace.own = (trace.own[0] + (*keys[begin:mark],), trace.own[1] + values[begin:mark])
        else:
            raise IrregularError
        begin = mark
        if mark == len(keys):
            open_ = _moved(open_, _moves(f"{last}<string key="))
            yield trace
        else:
            structure = structures[mark]
            open_ = moved(open_, structure)
            if "/trace" in moves[structure]:
                yield trace
                trace = Trace()
    if open_ != "log":
        raise IrregularError


def _moves(structure: str) -> tuple[str, ...]:
    """The tags between the end of an attribute and the begin of the next one."""
    end, *tags = structure.split("<")
    begin = tags.pop() if tags else ""
    tags = [tag.rstrip(_SPACE) for tag in tags]
    if end.rstrip(_SPACE) != "/>" or begin not in _BEGINS or not _TAGS.issuperset(tags):
        raise IrregularError
    return tuple(tag[:-1] for tag in tags)


def _moved(open_: str, moves: tuple[str, ...]) -> str:
    """What is open after some tags. An event or a trace without attributes is irregular, too."""
    for place, move in enumerate(moves):
        alone = move == "event" and place < len(moves) - 1
        if alone or moves.count(move) > 1 or (open_, move) not in _AFTER:
            raise IrregularError
        open_ = _AFTER[open_, move]
    return open_
