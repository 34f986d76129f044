"""JSON: an array of objects, an object a line, or an object that holds one list of objects.

Objects in objects are columns such as `user.name`, lists stay JSON, numbers stay as written.
"""

import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Literal, cast

import duckdb

from valuestream.engines.sql import name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.headers import distinct
from valuestream.events.ledger import SHOWN_ROWS, Entry
from valuestream.events.ocel_files import HALF_CHARACTER, is_ocel
from valuestream.events.readers import ROW, Rows, ends_in
from valuestream.events.text_table import MOST_KEYS, TextTable, TooManyKeysError

_LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
SUFFIXES = (".json", ".json.gz", *_LINES)
_HEAD = 1 << 16
_QUOTED = json.JSONEncoder(ensure_ascii=False).encode
_BLANK = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[ \t\r\n]*")
_NO_OBJECT = "no JSON object"
_TWICE = "a key stands twice, of which the last counts"
_CONSTANT = "NaN or Infinity, which JSON does not have, is no value"
_HALVES = "half a character (\\ud800 …) is written as �"


def reads(source: str) -> bool:
    """Whether a source is a JSON file by its ending, and no OCEL."""
    return ends_in(source, SUFFIXES) and not is_ocel(Path(source))


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of a JSON file. Raises EventsError where it is broken, or holds no objects."""
    path = Path(source)
    log = _Log(connection)
    try:
        with _opened(path) as file:
            if _is_lines(file, path):
                _take_lines(log, file)
            else:
                _take_document(log, file.read(), path)
        log.table.flush()
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise EventsError(f"{path} is no whole gzip file; compress it again") from error
    except TooManyKeysError as error:
        raise EventsError(
            f"{path} has more than {MOST_KEYS:,} different keys, most of them in "
            f"{log.widest()!r}; leave some out"
        ) from error
    if not log.table.rows:
        raise EventsError(f"{path} holds no JSON objects; a log is a list of them, one an event")
    columns = dict(zip(distinct(log.table.columns), log.table.columns.values(), strict=True))
    listed = "".join(f", {own} AS {name(column)}" for column, own in columns.items())
    return Rows(
        f"(SELECT row AS {name(ROW)}{listed} FROM {log.table.name})",
        dict.fromkeys(columns, "VARCHAR"),
        log.read,
        log.entries(),
        tuple(log.notes),
    )


class _Number(str):
    """A number as it is written."""

    __slots__ = ()


class _Log:
    """A log while it is read: its rows so far, and what is noticed of them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.table = TextTable(connection, "row")
        self.read = 0
        self.notes: list[str] = []
        self.decoder = json.JSONDecoder(
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=self._constant,
            object_pairs_hook=self._object,
        )
        self._seen: set[str] = set()
        self._left_out: defaultdict[str, list[int]] = defaultdict(list)
        self._noticed: defaultdict[str, list[int]] = defaultdict(list)

    def take(self, value: object, halves: bool) -> None:
        """Takes a row that is decoded. `halves`: half characters may be in it."""
        self.read += 1
        if not isinstance(value, dict):
            self._left_out[_NO_OBJECT].append(self.read)
            return
        texts: dict[str, str | None] = {}
        self._flatten(value, "", texts)
        if halves:
            texts = self._whole(texts)
        self.table.add((self.read,), tuple(texts), [*texts.values()])
        if self._seen:
            for what in self._seen:
                self._noticed[what].append(self.read)
            self._seen = set()

    def leave_out(self, reason: str) -> None:
        """Leaves out a row that cannot be decoded."""
        self.read += 1
        self._seen = set()
        self._left_out[reason].append(self.read)

    def note_seen(self) -> None:
        """Notes what was seen where it belongs to no row."""
        self.notes += sorted(self._seen)
        self._seen = set()

    def entries(self) -> tuple[Entry, ...]:
        """What the ledger says."""
        kinds: list[tuple[Literal["left out", "noted"], defaultdict[str, list[int]]]] = [
            ("left out", self._left_out),
            ("noted", self._noticed),
        ]
        return tuple(
            Entry(kind, reason, len(rows), tuple(rows[:SHOWN_ROWS]))
            for kind, reasons in kinds
            for reason, rows in sorted(reasons.items())
        )

    def widest(self) -> str:
        """The key that the most columns are in."""
        own = [key.split(".")[0] for key in self.table.columns]
        return max(own, key=own.count)

    def _flatten(self, value: dict[str, Any], before: str, texts: dict[str, str | None]) -> None:
        for key, inner in value.items():
            kind = type(inner)
            if kind is dict and inner:
                self._flatten(inner, f"{before}{key}.", texts)
                continue
            column = before + key if before else key
            if column in texts:
                self._seen.add(_TWICE)
            plain = kind is str or kind is _Number or inner is None
            texts[column] = inner if plain else _json(inner)

    def _whole(self, texts: dict[str, str | None]) -> dict[str, str | None]:
        whole = {_whole(key): text and _whole(text) for key, text in texts.items()}
        if whole != texts:
            self._seen.add(_HALVES)
        return whole

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        read = dict(pairs)
        if len(read) != len(pairs):
            self._seen.add(_TWICE)
        return read

    def _constant(self, _: str) -> None:
        self._seen.add(_CONSTANT)


