"""How a CSV file is written: what stands before its header, its delimiter, its escapes."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuestream.events.errors import EventsError
from valuestream.events.text_file import TextFile

if TYPE_CHECKING:
    from _csv import Reader

_USUAL = ",;\t|"
# What names and times are made of parts no cells.
_NO_DELIMITERS = "_-.'\"()[]{}/\\+@\r\n"
_SAMPLE = 50
_TIME = re.compile(
    r"\s*(\d{4}[-/]\d\d?[-/]\d\d?([T ].*)?|\d{8}T\d{4}.*|\d\d?[./-]\d\d?[./-]\d{4}( .*)?"
    r"|1\d{9}|1\d{12})\s*"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, the escape of a quote, the lines before the header, and the header."""

    delimiter: str
    escape: str
    skip: int
    header: list[str]


def dialect_of(text: TextFile) -> Dialect:
    """The dialect of a file. Raises EventsError where it has no header."""
    lines = list(io.StringIO(text.head, newline=""))
    said = re.fullmatch(r'"?sep=([^"\r\n])"?\s*', lines[0], re.IGNORECASE)
    skip = 1 if said else 0
    skip += _blank(lines[skip:])
    header = skip + _comments(lines[skip:])
    if header < len(lines):
        rest = lines[header:]
        delimiter = said[1] if said else _delimiter(rest, text.is_whole)
        if header > skip and _names_columns(lines[skip:header], rest, delimiter):
            header = skip + max(n for n, line in enumerate(lines[skip:header]) if line.strip())
    else:
        header = skip
        delimiter = said[1] if said else _delimiter(lines[skip:], text.is_whole)
    body = lines[header:]
    escape = _escape(body, delimiter)
    rows = _rows(body, delimiter, escape, text.is_whole)
    if not rows:
        raise EventsError(f"{text.path} has no header; write a first line that names the columns")
    _must_name_columns(rows, text)
    return Dialect(delimiter, escape, header, _without_trailing(rows))


def reader(lines: Iterable[str], dialect: Dialect) -> "Reader":
    """The rows of some lines; a blank line is a row of no cells."""
    return _reader(lines, dialect.delimiter, dialect.escape, False)


def _blank(lines: list[str]) -> int:
    return next((n for n, line in enumerate(lines) if line.strip()), len(lines))


def _comments(lines: list[str]) -> int:
    """The lines before the first that is neither blank nor begins with a hash."""
    if not lines or not lines[0].startswith("#"):
        return 0
    plain = (n for n, line in enumerate(lines) if line.strip() and not line.startswith("#"))
    return next(plain, len(lines))


def _names_columns(comments: list[str], rest: list[str], delimiter: str) -> bool:
    """Whether the last line with a hash is the header: it is as wide as the data below it."""
    last = [line for line in comments if line.strip()][-1]
    rows = _rows([last, *rest[:1]], delimiter, '"', True)
    return (
        len(rows) == 2 and 1 < len(rows[0]) == len(rows[1]) and any(map(_TIME.fullmatch, rows[1]))
    )


def _delimiter(lines: list[str], is_whole: bool) -> str:
    """The delimiter that gives rows of one width: a usual one where most rows have that width."""

    def fit(delimiter: str) -> tuple[float, int]:
        rows = _rows(lines, delimiter, '"', is_whole)
        width = len(rows[0]) if rows else 0
        same = sum(1 for r in rows if len(r) == width) / max(len(rows), 1)
        return (same if width > 1 else 0.0, width)

    usual = max(_USUAL, key=fit)
    if fit(usual)[0] >= 0.5:
        return usual
    others = dict.fromkeys(c for c in lines[0] if not c.isalnum() and c not in _NO_DELIMITERS)
    return max((usual, *others), key=fit)


def _escape(lines: list[str], delimiter: str) -> str:
    """How a quote stands in a cell in quotes: doubled, unless more rows hold with a backslash."""

    def hold(escape: str) -> int:
        return len(list(_read(lines, delimiter, escape, strict=True)))

    if not any('\\"' in line for line in lines) or hold("\\") <= hold('"'):
        return '"'
    return "\\"


def _rows(lines: list[str], delimiter: str, escape: str, is_whole: bool) -> list[list[str]]:
    """The first rows; the last is left out where it may be cut."""
    rows = list(_read(lines, delimiter, escape))
    return rows if is_whole or len(rows) < 2 else rows[:-1]


def _read(
    lines: list[str], delimiter: str, escape: str, *, strict: bool = False
) -> Iterator[list[str]]:
    rows = _reader(lines, delimiter, escape, strict)
    try:
        for row in rows:
            if row:
                yield row
            if rows.line_num > _SAMPLE:
                return
    except csv.Error:
        return


def _reader(lines: Iterable[str], delimiter: str, escape: str, strict: bool) -> "Reader":
    doubled = escape == '"'
    return csv.reader(
        lines,
        delimiter=delimiter,
        doublequote=doubled,
        escapechar=None if doubled else escape,
        strict=strict,
    )


def _must_name_columns(rows: list[list[str]], text: TextFile) -> None:
    below = rows[1] if len(rows) > 1 else rows[0]
    for first, second in zip(rows[0], below, strict=False):
        if _TIME.fullmatch(first) and _TIME.fullmatch(second):
            raise EventsError(
                f"{text.path} has no header: its first line holds the time {first.strip()!r}; "
                "add a first line that names the columns"
            )


def _without_trailing(rows: list[list[str]]) -> list[str]:
    """The header without the nameless columns at its end that are empty in the rows too."""
    used = (n for row in rows for n, cell in enumerate(row, 1) if cell.strip())
    return rows[0][: max(used, default=1)]
