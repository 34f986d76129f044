"""CSV: every cell is text; the dialect is found, rows that do not fit stand in the ledger."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from valuestream.events.columns import Columns
from valuestream.events.dialect import Dialect, dialect_of, reader
from valuestream.events.errors import EventsError
from valuestream.events.ledger import SHOWN_ROWS, Entry
from valuestream.events.readers import ROW, Rows, ends_in, fresh
from valuestream.events.sql import file, literal, name
from valuestream.events.text_file import TextFile, opened, plain_copy, text_file

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt")
_REASONS = {
    "MISSING COLUMNS": "fewer cells than columns",
    "TOO MANY COLUMNS": "more cells than columns",
    "UNQUOTED VALUE": "a quote that does not end its cell",
    "LINE SIZE OVER MAXIMUM": "longer than 16 MB",
}


class _NotUtf8(Exception):
    """A line after the first ones is not UTF-8."""


class _LineEnds(Exception):
    """The engine cannot read lines that end now in one way and now in another."""


def reads(source: str) -> bool:
    """Whether a source is a text file by its ending."""
    return ends_in(source, SUFFIXES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of a CSV file. Raises EventsError where it is none."""
    text = text_file(Path(source))
    dialect = dialect_of(text)
    to_utf8, one_line_end = not text.encoding.startswith("utf-8"), False
    while True:
        try:
            with _plain(text, to_utf8 or one_line_end, one_line_end) as (plain, notes):
                return _load(connection, text, plain, dialect, notes)
        except _NotUtf8:
            to_utf8 = True
        except _LineEnds:
            one_line_end = True


