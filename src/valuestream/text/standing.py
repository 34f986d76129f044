"""Where one stands in a text that is being typed, broken as it may be: by its lines alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from valuestream.model.findings import Place
from valuestream.text.lines import Lines

_DASHES = re.compile(r" *(?:- +)*(?:-$)?")
# None of these looks at a letter more than a few times, however long a line is.
_KEY = re.compile(
    r"""("[^"]*"[ ]*|'[^']*'[ ]*|[^\s#'"\[{&*!|>%@`-][^:#]*|-[^\s:#][^:#]*):(?:\s|$)"""
)
_STEP = re.compile(r"^ *(?:- +)*step *: *(.+)$", re.MULTILINE)
_OPEN, _CLOSED = "[{", "]}"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the caret is.

    Attributes:
        place: The keys and items above; of a value, its own key, too.
        is_key: Whether a key can stand here, of what is at the place.
        is_value: Whether a value can.
        start: The offset at which what is being typed begins.
        beside: The keys that stand in the same mapping.
        in_flow: Whether it is inside of brackets.
    """

    place: Place
    is_key: bool
    is_value: bool
    start: int
    beside: frozenset[str]
    in_flow: bool = False


def standing(text: str, offset: int) -> Standing | None:
    """Where one stands; None inside of a comment."""
    lines = Lines(text)
    number = lines.number(offset)
    begin = lines.start(number)
    before = text[begin:offset]
    if _is_comment(before):
        return None
    column = _first_column(before)
    own = _above(lines, number, column)
    key = _KEY.match(before, column)
    if key is None:
        beside = _beside(lines, number, column)
        return _in_flow(before, column, begin, own) or Standing(
            own, True, bool(own) and isinstance(own[-1], int), begin + column, beside
        )
    own = (*own, _name(key[1]))
    start = key.end() + len(before[key.end() :]) - len(before[key.end() :].lstrip(" "))
    return _in_flow(before, start, begin, own) or Standing(
        own, False, True, begin + min(start, len(before)), frozenset()
    )


def steps(text: str) -> tuple[str, ...]:
    """The names of the steps, as far as their lines can be read."""
    found = (_name(name.partition(" #")[0]) for name in _STEP.findall(text))
    return tuple(dict.fromkeys(name for name in found if name))


def _is_comment(before: str) -> bool:
    return bool(re.search(r"(?:^|\s)#", re.sub(r"""(['"]).*?\1""", "", before)))


def _name(written: str) -> str:
    name = written.strip()
    quoted = len(name) > 1 and name[0] == name[-1] and name[0] in "'\""
    return name[1:-1] if quoted else name


def _first_column(line: str) -> int:
    """The column behind the dashes of a line."""
    found = _DASHES.match(line)
    return found.end() if found else 0


def _dashes(line: str) -> list[int]:
    """The columns of a line's dashes, the last one first."""
    return [n for n in range(_first_column(line) - 1, -1, -1) if line[n] == "-"]


def _above(lines: Lines, number: int, column: int) -> Place:
    """The keys and items that what begins at a column of a line stands in."""
    place: list[str | int] = []
    current, in_list = column, False
    for at in range(number, -1, -1):
        line = lines.content(at)
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        first = _first_column(line)
        key = _KEY.match(line, first) if at < number else None
        # A list may stand as far left as the key that it is the value of.
        if key and (first < current or (in_list and first == current)):
            place.append(_name(key[1]))
            current, in_list = first, False
        for dash in _dashes(line):
            if dash < current:
                place.append(0)
                current, in_list = dash, True
        if current == 0 and not in_list:
            break
    return tuple(reversed(place))


def _beside(lines: Lines, number: int, column: int) -> frozenset[str]:
    """The keys at the same column, of the same mapping."""
    up = (lines.content(n) for n in range(number - 1, -1, -1))
    down = (lines.content(n) for n in range(number + 1, len(lines)))
    begins_here = bool(_dashes(lines.content(number)))
    return frozenset(
        (*([] if begins_here else _keys(up, column)), *_keys(down, column, below=True))
    )


def _keys(lines: Iterator[str], column: int, *, below: bool = False) -> Iterator[str]:
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        indent = len(line) - len(line.lstrip(" "))
        if below and indent < column:
            return
        first = _first_column(line)
        if first == column and (key := _KEY.match(line, first)):
            yield _name(key[1])
        if indent < column:
            return


def _in_flow(before: str, start: int, begin: int, place: Place) -> Standing | None:
    """Where one stands inside of brackets on the line; None outside of them."""
    opened: list[str] = []
    last, key = start, ""
    own = list(place)
    for n in range(start, len(before)):
        letter = before[n]
        if letter in _OPEN:
            opened.append(letter)
            own += [key] if key else []
            own += [0] if letter == "[" else []
            last, key = n + 1, ""
        elif letter in _CLOSED and opened:
            own = own[: -1 or None] if opened.pop() == "[" else own
            last, key = n + 1, ""
        elif letter == ",":
            last, key = n + 1, ""
        elif letter == ":" and opened and opened[-1] == "{":
            key = _name(before[last:n].strip())
            last = n + 1
    if not opened:
        return None
    typed = before[last:]
    begins = begin + last + len(typed) - len(typed.lstrip(" '\""))
    whole = (*own, key) if key else tuple(own)
    is_key = opened[-1] == "{" and not key
    return Standing(whole, is_key, not is_key, begins, frozenset(), in_flow=True)
