"""Several files as one log: a folder of them, or a pattern such as `logs/2026-*.csv`."""

import glob
from dataclasses import replace
from pathlib import Path

import duckdb

from valuestream.engines.sql import name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.ledger import Entry, Part
from valuestream.events.readers import ROW, Rows, reader_of, readers
from valuestream.events.repository import is_repository

SUFFIXES: tuple[str, ...] = ()


def reads(source: str) -> bool:
    """Whether a source is a folder that no other reader claims, or a pattern that finds files."""
    if Path(source).exists():
        return Path(source).is_dir() and not is_repository(source)
    return glob.has_magic(source)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of all files, by file name; a column that a file lacks is empty there.

    Raises EventsError where no file is a log, or one cannot be read.
    """
    files = _files(source)
    opened = [reader_of(file).open_rows(connection, file, named) for file in files]
    types = _types(opened)
    before, parts, entries, relations = 0, [], [], []
    for file, rows in zip(files, opened, strict=True):
        parts.append(Part(Path(file).name, before))
        entries += [replace(e, first=tuple(row + before for row in e.first)) for e in rows.entries]
        relations.append(_shifted(rows, types, before))
        before += rows.read
    notes = tuple(dict.fromkeys(note for rows in opened for note in rows.notes))
    return Rows(
        f"({' UNION ALL '.join(relations)})",
        types,
        before,
        _summed(entries),
        (f"{len(files):,} files", *notes),
        opened[0].columns,
        tuple(parts),
    )


def _files(source: str) -> list[str]:
    pattern = f"{glob.escape(source)}/**" if Path(source).is_dir() else source
    suffixes = tuple(suffix for reader in readers() for suffix in reader.SUFFIXES)
    found = sorted(
        path
        for path in glob.glob(pattern, recursive=True)  # noqa: PTH207  (patterns may be absolute)
        if path.lower().endswith(suffixes) and Path(path).is_file()
    )
    if not found:
        raise EventsError(f"{source} holds no event logs; they end in {', '.join(suffixes)}")
    for path in found:
        if not any(reader.reads(path) for reader in readers()):
            advice = "name those that are by a pattern, such as 'logs/*.csv'"
            raise EventsError(f"{path} is no event log, though its name ends like one; {advice}")
    return found


def _types(opened: list[Rows]) -> dict[str, str]:
    """All columns; those that have several types are text."""
    types: dict[str, str] = {}
    for rows in opened:
        for column, type_ in rows.types.items():
            types[column] = type_ if types.get(column, type_) == type_ else "VARCHAR"
    return types


def _shifted(rows: Rows, types: dict[str, str], before: int) -> str:
    columns = ", ".join(
        f"{name(column)}::{type_} AS {name(column)}"
        if column in rows.types
        # Every branch of a union has the same columns.
        else f"NULL::{type_} AS {name(column)}"
        for column, type_ in types.items()
    )
    return f"SELECT {name(ROW)} + {before} AS {name(ROW)}, {columns} FROM {rows.relation}"


def _summed(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries, those of one reason in different files together."""
    together: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        own = together.setdefault((entry.kind, entry.reason), replace(entry, rows=0, first=()))
        together[entry.kind, entry.reason] = replace(
            own, rows=own.rows + entry.rows, first=(*own.first, *entry.first)[:5]
        )
    return tuple(together.values())
