"""One reader a kind of source, found by being here.

A reader has `SUFFIXES`, the endings that it reads (none for what is no file); `reads(source)`,
whether a source is its own, of which exactly one reader says yes; and `open_rows(connection,
source, named)`, which makes a relation of the source's rows with their number, counted from 1, in
`ROW`. `named` are the columns that the user named: most readers leave them alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from itertools import count
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

import duckdb

from valuestream.engines.sql import name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.ledger import Entry, Part

ROW = "valuestream row"
"""The column of the row's number; a name that no log has."""
_MOST_LOGS = ("csv", "parquet")
_fresh = count(1)


@dataclass(frozen=True, slots=True)
class Rows:
    """A relation (SQL for a FROM clause) of a source's rows, and what the reader noticed."""

    relation: str
    types: dict[str, str]
    """The type of each of the log's own columns, in their order."""
    read: int
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    columns: Columns = field(default_factory=Columns)
    """The columns that the reader knows by the format, which are not to be recognised by name."""
    parts: tuple[Part, ...] = ()
    """The files, where there are several."""
    instants: dict[str, str] = field(default_factory=dict)
    """Columns of times, and the relation's column of what they say as ISO 8601 (`times.iso`)."""
    own_numbers: bool = False
    """Whether rows bear numbers of the source's own, which may be any."""

    @property
    def number(self) -> str:
        """SQL: the number of a row, in four bytes where all fit: sorting by it costs less so."""
        fits = self.read < 2**31 and not self.own_numbers
        return f"CAST({name(ROW)} AS INTEGER)" if fits else name(ROW)


class Reader(Protocol):
    """The shape of a reader's module."""

    SUFFIXES: tuple[str, ...]
    reads: Callable[[str], bool]
    open_rows: Callable[[duckdb.DuckDBPyConnection, str, Columns], Rows]


def readers() -> Iterator[Reader]:
    """All readers, each imported when it is asked for: what some of them need takes its time."""
    names = sorted(_names(), key=lambda name: (name not in _MOST_LOGS, name))
    return (cast("Reader", import_module(f"{__name__}.{name}")) for name in names)


@cache
def _names() -> tuple[str, ...]:
    return tuple(module.name for module in iter_modules(__path__))


def reader_of(source: str) -> Reader:
    """The reader of a source. Raises EventsError where there is none."""
    for reader in readers():
        if reader.reads(source):
            return reader
    if not Path(source).exists():
        raise EventsError(f"there is no {source}; name an event log that is there")
    if not Path(source).is_file() and not Path(source).is_dir():
        raise EventsError(f"{source} is no regular file; copy what it gives to one, and name it")
    known = ", ".join(suffix for reader in readers() for suffix in reader.SUFFIXES)
    raise EventsError(f"{source}: event logs end in {known}; convert it, or name another file")


def ends_in(source: str, suffixes: tuple[str, ...]) -> bool:
    """Whether a source is a file of one of these endings."""
    return source.lower().endswith(suffixes) and Path(source).is_file()


def fresh(stem: str) -> str:
    """A name for a table that no other has."""
    return f"{stem}_{next(_fresh)}"