def _json(value: object) -> str:
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_json, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_json(key)}: {_json(inner)}' for key, inner in value.items())}}}"
    return _QUOTED(value) if isinstance(value, str) else json.dumps(value)


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The file, after its byte order mark. Raises EventsError where it is no text in UTF-8."""
    opener = gzip.open if path.name.lower().endswith(".gz") else Path.open
    with cast("IO[bytes]", opener(path, "rb")) as file:
        head = file.read(_HEAD)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]:
            raise EventsError(f"{path} is in UTF-16 or UTF-32; save it as UTF-8")
        if not head.removeprefix(_BOM).strip(_BLANK):
            raise EventsError(f"{path} is empty; a log is a list of objects, one an event")
        file.seek(len(_BOM) if head.startswith(_BOM) else 0)
        yield file


def _is_lines(file: IO[bytes], path: Path) -> bool:
    """Whether a file holds an object a line; leaves the file where it was."""
    begin = file.tell()
    try:
        first = next(line for line in file if line.strip(_BLANK))
        if path.name.lower().endswith(_LINES):
            return not first.lstrip(_BLANK).startswith(b"[")
        if not first.lstrip(_BLANK).startswith(b"{") or not any(map(_is_filled, file)):
            return False
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    finally:
        file.seek(begin)
    return True


def _is_filled(line: bytes) -> bool:
    return bool(line.strip(_BLANK))


def _take_lines(log: _Log, file: IO[bytes]) -> None:
    for line in filter(_is_filled, file):
        try:
            text = line.decode("utf-8")
            value = log.decoder.decode(text)
            log.take(value, bool(HALF_CHARACTER.search(text)))
        except UnicodeDecodeError:
            log.leave_out("not UTF-8")
        except ValueError:
            log.leave_out("no valid JSON")
        except RecursionError:
            log.leave_out("nested too deep")


def _take_document(log: _Log, content: bytes, path: Path) -> None:
    try:
        text = content.decode("utf-8")
        halves = bool(HALF_CHARACTER.search(text))
        begin = _after_space(text, 0)
        if text[begin : begin + 1] == "[":
            for element in _elements(log.decoder, text, begin + 1):
                log.take(element, halves)
            return
        key, rows = _list_in(log.decoder.decode(text), path)
        log.note_seen()
        log.notes.append(f"the rows are the list {key!r}; nothing else of the file is read")
        for row in rows:
            log.take(row, halves)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise EventsError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        said = f"{error.msg[:1].lower()}{error.msg[1:]}, column {error.colno}"
        raise EventsError(
            f"{path}:{error.lineno}: no valid JSON ({said}); mend it or export it again"
        ) from error
    except RecursionError as error:
        raise EventsError(f"{path} is nested too deep for a log; export it again") from error


def _elements(decoder: json.JSONDecoder, text: str, begin: int) -> Iterator[object]:
    """The elements of an array one by one, which takes less room than all at once."""
    place = _after_space(text, begin)
    if text[place : place + 1] != "]":
        while True:
            value, place = decoder.raw_decode(text, place)
            yield value
            place = _after_space(text, place)
            if text[place : place + 1] != ",":
                break
            place = _after_space(text, place + 1)
    if text[place : place + 1] != "]":
        raise json.JSONDecodeError("Expecting ',' or ']'", text, place)
    place = _after_space(text, place + 1)
    if place != len(text):
        raise json.JSONDecodeError("Extra data after the array", text, place)


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _list_in(value: object, path: Path) -> tuple[str, list[object]]:
    """The one list of objects in an object, and its key: the one that lies the least deep."""
    level = [*value.items()] if isinstance(value, dict) else []
    while level:
        lists = [(key, inner) for key, inner in level if _is_of_objects(inner)]
        if len(lists) == 1:
            return lists[0]
        if lists:
            keys = ", ".join(repr(key) for key, _ in lists[:8])
            raise EventsError(
                f"{path} holds several lists of objects ({keys}); "
                "save the one of the events in a file of its own"
            )
        level = [
            (f"{key}.{own}", deeper)
            for key, inner in level
            if isinstance(inner, dict)
            for own, deeper in inner.items()
        ]
    raise EventsError(f"{path} holds no list of JSON objects; a log is one, an object an event")


def _is_of_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)
