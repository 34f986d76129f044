"""XES (IEEE 1849): a row an event, its attributes by their keys, its trace's as `case:KEY`."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import duckdb

from valuestream.engines.sql import literal, name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.headers import distinct
from valuestream.events.ledger import SHOWN_ROWS, Entry
from valuestream.events.readers import ROW, Rows, ends_in
from valuestream.events.text_table import MOST_KEYS, Keys, TextTable, TooManyKeysError
from valuestream.events.xes_parts import Part, UncuttableError, check, in_pieces, in_stream

SUFFIXES = (".xes", ".xes.gz")
_TIMES = ("time:timestamp", "start_timestamp")
_STRAY = "outside of a trace, so of no case"
_NESTED = "attributes inside of attributes or lists are not read"
_TWICE = "attributes whose key stands twice, of which the last counts"
_KEYLESS = "attributes without a key are not read"


def reads(source: str) -> bool:
    """Whether a source is an XES file by its ending."""
    return ends_in(source, SUFFIXES)


def open_rows(connection: duckdb.DuckDBPyConnection, source: str, named: Columns) -> Rows:
    """The events of an XES file. Raises EventsError where it is none, or has no events."""
    path = Path(source)
    check(path)
    try:
        log = _Log(connection)
        try:
            log.take(in_pieces(path))
        except UncuttableError:
            log.drop()
            log = _Log(connection)
            log.take(in_stream(path))
    except TooManyKeysError as error:
        raise EventsError(
            f"{path} has more than {MOST_KEYS:,} different keys of attributes; export fewer"
        ) from error
    if not log.events.rows:
        raise EventsError(f"{path} has no events in traces; a log needs some")
    return _rows(connection, log)


class _Log:
    """A log while it is read: a table of its events, one of its traces, and what is noticed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.events = TextTable(connection, "row", "trace", times=_TIMES)
        self.traces = TextTable(connection, "trace")
        self.defaults: dict[str, dict[str, str]] = {"event": {}, "trace": {}}
        self.read = self.empty_traces = 0
        self.noticed: Counter[str] = Counter()
        self.first: defaultdict[str, list[int]] = defaultdict(list)
        self._before_trace = 0

    def take(self, parts: Iterable[Part]) -> None:
        """Takes the parts of a file; events come before the trace that they are of."""
        for kind, keys, texts, nested in parts:
            if kind == "event":
                self.read += 1
                row = (self.read, self.traces.rows)
                if isinstance(texts, bytes):
                    self.events.add_line(row, keys, texts)
                else:
                    self.events.add(row, *self._each_once(keys, texts, nested))
            elif kind == "trace":
                if isinstance(texts, bytes):
                    self.traces.add_line((self.traces.rows,), keys, texts)
                else:
                    self.traces.add((self.traces.rows,), *self._each_once(keys, texts, nested))
                self.empty_traces += self.events.rows == self._before_trace
                self._before_trace = self.events.rows
            elif kind == "stray":
                self.read += 1
                self._notice(_STRAY, 1)
            else:
                given = zip(keys, texts, strict=True)
                self.defaults[kind.split()[0]] |= {k: text for k, text in given if k and text}
        self.events.flush()
        self.traces.flush()

    def drop(self) -> None:
        """Forgets all."""
        self.events.drop()
        self.traces.drop()

    def _each_once(
        self, keys: Keys, texts: list[str | None], nested: int
    ) -> tuple[Keys, list[str | None]]:
        if nested:
            self._notice(_NESTED, nested)
        if len({*keys}) == len(keys) and "" not in keys:
            return keys, texts
        last = {key: text for key, text in zip(keys, texts, strict=True) if key}
        self._notice(_KEYLESS, keys.count(""))
        self._notice(_TWICE, len(keys) - keys.count("") - len(last))
        return tuple(last), [*last.values()]

    def _notice(self, what: str, count: int) -> None:
        """Counts something, and where: of a trace, its last event."""
        if count:
            self.noticed[what] += count
            if len(self.first[what]) < SHOWN_ROWS:
                self.first[what].append(max(self.read, 1))


def _rows(connection: duckdb.DuckDBPyConnection, log: _Log) -> Rows:
    # Traces without a name are not one case, so none is named by default.
    log.defaults["trace"].pop("concept:name", None)
    joined = f"{log.events.name} AS e LEFT JOIN {log.traces.name} AS t USING (trace)"
    of_traces = _cells(log.traces, "t", log.defaults["trace"])
    of_events = _cells(log.events, "e", log.defaults["event"])
    # Traces name theirs first: an event's own key may be case:concept:name, too.
    names = distinct([*(f"case:{cell.key}" for cell in of_traces), *(c.key for c in of_events)])
    named = list(zip(names, (*of_traces, *of_events), strict=True))
    own = [*named[len(of_traces) :], *named[: len(of_traces)]]
    listed, entries, instants = [], _entries(log), {}
    for column, cell in own:
        filled, entry = _filled(connection, joined, column, cell)
        listed.append(f"{filled} AS {name(column)}")
        entries += entry
        if cell in of_events and cell.key in log.events.instants and not entry:
            instants[column] = name(f"{ROW} of {column}")
            listed.append(f"e.{log.events.instants[cell.key]} AS {instants[column]}")
    relation = f"(SELECT {', '.join([f'e.row AS {name(ROW)}', *listed])} FROM {joined})"
    notes = (f"{log.empty_traces:,} traces have no events",) if log.empty_traces else ()
    types = dict.fromkeys((column for column, _ in own), "VARCHAR")
    return Rows(relation, types, log.read, tuple(entries), notes, instants=instants)


class _Cell(NamedTuple):
    key: str
    sql: str
    default: str | None


def _cells(table: TextTable, alias: str, defaults: dict[str, str]) -> list[_Cell]:
    keys = dict.fromkeys((*table.columns, *defaults))
    return [
        _Cell(
            key,
            f"{alias}.{table.columns[key]}" if key in table.columns else "NULL::VARCHAR",
            defaults.get(key),
        )
        for key in keys
    ]


def _filled(
    connection: duckdb.DuckDBPyConnection, joined: str, column: str, cell: _Cell
) -> tuple[str, list[Entry]]:
    """A cell with its default where it is missing, and what the ledger says of that."""
    if cell.default is None:
        return cell.sql, []
    missing = f"FROM {joined} WHERE {cell.sql} IS NULL"
    counted = connection.execute(f"SELECT count(*) {missing}").fetchone()
    if not counted or not counted[0]:
        return cell.sql, []
    first = connection.execute(f"SELECT e.row {missing} ORDER BY 1 LIMIT {SHOWN_ROWS}").fetchall()
    reason = f"{column!r} is missing, {cell.default!r} taken from the log's globals"
    entry = Entry("changed", reason, counted[0], tuple(row for (row,) in first))
    return f"coalesce({cell.sql}, {literal(cell.default)})", [entry]


def _entries(log: _Log) -> list[Entry]:
    return [
        Entry("left out" if what == _STRAY else "noted", what, count, tuple(log.first[what]))
        for what, count in log.noticed.items()
    ]
