"""OCEL 2.0 (JSON, XML, SQLite) and 1.0 (JSON, XML): the objects of one type are the cases.

A row is an event and one object of that type that it relates to: an event of three orders is a
row in three cases. What objects are to each other, and as what an event relates to one, is not
read.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import duckdb

from valuestream.engines.sql import name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.headers import distinct
from valuestream.events.ledger import SHOWN_ROWS, Entry
from valuestream.events.ocel_files import JSON, SQLITE, XML, Event, Ocel, is_ocel, load, moment
from valuestream.events.readers import ROW, Rows, ends_in
from valuestream.events.text_table import MOST_KEYS, TextTable, TooManyKeysError
from valuestream.model.names import did_you_mean

SUFFIXES = (*JSON, *XML, *SQLITE)
_OF_EVENT, _OF_OBJECT, _RELATED = "event ", "object ", "related "


def reads(source: str) -> bool:
    """Whether a source is an OCEL file, by its ending and what stands in it."""
    return ends_in(source, SUFFIXES) and is_ocel(Path(source))


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The rows of an OCEL file; the case that is named is an object type.

    Raises EventsError where the file is broken, or it is open which type the case is.
    """
    path = Path(source)
    log = load(path)
    case = _case(log, named.case, path)
    table, found = TextTable(connection, "row"), _Found()
    try:
        for number, event in enumerate(log.events, 1):
            rows = _rows(log, event, case)
            found.take(log, number, event, len(rows))
            for row in rows:
                table.add((number,), tuple(row), [*row.values()])
        table.flush()
    except TooManyKeysError as error:
        raise EventsError(
            f"{path} has more than {MOST_KEYS:,} attributes and object types; export fewer"
        ) from error
    if not table.rows:
        raise EventsError(f"{path} has no event that relates to a {case!r}; {_choose(log)}")
    columns = {column: table.columns[key] for column, key in _columns(table, case)}
    listed = ", ".join(f"{own} AS {name(column)}" for column, own in columns.items())
    return Rows(
        f"(SELECT row AS {name(ROW)}, {listed} FROM {table.name})",
        dict.fromkeys(columns, "VARCHAR"),
        table.rows + len(found.lacking),
        found.entries(case),
        _notes(log, case, found),
        Columns(case="case", activity=named.activity or "activity", end=named.end or "time"),
    )


def _case(log: Ocel, named: str | None, path: Path) -> str:
    """The object type that is the case."""
    if named in log.types:
        return named
    if named is not None:
        raise EventsError(
            f"{path} has no object type {named!r}; {did_you_mean(named, log.types)} "
            f"({_choose(log)})"
        )
    if len(log.types) != 1:
        raise EventsError(f"{path} holds objects of {len(log.types)} types; {_choose(log)}")
    return next(iter(log.types))


def _choose(log: Ocel) -> str:
    objects = Counter(object_.type for object_ in log.objects.values())
    events = Counter(
        type_
        for event in log.events
        for type_ in {log.objects[own].type for own in event.objects if own in log.objects}
    )
    listed = ", ".join(f"{t} ({objects[t]:,} objects, {events[t]:,} events)" for t in log.types)
    return f"choose one with --case TYPE: {listed}" if listed else "no object type is in it"


def _rows(log: Ocel, event: Event, case: str) -> list[dict[str, str | None]]:
    """The rows of an event: one for each object of the type that is the case."""
    by_type: dict[str, list[str]] = {}
    for own in event.objects:
        if own in log.objects:
            by_type.setdefault(log.objects[own].type, []).append(own)
    cases = by_type.pop(case, [])
    if not cases:
        return []
    shared: dict[str, str | None] = {"case": None, "activity": event.type, "time": event.time}
    shared |= {f"{_OF_EVENT}{attribute}": text for attribute, text in event.texts.items()}
    shared |= {f"{_RELATED}{type_}": ", ".join(own) for type_, own in by_type.items()}
    second = moment(event.time)
    return [
        {**shared, "case": own}
        | {f"{_OF_OBJECT}{attribute}": text for attribute, text in log.objects[own].at(second)}
        for own in cases
    ]


def _columns(table: TextTable, case: str) -> list[tuple[str, str]]:
    """The columns' names and their keys in the table: the event's, the case's, related objects."""
    keys = ["case", "activity", "time"]
    written = list(keys)
    for prefix, said in ((_OF_EVENT, ""), (_OF_OBJECT, f"{case}:"), (_RELATED, "")):
        own = [key for key in table.columns if key.startswith(prefix)]
        keys += own
        written += [said + key.removeprefix(prefix) for key in own]
    return list(zip(distinct(written), keys, strict=True))


@dataclass(slots=True)
class _Found:
    """The numbers of events that the ledger names."""

    without: list[int] = field(default_factory=list)
    lacking: list[int] = field(default_factory=list)
    partly: list[int] = field(default_factory=list)
    several: list[int] = field(default_factory=list)
    undated: bool = False

    def take(self, log: Ocel, number: int, event: Event, rows: int) -> None:
        """Takes an event and its number of rows."""
        lacks = any(own not in log.objects for own in event.objects)
        if not rows:
            (self.lacking if lacks else self.without).append(number)
        elif lacks:
            self.partly.append(number)
        if rows > 1:
            self.several.append(number)
        self.undated |= moment(event.time) is None

    def entries(self, case: str) -> tuple[Entry, ...]:
        """What the ledger says; events are named by their number in the file."""
        found: tuple[tuple[Literal["left out", "noted"], str, list[int]], ...] = (
            ("left out", f"no {case}, but objects that the file lacks", self.lacking),
            ("noted", f"no {case}: no case of this stream", self.without),
            ("noted", "related also to objects that the file lacks", self.partly),
            ("noted", f"events of several {case} objects, a row in each", self.several),
        )
        return tuple(
            Entry(kind, reason, len(numbers), tuple(numbers[:SHOWN_ROWS]))
            for kind, reason, numbers in found
            if numbers
        )


def _notes(log: Ocel, case: str, found: _Found) -> tuple[str, ...]:
    of_case = sum(1 for object_ in log.objects.values() if object_.type == case)
    said = [f"the case is the object type {case!r}: {of_case:,} objects; rows are events"]
    if found.undated:
        said.append("some times are not ISO 8601: objects have their first values there")
    return (*said, *(f"{count:,} {what}" for what, count in log.notes.items()))
