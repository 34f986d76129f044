"""CSV: every cell is text; the dialect is found, rows that do not fit stand in the ledger."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from valuestream.engines.sql import file, literal, name
from valuestream.events.columns import Columns
from valuestream.events.dialect import Dialect, dialect_of, reader
from valuestream.events.errors import EventsError
from valuestream.events.headers import distinct
from valuestream.events.ledger import SHOWN_ROWS, Entry
from valuestream.events.readers import ROW, Rows, ends_in, fresh
from valuestream.events.text_file import TextFile, line_end, opened, plain_copy, text_file

SUFFIXES = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt")
_AS_SAID = {b"\n": r"\n", b"\r\n": r"\r\n", b"\r": r"\r"}
_REASONS = {
    "MISSING COLUMNS": "fewer cells than columns",
    "TOO MANY COLUMNS": "more cells than columns",
    "UNQUOTED VALUE": "a quote that does not end its cell",
    "LINE SIZE OVER MAXIMUM": "longer than 16 MB",
}


@dataclass(frozen=True, slots=True)
class _Plain:
    """A file that the engine can read: in UTF-8, its lines with one end."""

    path: Path
    is_gzip: bool
    end: bytes


class _NotUtf8(Exception):
    """A line after the first ones is not UTF-8."""


def reads(source: str) -> bool:
    """Whether a source is a text file by its ending."""
    return ends_in(source, SUFFIXES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of a CSV file. Raises EventsError where it is none."""
    text = text_file(Path(source))
    dialect = dialect_of(text)
    try:
        return _read(connection, text, dialect, to_utf8=not text.encoding.startswith("utf-8"))
    except _NotUtf8:
        return _read(connection, text, dialect, to_utf8=True)


def _read(
    connection: duckdb.DuckDBPyConnection, text: TextFile, dialect: Dialect, *, to_utf8: bool
) -> Rows:
    """The rows of a file, or of a copy of it that the engine can read."""
    with TemporaryDirectory(prefix="valuestream-") as folder:
        plain, is_gzip, guessed, notes = text.path, text.is_gzip, 0, []
        if to_utf8:
            plain, is_gzip = Path(folder) / "plain.csv", False
            guessed = plain_copy(text, plain, one_line_end=False)
        end = line_end(plain, is_gzip)
        if end is None:
            plain, is_gzip, end = Path(folder) / "lines.csv", False, b"\n"
            guessed = plain_copy(text, plain, one_line_end=True)
            notes.append(
                f"the lines of {text.path.name} end in several ways; all are read as line feeds"
            )
        if guessed:
            notes.append(
                f"{text.path.name}: not UTF-8 and read as windows-1252: {guessed:,} lines; "
                "save the file as UTF-8 where letters look wrong"
            )
        return _load(connection, text, _Plain(plain, is_gzip, end), dialect, tuple(notes))


def _load(
    connection: duckdb.DuckDBPyConnection,
    text: TextFile,
    plain: _Plain,
    dialect: Dialect,
    notes: tuple[str, ...],
) -> Rows:
    table, rejects, header = fresh("csv_rows"), fresh("csv_rejects"), distinct(dialect.header)
    columns = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in header)
    compression = "gzip" if plain.is_gzip else "none"
    scan = (
        f"read_csv({file(plain.path)}, columns = {{{columns}}}, auto_detect = false, "
        f"header = true, skip = {dialect.skip}, delim = {literal(dialect.delimiter)}, "
        f"quote = '\"', escape = {literal(dialect.escape)}, compression = '{compression}', "
        f"new_line = {literal(_AS_SAID[plain.end])}, null_padding = false, ignore_errors = true, "
        f"store_rejects = true, rejects_limit = 0, rejects_table = '{rejects}', "
        f"rejects_scan = '{rejects}_scan', max_line_size = 16777216)"
    )
    try:
        connection.execute(
            f"CREATE TEMP TABLE {table} AS "
            f"SELECT row_number() OVER () AS {name(ROW)}, * FROM {scan}"
        )
    except duckdb.Error as error:
        said = str(error).splitlines()[0].partition(": ")[2].replace(str(plain.path), "it")
        raise EventsError(f"{text.path} cannot be read as CSV: {said}") from error
    counted = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    entries = _rejected(connection, rejects, plain, dialect)
    if entries:
        _number_as_in_file(connection, table, rejects)
    read = (counted[0] if counted else 0) + sum(e.rows for e in entries)
    return Rows(table, dict.fromkeys(header, "VARCHAR"), read, entries, notes)


def _rejected(
    connection: duckdb.DuckDBPyConnection,
    rejects: str,
    plain: _Plain,
    dialect: Dialect,
) -> tuple[Entry, ...]:
    """The rows that are none, by the reason; leaves the numbers of all in the table `rejects`."""
    kinds = connection.execute(f"SELECT DISTINCT error_type::VARCHAR FROM {rejects}").fetchall()
    if ("INVALID ENCODING",) in kinds:
        raise _NotUtf8
    if not kinds:
        return ()
    blank = _blank_lines(plain, dialect)
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
    return (
        f"{reason} and goes on for up to {lines:,} lines" if "QUOTE" in kind and lines else reason
    )


def _blank_lines(plain: _Plain, dialect: Dialect) -> list[int]:
    """The numbers of the blank lines, counted as the engine does."""
    blank = []
    with io.TextIOWrapper(
        opened(plain.path, plain.is_gzip), "utf-8", "replace", newline=""
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


def _number_as_in_file(connection: duckdb.DuckDBPyConnection, table: str, rejects: str) -> None:
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
