"""From a file's rows to the canonical events table."""

from dataclasses import dataclass, replace

import duckdb

from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.ledger import SHOWN_ROWS, Entry, Ledger
from valuestream.events.lifecycle import PAIRED, has_lifecycle, only_completes, pair
from valuestream.events.readers import ROW, Rows
from valuestream.events.sql import attribute, literal, name
from valuestream.events.times import TimeForm, Times, time_form


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
    left_out = _left_out(connection)
    noted: tuple[Entry, ...] = ()
    if columns.lifecycle and not only_completes(connection, rows.relation, columns.lifecycle):
        noted = pair(connection, list(attributes))
        connection.execute(f"CREATE VIEW events AS SELECT * FROM {PAIRED}")
    else:
        _make_events(connection, columns, attributes, "fault IS NULL" if left_out else "true")
    gone = (e.rows for e in (*rows.entries, *left_out) if e.kind == "left out")
    usable = rows.read - sum(gone)
    ledger = Ledger(
        source,
        rows.read,
        usable - sum(e.rows for e in noted),
        columns.found(),
        (*rows.notes, *(form.said for form in forms.values())),
        (*rows.entries, *left_out, *noted),
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


def _left_out(connection: duckdb.DuckDBPyConnection) -> tuple[Entry, ...]:
    faults = connection.execute(
        "SELECT fault, count(*) FROM checked WHERE fault IS NOT NULL GROUP BY fault ORDER BY fault"
    ).fetchall()
    entries = []
    for fault, count in faults:
        first = connection.execute(
            f"SELECT row FROM checked WHERE fault = {literal(fault)} "
            f"ORDER BY row LIMIT {SHOWN_ROWS}"
        ).fetchall()
        entries.append(Entry("left out", fault, count, tuple(row for (row,) in first)))
    return tuple(entries)


def _make_events(
    connection: duckdb.DuckDBPyConnection,
    columns: Columns,
    attributes: dict[str, str],
    usable: str,
) -> None:
    listed = "".join(f", {attribute(column)}" for column in attributes)
    # In a log with both times a row without an end is an open visit; with only one, an instant.
    only_start = columns.end is None
    end = "start_us" if only_start else "end_us"
    known = "FALSE" if only_start else "start_us IS NOT NULL AND end_us IS NOT NULL"
    connection.execute(
        "CREATE VIEW events AS SELECT row, case_id, activity, "
        f"coalesce(start_us, end_us) AS start_us, {end} AS end_us, {known} AS known, "
        f"1 AS rows, resource{listed} FROM checked WHERE {usable}"
    )
