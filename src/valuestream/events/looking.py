"""A log at first sight: its columns and what they are taken for, its first rows, its ledger."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from valuestream.engines import row
from valuestream.engines.duck import Duck
from valuestream.engines.sql import name
from valuestream.events.canonical import canonical
from valuestream.events.columns import Columns, guessed
from valuestream.events.errors import AmbiguousTimesError, EventsError
from valuestream.events.ledger import Ledger
from valuestream.events.log import form_of, opened
from valuestream.events.readers import ROW, Rows
from valuestream.events.times import Times

Lack = Literal["case", "activity", "time", "order of day and month"]
SHOWN = 20
"""So many rows are shown."""
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Look:
    """What a log looks like.

    Attributes:
        header: The names of its columns.
        columns: Which is taken for what: as named, else as recognised.
        rows: Its first rows as text, a cell for each column; None where nothing is written.
        lacks: What must be said before it can be read.
        why: Why it cannot be read so, in a sentence; empty where it can.
        ledger: What became of its rows; None where it cannot be read.
        cases: How many cases its visits are of.
        activities: Its activities and their rows, most first.
        period: When its first visit starts and its last one ends, in UTC.
    """

    header: tuple[str, ...]
    columns: Columns
    rows: tuple[tuple[str | None, ...], ...]
    lacks: tuple[Lack, ...] = ()
    why: str = ""
    ledger: Ledger | None = None
    cases: int = 0
    activities: tuple[tuple[str, int], ...] = ()
    period: tuple[datetime, datetime] | None = None


def look(
    source: str,
    named: Columns | None = None,
    *,
    time_format: str | None = None,
    time_zone: str | None = None,
) -> Look:
    """Looks at a log; the parameters are those of `read`.

    Raises EventsError where it is none. What its columns lack is part of the look.
    """
    named = named or Columns()
    with opened(source, named, time_zone) as (engine, rows):
        known = replace(named, **rows.columns.found())
        columns = guessed(known, list(rows.types))
        seen = Look(tuple(rows.types), columns, _first(engine, rows), _lacks(columns))
        if not seen.lacks:
            seen = _read(engine, rows, seen, source, Times(time_format, time_zone))
        engine.close()
        return seen


def _lacks(columns: Columns) -> tuple[Lack, ...]:
    found: list[Lack] = []
    if columns.case is None:
        found.append("case")
    if columns.activity is None:
        found.append("activity")
    if columns.start is None and columns.end is None:
        found.append("time")
    return tuple(found)


def _read(engine: Duck, rows: Rows, seen: Look, source: str, times: Times) -> Look:
    try:
        table = canonical(engine, rows, seen.columns, source, form_of(engine, rows, times))
    except AmbiguousTimesError as error:
        return replace(seen, lacks=("order of day and month",), why=str(error))
    except EventsError as error:
        return replace(seen, why=str(error))
    cases, first, last = row(
        engine,
        "SELECT count(DISTINCT hash(case_id)), min(start_us), max(coalesce(end_us, start_us)) "
        "FROM events WHERE lifecycle IS NULL",
    )
    activities = tuple(table.activities.items())
    period = None if first is None else (_instant(first), _instant(last))
    return replace(seen, ledger=table.ledger, cases=cases, activities=activities, period=period)


def _instant(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)


def _first(engine: Duck, rows: Rows) -> tuple[tuple[str | None, ...], ...]:
    cells = ", ".join(f"left({name(c)}::VARCHAR, {_LONGEST})" for c in rows.types)
    query = f"SELECT {cells} FROM {rows.relation} ORDER BY {name(ROW)} LIMIT {SHOWN}"
    return tuple(tuple(found) for found in engine.rows(query))
