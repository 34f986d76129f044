"""One reader a kind of file, found by being here.

A reader has `SUFFIXES`, the endings that it reads, and `open_rows(connection, path)`, which makes
a relation of the file's rows with their number, counted from 1, in `ROW`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

import duckdb

from valuestream.events.errors import EventsError
from valuestream.events.ledger import Entry

ROW = "valuestream row"
"""The column of the row's number; a name that no log has."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A relation (SQL for a FROM clause) of a file's rows, and what the reader noticed."""

    relation: str
    types: dict[str, str]
    """The type of each of the log's own columns, in their order."""
    read: int
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """The shape of a reader's module."""

    SUFFIXES: tuple[str, ...]
    open_rows: Callable[[duckdb.DuckDBPyConnection, Path], Rows]


@cache
def readers() -> tuple[Reader, ...]:
    """All readers."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(cast("Reader", import_module(f"{__name__}.{name}")) for name in names)


def reader_of(path: Path) -> Reader:
    """The reader of a file by its ending. Raises EventsError where there is none."""
    for reader in readers():
        if path.name.lower().endswith(reader.SUFFIXES):
            return reader
    known = ", ".join(suffix for reader in readers() for suffix in reader.SUFFIXES)
    raise EventsError(f"{path}: event logs end in {known}; convert it, or name another file")
