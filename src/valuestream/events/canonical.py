"""From a file's rows to the canonical events table."""

from dataclasses import dataclass, replace

import duckdb

from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.ledger import SHOWN_ROWS, Entry, Ledger
from valuestream.events.lifecycle import PAIRED, has_lifecycle, pair
from valuestream.events.readers import ROW, Rows
from valuestream.events.sql import attribute, literal, name
from valuestream.events.times import TimeForm, Times, time_form

_YEAR_1, _YEAR_9999 = -62_135_596_800_000_000, 253_402_300_799_999_999
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Canonical:
    """What is known of the relation `events`, once it is made."""

    columns: Columns
    ledger: Ledger
    attributes: dict[str, str]


def canonical(
    connection: duckdb.DuckDBPyConnection,
    rows: Rows,
    columns: Columns,
    source: str,
    times: Times,
) -> Canonical:
    """Makes the relation `events` of a file's rows; says what became of each in a ledger."""
    columns = _only_used(connection, rows, columns)
    forms = {
        which: time_form(connection, rows.relation, column, rows.types[column], times)
        for which in ("start", "end")
        if (column := getattr(columns, which)) is not None
    }
    own = columns.found().values()
    attributes = {column: type_ for column, type_ in rows.types.items() if column not in own}
    connection.execute(f"CREATE VIEW checked AS {_checked(rows, columns, forms, attributes)}")
    left_out, future = _left_out(connection)
    noted = _make_events(connection, columns, attributes, "fault IS NULL" if left_out else "true")
    usable = rows.read - sum(e.rows for e in (*rows.entries, *left_out))
    ledger = Ledger(
        source,
        rows.read,
        usable - sum(e.rows for e in noted),
        columns.found(),
        (*rows.notes, *(note for form in forms.values() for note in (form.said, *form.notes))),
        (*rows.entries, *left_out, *noted, *future),
        rows.parts,
    )
    if not ledger.rows_used:
        raise EventsError(f"{source} has no row that can be used\n  {ledger.whole()}")
    return Canonical(columns, ledger, attributes)


def _only_used(connection: duckdb.DuckDBPyConnection, rows: Rows, columns: Columns) -> Columns:
    """The columns that count.

    A start that no row fills does not where there is an end (an end that no row fills does: all
    visits are open); lifecycle and instance do only where rows have one time and say start or
    complete.
    """
    if columns.start and columns.end and _is_empty(connection, rows, columns.start):
        columns = replace(columns, start=None)
    one_time = columns.start is None or columns.end is None
    lifecycle = columns.lifecycle
    if one_time and lifecycle and has_lifecycle(connection, rows.relation, lifecycle):
        return columns
    return replace(columns, lifecycle=None, instance=None)


def _is_empty(connection: duckdb.DuckDBPyConnection, rows: Rows, column: str) -> bool:
    given = connection.execute(
        f"SELECT 1 FROM {rows.relation} WHERE {_given(rows, column)} LIMIT 1"
    ).fetchone()
    return given is None


def _checked(
    rows: Rows, columns: Columns, forms: dict[str, TimeForm], attributes: dict[str, str]
) -> str:
    """The rows with their times read, and what is wrong with each of them."""
    start = forms["start"].micros if "start" in forms else "NULL::BIGINT"
    end = forms["end"].micros if "end" in forms else "NULL::BIGINT"
    given = [
        f"{_given(rows, column)} AS {which}_given"
        for which in ("start", "end")
        if (column := getattr(columns, which)) is not None
    ]
    unread = [f"{which}_given AND {which}_us IS NULL" for which in forms]
    listed = "".join(f", {name(column)} AS {attribute(column)}" for column in attributes)
    # The inner query names everything anew, so that the outer one cannot meet the log's own names.
    return f"""
        SELECT *,
          CASE WHEN case_id IS NULL THEN 'no case' WHEN activity IS NULL THEN 'no activity'
            WHEN {" OR ".join(unread)} THEN 'a time that cannot be read'
            WHEN start_us IS NULL AND end_us IS NULL THEN 'no time'
            WHEN coalesce(start_us, end_us) < {_YEAR_1} OR coalesce(end_us, start_us) > {_YEAR_9999}
              THEN 'a time outside the years 1 to 9999'
            WHEN start_us > end_us THEN 'its start is later than its end' END AS fault
        FROM (
          SELECT {name(ROW)} AS row, {_cell(rows, columns.case)} AS case_id,
            {_cell(rows, columns.activity)}::VARCHAR AS activity,
            {start} AS start_us, {end} AS end_us, {", ".join(given)},
            {_cell(rows, columns.resource)} AS resource,
            {_cell(rows, columns.lifecycle)} AS lifecycle,
            {_cell(rows, columns.instance)} AS instance{listed}
          FROM {rows.relation})"""


def _cell(rows: Rows, column: str | None) -> str:
    if column is None:
        return "NULL"
    return f"nullif({name(column)}, '')" if _is_text(rows, column) else name(column)


def _given(rows: Rows, column: str) -> str:
    return f"{_cell(rows, column)} IS NOT NULL"


def _is_text(rows: Rows, column: str) -> bool:
    return rows.types[column].startswith("VARCHAR")


def _left_out(
    connection: duckdb.DuckDBPyConnection,
) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The rows with a fault, by the fault; the rows without one that lie in the future."""
    # A day is left for zones: a time that names none may be read as hours later than it was.
    future = f"fault IS NULL AND coalesce(end_us, start_us) > epoch_us(now()) + {_DAY}"
    counted = connection.execute(
        f"SELECT count(fault), count(*) FILTER (WHERE {future}) FROM checked"
    ).fetchone()
    faulty, later = counted or (0, 0)
    noted: tuple[Entry, ...] = ()
    if later:
        first = _first(connection, future)
        noted = (Entry("noted", "a time that lies in the future", later, first),)
    if not faulty:
        return (), noted
    faults = connection.execute(
        "SELECT fault, count(*) FROM checked WHERE fault IS NOT NULL GROUP BY fault ORDER BY fault"
    ).fetchall()
    return tuple(
        Entry("left out", fault, count, _first(connection, f"fault = {literal(fault)}"))
        for fault, count in faults
    ), noted


def _first(connection: duckdb.DuckDBPyConnection, condition: str) -> tuple[int, ...]:
    first = connection.execute(
        f"SELECT row FROM checked WHERE {condition} ORDER BY row LIMIT {SHOWN_ROWS}"
    ).fetchall()
    return tuple(row for (row,) in first)


def _make_events(
    connection: duckdb.DuckDBPyConnection,
    columns: Columns,
    attributes: dict[str, str],
    usable: str,
) -> tuple[Entry, ...]:
    listed = "".join(f", {attribute(column)}" for column in attributes)
    if columns.lifecycle:
        noted = pair(connection, list(attributes))
        connection.execute(f"CREATE VIEW events AS SELECT * FROM {PAIRED}")
        return noted
    # In a log with both times a row without an end is an open visit; with only one, an instant.
    only_start = columns.end is None
    end = "start_us" if only_start else "end_us"
    known = "FALSE" if only_start else "start_us IS NOT NULL AND end_us IS NOT NULL"
    connection.execute(
        "CREATE VIEW events AS SELECT row, case_id, activity, "
        f"coalesce(start_us, end_us) AS start_us, {end} AS end_us, {known} AS known, "
        f"1 AS rows, resource{listed} FROM checked WHERE {usable}"
    )
    return ()