@contextmanager
def _plain(
    text: TextFile, copied: bool, one_line_end: bool
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The file itself, or a copy of it that the engine can read, and what is to be said of it."""
    if not copied:
        yield text.path, ()
        return
    with TemporaryDirectory(prefix="valuestream-") as folder:
        plain, notes, own = Path(folder) / "plain.csv", [], text.path.name
        guessed = plain_copy(text, plain, one_line_end)
        if guessed:
            notes.append(
                f"{guessed:,} lines of {own} are not UTF-8 and are read as windows-1252; "
                "save the file as UTF-8 where letters look wrong"
            )
        if one_line_end:
            notes.append(f"the lines of {own} end in several ways; all are read as line feeds")
        yield plain, tuple(notes)


def _load(
    connection: duckdb.DuckDBPyConnection,
    text: TextFile,
    plain: Path,
    dialect: Dialect,
    notes: tuple[str, ...],
) -> Rows:
    table, rejects, header = fresh("csv_rows"), fresh("csv_rejects"), _distinct(dialect.header)
    zipped = text.is_gzip and plain == text.path
    columns = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in header)
    scan = (
        f"read_csv({file(plain)}, columns = {{{columns}}}, auto_detect = false, header = true, "
        f"skip = {dialect.skip}, delim = {literal(dialect.delimiter)}, quote = '\"', "
        f"escape = {literal(dialect.escape)}, compression = '{'gzip' if zipped else 'none'}', "
        "null_padding = false, ignore_errors = true, store_rejects = true, rejects_limit = 0, "
        f"rejects_table = '{rejects}', rejects_scan = '{rejects}_scan', "
        "max_line_size = 16777216)"
    )
    try:
        connection.execute(
            f"CREATE TEMP TABLE {table} AS "
            f"SELECT row_number() OVER () AS {name(ROW)}, * FROM {scan}"
        )
    except duckdb.Error as error:
        if "invalid state" in str(error) and not any("line feeds" in note for note in notes):
            raise _LineEnds from error
        said = str(error).splitlines()[0].partition(": ")[2].replace(str(plain), "it")
        raise EventsError(f"{text.path} cannot be read as CSV: {said}") from error
    counted = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    entries = _rejected(connection, rejects, plain, text, dialect)
    if entries:
        _number_as_in_file(connection, table, rejects)
    read = (counted[0] if counted else 0) + sum(e.rows for e in entries)
    return Rows(table, dict.fromkeys(header, "VARCHAR"), read, entries, notes)


def _distinct(header: list[str]) -> list[str]:
    """The names of the columns, none empty, each once, none that of the row's number."""
    taken, columns = {ROW}, []
    for place, written in enumerate(header, 1):
        column = first = written.strip() or f"column {place}"
        again = 1
        while column.casefold() in taken:
            again += 1
            column = f"{first} ({again})"
        taken.add(column.casefold())
        columns.append(column)
    return columns


def _rejected(
    connection: duckdb.DuckDBPyConnection,
    rejects: str,
    plain: Path,
    text: TextFile,
    dialect: Dialect,
) -> tuple[Entry, ...]:
    """The rows that are none, by the reason; leaves the numbers of all in the table `rejects`."""
    kinds = connection.execute(f"SELECT DISTINCT error_type::VARCHAR FROM {rejects}").fetchall()
    if ("INVALID ENCODING",) in kinds:
        raise _NotUtf8
    if not kinds:
        return ()
    blank = _blank_lines(plain, text, dialect)
    # The engine counts a record of several lines as one line, but blank lines, the header, and
    # what stands before it as lines too.
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {rejects} AS
        WITH rejected AS (
          SELECT line, min(error_type::VARCHAR) AS kind,
            max(length(ltrim(csv_line, chr(10) || chr(13)))
              - length(replace(ltrim(csv_line, chr(10) || chr(13)), chr(10), ''))) AS lines
          FROM {rejects} GROUP BY line),
        blank AS (
          SELECT place, row_number() OVER (ORDER BY place) AS n
          FROM (SELECT unnest($blank) AS place))
        SELECT line - $skip - 1 - coalesce(n, 0) AS row, kind, lines
        FROM rejected ASOF LEFT JOIN blank ON line >= place""",
        {"skip": dialect.skip, "blank": blank},
    )
    found = connection.execute(
        f"SELECT kind, count(*), list(row ORDER BY row)[:{SHOWN_ROWS}], max(lines) "
        f"FROM {rejects} GROUP BY kind ORDER BY kind"
    ).fetchall()
    return tuple(
        Entry("left out", _reason(kind, lines), count, tuple(first))
        for kind, count, first, lines in found
    )


def _reason(kind: str, lines: int) -> str:
    reason = _REASONS.get(kind, kind.lower())
    # A quote that is never closed takes the rest of the file for its cell.
    return f"{reason} and goes on for up to {lines:,} lines" if "QUOTE" in kind and lines else reason


def _blank_lines(plain: Path, text: TextFile, dialect: Dialect) -> list[int]:
    """The numbers of the blank lines, counted as the engine does."""
    blank = []
    with io.TextIOWrapper(
        opened(plain, text.is_gzip and plain == text.path), "utf-8", "replace", newline=""
    ) as lines:
        for _ in range(dialect.skip):
            lines.readline()
        try:
            for number, row in enumerate(reader(lines, dialect), dialect.skip + 1):
                if not row:
                    blank.append(number)
        except csv.Error:
            return blank
    return blank


def _number_as_in_file(
    connection: duckdb.DuckDBPyConnection, table: str, rejects: str
) -> None:
    """Moves the numbers of the rows on by the rejected rows before them."""
    own = name(ROW)
    # The n-th rejected row stands before the accepted one that had its number less the n before.
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {table} AS
        WITH moved AS (
          SELECT row - n AS place, max(n + 1) AS rows
          FROM (SELECT row, row_number() OVER (ORDER BY row) - 1 AS n FROM {rejects})
          GROUP BY place)
        SELECT r.* REPLACE ({own} + coalesce(moved.rows, 0) AS {own})
        FROM {table} AS r ASOF LEFT JOIN moved ON r.{own} >= moved.place"""
    )
