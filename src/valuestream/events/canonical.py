"""From a source's rows to the canonical events table."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from valuestream.engines import Engine, row
from valuestream.engines.sql import attribute, literal, name
from valuestream.events.columns import Columns
from valuestream.events.errors import EventsError
from valuestream.events.ledger import SHOWN_ROWS, Entry, Ledger
from valuestream.events.lifecycle import PAIRED, has_lifecycle, only_completes, pair
from valuestream.events.readers import Rows
from valuestream.events.times import TimeForm

_YEAR_1, _YEAR_9999 = -62_135_596_800_000_000, 253_402_300_799_999_999
_DAY = 86_400_000_000
_MOST_COMPARED = 2_000_000
"""Of larger logs rows are not compared with each other: it would cost a tenth of the whole."""


@dataclass(frozen=True, slots=True)
class Canonical:
    """What is known of the relation `events`, once it is made."""

    columns: Columns
    ledger: Ledger
    attributes: dict[str, str]
    activities: dict[str, int]
    """The rows of each activity that are visits or parts of visits, most first."""


def canonical(
    engine: Engine,
    rows: Rows,
    columns: Columns,
    source: str,
    time_form: Callable[[str], TimeForm],
) -> Canonical:
    """Makes the relation `events` of a source's rows; says what became of each in a ledger.

    `time_form` gives the form of the times in a column.
    """
    columns = _only_used(engine, rows, columns)
    forms = {
        which: time_form(column)
        for which in ("start", "end")
        if (column := getattr(columns, which)) is not None
    }
    own = columns.found().values()
    attributes = {column: type_ for column, type_ in rows.types.items() if column not in own}
    engine.view("checked", _checked(engine, rows, columns, forms, attributes))
    activities, left_out, future = _counted(engine)
    repeated = _repeated(engine, rows.read, list(attributes))
    noted: tuple[Entry, ...] = ()
    if columns.lifecycle and not only_completes(engine, rows.relation, columns.lifecycle):
        noted = pair(engine, list(attributes))
        engine.view("events", f"SELECT * FROM {PAIRED}")
        activities = _activities(engine)
    else:
        _make_events(engine, columns, attributes, "fault IS NULL" if left_out else "true")
    gone = (e.rows for e in (*rows.entries, *left_out) if e.kind == "left out")
    usable = rows.read - sum(gone)
    ledger = Ledger(
        source,
        rows.read,
        usable - sum(e.rows for e in noted),
        columns.found(),
        (*rows.notes, *(note for form in forms.values() for note in (form.said, *form.notes))),
        (*rows.entries, *left_out, *noted, *future, *repeated),
        rows.parts,
    )
    if not activities:
        raise EventsError(f"{source} has no row that can be used\n  {ledger.whole()}")
    return Canonical(columns, ledger, attributes, activities)


def _only_used(engine: Engine, rows: Rows, columns: Columns) -> Columns:
    """The columns that count.

    A start that no row fills does not where there is an end (an end that no row fills does: all
    visits are open); lifecycle and instance do only where rows have one time and say start or
    complete.
    """
    if columns.start and columns.end and _is_empty(engine, rows, columns.start):
        columns = replace(columns, start=None)
    one_time = columns.start is None or columns.end is None
    lifecycle = columns.lifecycle
    if one_time and lifecycle and has_lifecycle(engine, rows.relation, lifecycle):
        return columns
    return replace(columns, lifecycle=None, instance=None)


def _is_empty(engine: Engine, rows: Rows, column: str) -> bool:
    return not engine.rows(f"SELECT 1 FROM {rows.relation} WHERE {_given(rows, column)} LIMIT 1")


def _checked(
    engine: Engine,
    rows: Rows,
    columns: Columns,
    forms: dict[str, TimeForm],
    attributes: dict[str, str],
) -> str:
    """The rows with their times read, and what is wrong with each of them."""
    case = columns.case or ""
    # Statistics often tell that all have a case: its texts need not be read to look for faults.
    lacking = engine.rows(f"SELECT 1 FROM {rows.relation} WHERE {_missing(rows, case)} LIMIT 1")
    without_case = "WHEN case_id IS NULL THEN 'no case'" if lacking else ""
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
          CASE {without_case} WHEN activity IS NULL THEN 'no activity'
            WHEN {" OR ".join(unread)} THEN 'a time that cannot be read'
            WHEN start_us IS NULL AND end_us IS NULL THEN 'no time'
            WHEN coalesce(start_us, end_us) < {_YEAR_1} OR coalesce(end_us, start_us) > {_YEAR_9999}
              THEN 'a time outside the years 1 to 9999'
            WHEN start_us > end_us THEN 'its start is later than its end' END AS fault
        FROM (
          SELECT {rows.number} AS row, {_cell(rows, columns.case)} AS case_id,
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


def _missing(rows: Rows, column: str) -> str:
    own = name(column)
    return f"{own} IS NULL OR {own} = ''" if _is_text(rows, column) else f"{own} IS NULL"


def _is_text(rows: Rows, column: str) -> bool:
    return rows.types[column].startswith("VARCHAR")


def _counted(engine: Engine) -> tuple[dict[str, int], tuple[Entry, ...], tuple[Entry, ...]]:
    """The usable rows of each activity, most first; the rows left out; those in the future."""
    # A day is left for zones: a time that names none may be read as hours later than it was.
    now = time.time_ns() // 1000 + _DAY
    future = f"fault IS NULL AND coalesce(end_us, start_us) > {now}"
    # One pass for all, by activities alone: on a large file each costs a tenth of the whole.
    found = engine.rows(
        "SELECT activity, count(*) - count(fault), count(fault), max(coalesce(end_us, start_us)) "
        "FROM checked GROUP BY activity"
    )
    usable = {activity: rows for activity, rows, *_ in found if rows}
    left_out: tuple[Entry, ...] = ()
    noted: tuple[Entry, ...] = ()
    if any(faulty for _, _, faulty, _ in found):
        faults = "SELECT fault, count(*) FROM checked WHERE fault IS NOT NULL GROUP BY fault"
        left_out = tuple(
            Entry("left out", fault, rows, _first(engine, f"fault = {literal(fault)}"))
            for fault, rows in sorted(engine.rows(faults))
        )
    if any(latest is not None and latest > now for *_, latest in found):
        (later,) = row(engine, f"SELECT count(*) FROM checked WHERE {future}")
        if later:
            first = _first(engine, future)
            noted = (Entry("noted", "a time that lies in the future", later, first),)
    return _most_first(usable), left_out, noted


def _repeated(engine: Engine, rows: int, attributes: list[str]) -> tuple[Entry, ...]:
    """The rows that say exactly what an earlier one says. They are kept: it may have happened."""
    if rows > _MOST_COMPARED:
        return ()
    own = ["case_id", "activity", "start_us", "end_us", "resource", "lifecycle", "instance"]
    listed = ", ".join([*own, *map(attribute, attributes)])
    distinct = engine.rows(
        f"SELECT count(*), count(DISTINCT hash({listed})) FROM checked WHERE fault IS NULL"
    )
    again = distinct[0][0] - distinct[0][1]
    if not again:
        return ()
    query = (
        f"SELECT row FROM (SELECT row, row_number() OVER (PARTITION BY hash({listed}) "
        "ORDER BY row) AS turn FROM checked WHERE fault IS NULL) AS turns "
        f"WHERE turn > 1 ORDER BY row LIMIT {SHOWN_ROWS}"
    )
    first = tuple(row for (row,) in engine.rows(query))
    return (Entry("noted", "a row that repeats an earlier one exactly", again, first),)


def _first(engine: Engine, condition: str) -> tuple[int, ...]:
    query = f"SELECT row FROM checked WHERE {condition} ORDER BY row LIMIT {SHOWN_ROWS}"
    return tuple(row for (row,) in engine.rows(query))


def _activities(engine: Engine) -> dict[str, int]:
    counted = (
        "SELECT activity, CAST(sum(rows) AS BIGINT) FROM events "
        "WHERE lifecycle IS NULL GROUP BY activity"
    )
    return _most_first(dict(engine.rows(counted)))


def _most_first(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda counted: (-counted[1], counted[0])))


def _make_events(engine: Engine, columns: Columns, attributes: dict[str, str], usable: str) -> None:
    """Makes the relation of a log whose rows are visits each."""
    listed = "".join(f", {attribute(column)}" for column in attributes)
    # In a log with both times a row without an end is an open visit; with only one, an instant.
    only_start = columns.end is None
    end = "start_us" if only_start else "end_us"
    known = "FALSE" if only_start else "start_us IS NOT NULL AND end_us IS NOT NULL"
    engine.view(
        "events",
        "SELECT row, case_id, activity, "
        f"coalesce(start_us, end_us) AS start_us, {end} AS end_us, {known} AS known, "
        f"1 AS rows, resource, CAST(NULL AS VARCHAR) AS lifecycle{listed} "
        f"FROM checked WHERE {usable}",
    )
