"""Segments: the cases that a condition, a period or a column's value picks out of a log."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from valuestream.engines import EngineError
from valuestream.engines.sql import literal
from valuestream.events import Events
from valuestream.measure.columns import own_column
from valuestream.measure.errors import EmptySegment, MeasureError


@dataclass(frozen=True, slots=True)
class Segment:
    """Which cases are measured, each whole: a case counts when all that is given holds.

    Attributes:
        where: An SQL expression over the log's columns that holds for at least one of its rows.
        start: Its earliest start is at or after this instant,
        end: and before this one.
        value: Its first value of a column (or None for no value), as column and value.
        weekday: The day of the week (UTC) of its earliest start, Monday being 0.
        variant: The number of its sequence of steps, as `by_variant` found it.
    """

    where: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    value: tuple[str, str | None] | None = None
    weekday: int | None = None
    variant: int | None = None


WHOLE = Segment()
_STARTED = "SELECT case_id FROM events WHERE lifecycle IS NULL GROUP BY case_id"
_DAY = 86_400 * 1_000_000
# 1970-01-01 was a Thursday.
_WEEKDAY = f"(CAST(floor(min(start_us) / {_DAY}.0) AS BIGINT) + 3) % 7"


def choose(events: Events, segment: Segment) -> None:
    """Makes the relation `chosen`: the events of the segment's cases.

    Raises MeasureError where its condition is none that can be asked, or names an unknown column.
    """
    conditions = [f"case_id IN ({cases})" for cases in _cases(events, segment)]
    chosen = " AND ".join(conditions) or "true"
    try:
        # Of some cases the events are kept: what is laid asks for them a dozen times.
        keep = events.engine.table if conditions else events.engine.view
        keep("chosen", f"SELECT * FROM events WHERE {chosen}")
        if conditions and not events.engine.rows("SELECT 1 FROM chosen LIMIT 1"):
            raise EmptySegment("no case of the log is in this segment; choose a wider one")
    except EngineError as error:
        raise MeasureError(f"--where {segment.where!r} cannot be asked: {error}") from error


def _cases(events: Events, segment: Segment) -> list[str]:
    queries = []
    if segment.where:
        from valuestream.measure.conditions import condition

        queries.append(f"SELECT case_id FROM events WHERE {condition(segment.where, events)}")
    if segment.start or segment.end:
        bounds = [f"min(start_us) >= {_micros(segment.start)}"] if segment.start else []
        bounds += [f"min(start_us) < {_micros(segment.end)}"] if segment.end else []
        queries.append(f"{_STARTED} HAVING {' AND '.join(bounds)}")
    if segment.weekday is not None:
        queries.append(f"{_STARTED} HAVING {_WEEKDAY} = {segment.weekday}")
    if segment.variant is not None:
        queries.append(
            "SELECT case_id FROM events WHERE hash(case_id) IN "
            f"(SELECT case_key FROM variant_of_case WHERE variant = {segment.variant})"
        )
    if segment.value:
        column, value = segment.value
        same = "IS NULL" if value is None else f"= {literal(value)}"
        queries.append(
            f"SELECT case_id FROM ({first_values(events, column)}) AS v WHERE value {same}"
        )
    return queries


def values(events: Events, column: str, segment: Segment) -> list[tuple[str | None, Segment]]:
    """The values of a column among a segment's cases, most cases first, each as a segment."""
    query = first_values(events, column)
    choose(events, segment)
    found = events.engine.rows(
        f"SELECT value, count(*) FROM ({query}) AS valued "
        "WHERE case_id IN (SELECT case_id FROM chosen) GROUP BY value ORDER BY 2 DESC, 1"
    )
    return [(value, replace(segment, value=(column, value))) for value, _ in found]


def first_values(events: Events, column: str) -> str:
    """SQL: case_id and value, the first that one of the case's rows has; null where none has.

    Raises MeasureError for an unknown column.
    """
    own = own_column(column, events)
    text = f"nullif({own}::VARCHAR, '')"
    first = f"row_number() OVER (PARTITION BY case_id ORDER BY {text} IS NULL, row)"
    return (
        f"SELECT case_id, value FROM (SELECT case_id, {text} AS value, {first} AS place "
        "FROM events) AS valued WHERE place = 1"
    )


def parse_instant(text: str) -> datetime:
    """The instant in `2026-01-31` or in ISO 8601 with a time; UTC where it names no zone.

    Raises ValueError.
    """
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _micros(instant: datetime) -> int:
    since = instant - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
