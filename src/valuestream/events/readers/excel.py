"""Excel and OpenDocument workbooks: the first sheet that holds a table, every cell as text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path

import duckdb
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from valuestream.engines.sql import name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.headers import distinct
from valuestream.events.readers import ROW, Rows, ends_in
from valuestream.events.text_table import TextTable

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_Cell = int | float | str | bool | time | date | datetime | timedelta
_MOST_CELLS = 100_000_000
_MOST_BYTES = 4 << 30
_PIECE, _OVERLAP = 1 << 24, 32
_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
_FAR_COLUMN = re.compile(rb"""\br=["']([A-Z]{2,3})[0-9]""")
_ROW_NUMBER = re.compile(rb"""\br=["'][A-Z]*([0-9]{1,7})["']""")
_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError)


def reads(source: str) -> bool:
    """Whether a source is a workbook by its ending."""
    return ends_in(source, SUFFIXES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of a workbook. Raises EventsError where it is none, or holds no table."""
    path = Path(source)
    _check_extent(path)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            tables = [table for sheet in _sheets(book) if (table := _table(sheet))]
    except PasswordError as error:
        raise EventsError(f"{path} has a password; save it without one") from error
    except CalamineError as error:
        raise EventsError(
            f"{path} is no whole workbook, or has a password; save it again, or as CSV"
        ) from error
    if not tables:
        raise EventsError(f"{path} has no sheet with a row of names and rows below it")
    first, *others = tables
    notes = [f"sheet {first.sheet.name!r}, the columns' names in its row {first.names_in:,}"]
    if others:
        listed = ", ".join(repr(other.sheet.name) for other in others)
        notes.append(f"other sheets with rows are not read: {listed}")
    return _rows(connection, first, tuple(notes))


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet, and the number of the row that names its columns."""

    sheet: CalamineSheet
    names_in: int


def _sheets(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    """The sheets of cells, hidden ones last."""
    sheets = [s for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet]
    sheets.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    return (book.get_sheet_by_name(sheet.name) for sheet in sheets)


def _table(sheet: CalamineSheet) -> _Table | None:
    """The table of a sheet; a row of one cell above it is a title. None where there is none."""
    filled = ((n, sum(cell != "" for cell in row)) for n, row in enumerate(sheet.iter_rows(), 1))
    names_in = next((n for n, cells in filled if cells > 1), None)
    below = any(cells for _, cells in filled)
    return _Table(sheet, names_in) if names_in and below else None


def _rows(connection: duckdb.DuckDBPyConnection, found: _Table, notes: tuple[str, ...]) -> Rows:
    rows = islice(found.sheet.iter_rows(), found.names_in - 1, None)
    written = [_text(cell) or "" for cell in next(rows)]
    named = [place for place, own in enumerate(written) if own.strip()]
    unnamed = [place for place, own in enumerate(written) if not own.strip()]
    table = TextTable(connection, "row")
    for row in rows:
        texts = [_text(cell) for cell in row]
        # A column without a name is one only where a cell of it is filled.
        places = named + [place for place in unnamed if texts[place] is not None]
        if any(text is not None for text in texts):
            keys = tuple(map(str, places))
            table.add((table.rows + 1,), keys, [texts[place] for place in places])
    table.flush()
    columns = {
        column: table.columns[str(place)]
        for place, column in enumerate(distinct(written))
        if str(place) in table.columns
    }
    listed = ", ".join(f"{own} AS {name(column)}" for column, own in columns.items())
    return Rows(
        f"(SELECT row AS {name(ROW)}, {listed} FROM {table.name})",
        dict.fromkeys(columns, "VARCHAR"),
        table.rows,
        notes=notes,
    )


def _text(cell: _Cell) -> str | None:
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(cell.total_seconds(), 60)
        return f"{minutes // 60:.0f}:{minutes % 60:02.0f}:{seconds:02.0f}"
    return str(cell) if isinstance(cell, int) else cell.isoformat()


def _check_extent(path: Path) -> None:
    """Raises EventsError where a sheet would not fit into memory.

    The engine makes room for every cell up to the last one, so a lone far cell would end it.
    """
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise EventsError(f"{path} is too large for a workbook; save it as CSV")
            sheets = [own for own in parts.namelist() if _SHEET.fullmatch(own)]
            if any(_is_too_wide(parts, sheet) for sheet in sheets):
                raise EventsError(
                    f"{path} has a cell far from the others, or too many; delete the columns and "
                    "rows beyond the table, or save it as CSV"
                )
    except _BROKEN_ZIP:
        return  # It is an older workbook, or the reading says what is wrong.


def _is_too_wide(parts: zipfile.ZipFile, sheet: str) -> bool:
    columns = max(map(_number, _found(parts, sheet, _FAR_COLUMN)), default=0)
    if not columns:
        return False
    return columns * max(map(int, _found(parts, sheet, _ROW_NUMBER)), default=0) > _MOST_CELLS


def _found(parts: zipfile.ZipFile, sheet: str, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    with parts.open(sheet) as file:
        before = b""
        while piece := file.read(_PIECE):
            yield from pattern.findall(before + piece)
            before = piece[-_OVERLAP:]


def _number(letters: bytes) -> int:
    """The number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
