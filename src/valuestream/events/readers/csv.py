"""CSV: every cell is text; the delimiter is found, rows that do not fit stand in the ledger."""

import csv
import gzip
import io
import zlib
from collections import Counter
from pathlib import Path

import duckdb

from valuestream.engines.sql import file, literal, name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.ledger import SHOWN_ROWS, Entry
from valuestream.events.readers import ROW, Rows, ends_in, fresh

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt")
_HEAD = 1 << 16
_DELIMITERS = ",;\t|"
_NO_GZIP = "{} is no whole gzip file; compress it again"


def reads(source: str) -> bool:
    """Whether a source is a text file by its ending."""
    return ends_in(source, SUFFIXES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of a CSV file. Raises EventsError where it is none."""
    path, table = Path(source), fresh("csv_rows")
    head = _head(path)
    delimiter = _delimiter(head)
    header = _header(head, delimiter, path)
    columns = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in header)
    scan = (
        f"read_csv({file(path)}, columns = {{{columns}}}, auto_detect = false, "
        f"header = true, delim = {literal(delimiter)}, quote = '\"', escape = '\"', "
        "null_padding = false, ignore_errors = true, store_rejects = true, rejects_limit = 0, "
        "max_line_size = 16777216)"
    )
    try:
        connection.execute(
            f"CREATE TEMP TABLE {table} AS "
            f"SELECT row_number() OVER () AS {name(ROW)}, * FROM {scan}"
        )
    except duckdb.Error as error:
        if "GZIP" in str(error):
            raise EventsError(_NO_GZIP.format(path)) from error
        raise EventsError(f"{path} cannot be read as CSV: {_first_line(error)}") from error
    counted = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    rejected = _rejected(connection, path)
    if rejected:
        _number_as_in_file(
            connection, table, sorted(row for rows in rejected.values() for row in rows)
        )
    entries = tuple(
        Entry("left out", reason, len(rows), tuple(rows[:SHOWN_ROWS]))
        for reason, rows in rejected.items()
    )
    read = (counted[0] if counted else 0) + sum(e.rows for e in entries)
    return Rows(table, dict.fromkeys(header, "VARCHAR"), read, entries)


def _head(path: Path) -> str:
    opener = gzip.open if path.name.lower().endswith(".gz") else Path.open
    try:
        with opener(path, "rb") as file:
            head = file.read(_HEAD)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise EventsError(_NO_GZIP.format(path)) from error
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise EventsError(f"{path} is in UTF-16; save it as UTF-8")
    if b"\0" in head:
        raise EventsError(f"{path} is a binary file, no CSV")
    if not head.strip():
        raise EventsError(f"{path} is empty; a log needs a header and rows")
    return _decoded(head, path)


def _decoded(head: bytes, path: Path) -> str:
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The last character of the head may be cut in two.
        if error.start >= len(head) - 4:
            return head[: error.start].decode("utf-8-sig")
        line = head[: error.start].count(b"\n") + 1
        raise EventsError(f"{path}:{line}: not UTF-8; save the file as UTF-8") from error


def _delimiter(head: str) -> str:
    """The delimiter that gives the most columns in the header and the same in most rows."""

    def fit(delimiter: str) -> tuple[float, int]:
        rows = [r for r in csv.reader(io.StringIO(head), delimiter=delimiter) if r][:50]
        width = len(rows[0]) if rows else 0
        same = sum(1 for r in rows if len(r) == width) / max(len(rows), 1)
        return (same if width > 1 else 0.0, width)

    try:
        return max(_DELIMITERS, key=fit)
    except csv.Error:
        return ","


def _header(head: str, delimiter: str, path: Path) -> list[str]:
    try:
        first = next(csv.reader(io.StringIO(head), delimiter=delimiter))
    except (csv.Error, StopIteration) as error:
        raise EventsError(f"{path}:1: no header; the first line names the columns") from error
    header: list[str] = []
    seen: Counter[str] = Counter()
    for place, written in enumerate(first, 1):
        column = written.strip() or f"column {place}"
        seen[column.casefold()] += 1
        again = seen[column.casefold()]
        header.append(column if again == 1 else f"{column} ({again})")
    return header


_REASONS = {
    "MISSING COLUMNS": "fewer cells than columns",
    "TOO MANY COLUMNS": "more cells than columns",
    "UNQUOTED VALUE": "a quote that does not end its cell",
}


def _rejected(connection: duckdb.DuckDBPyConnection, path: Path) -> dict[str, list[int]]:
    """The numbers of the rows that are none, by the reason; a row has one."""
    # The engine counts a record of several lines as one line, and the header as the first.
    rejected = connection.execute(
        "SELECT kind, list(line - 1 ORDER BY line) FROM (SELECT line, "
        "min(error_type::VARCHAR) AS kind FROM reject_errors GROUP BY line) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    for kind, rows in rejected:
        if "ENCODING" in kind or "UNICODE" in kind:
            raise EventsError(f"{path}:{rows[0] + 1}: not UTF-8; save the file as UTF-8")
    return {_REASONS.get(kind, kind.lower()): rows for kind, rows in rejected}


def _number_as_in_file(
    connection: duckdb.DuckDBPyConnection, table: str, rejected: list[int]
) -> None:
    """Moves the numbers of the rows on by the rejected rows before them."""
    own = name(ROW)
    # The n-th rejected row stands before the accepted one that had this number.
    before = [row - n for n, row in enumerate(rejected)]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE moved AS SELECT place, max(n) AS rows FROM "
        "(SELECT unnest($before) AS place, generate_subscripts($before, 1) AS n) GROUP BY place",
        {"before": before},
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT r.* REPLACE "
        f"({own} + coalesce(moved.rows, 0) AS {own}) "
        f"FROM {table} AS r ASOF LEFT JOIN moved ON r.{own} >= moved.place"
    )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].removeprefix("Invalid Input Error: ")
