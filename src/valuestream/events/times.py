"""Times as logs write them, read by the engine: one form for a whole column."""

from dataclasses import dataclass

import duckdb

from valuestream.engines.sql import literal, name
from valuestream.events.errors import EventsError

_DATES = {
    "day first": ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y"),
    "month first": ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y"),
}
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p")


@dataclass(frozen=True, slots=True)
class Times:
    """What is known beforehand of a log's times.

    Attributes:
        format: A strptime format, `day first` or `month first`, for times that are not ISO.
        zone: The time zone (IANA) of times that name none; without it they are UTC.
    """

    format: str | None = None
    zone: str | None = None

    def micros(self, naive: str) -> str:
        """SQL: the microseconds of a time without a zone, which is the session's then."""
        # In UTC they are the time's own: the conversion would cost five times the reading.
        return f"epoch_us({naive})" if self.zone is None else f"epoch_us({naive}::TIMESTAMPTZ)"


@dataclass(frozen=True, slots=True)
class TimeForm:
    """How a column's times are written, and the SQL for its microseconds since 1970 in UTC."""

    said: str
    micros: str


def time_form(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, type_: str, times: Times
) -> TimeForm:
    """The form of the times in a column of a table.

    Raises EventsError where the times fit no known form, or where day and month could be either.
    """
    own, wanted = name(column), times.format
    if not type_.startswith("VARCHAR"):
        return _typed(column, own, type_, times)
    if wanted and wanted not in _DATES:
        return TimeForm(f"{column!r} read as {wanted}", _formatted(own, (wanted,), times))
    iso = f"TRY_CAST(regexp_replace({own}, ' +([+-])', '\\1') AS TIMESTAMPTZ)"
    candidates = {"ISO 8601": f"epoch_us({iso})"}
    candidates |= {
        said: _formatted(own, _with_clocks(dates), times) for said, dates in _DATES.items()
    }
    candidates |= {"seconds since 1970": _epoch(own, 9, 10), "milliseconds": _epoch(own, 12, 13)}
    fitting = _count(connection, table, own, candidates)
    best = max(fitting.values())
    if not best:
        return TimeForm(f"{column!r} holds no times", candidates["ISO 8601"])
    either = fitting["day first"] == fitting["month first"] == best > fitting["ISO 8601"]
    if either and not wanted and best < _given(connection, table, own):
        raise EventsError(
            f"the times in column {column!r} have now the day and now the month first, or are of "
            "several forms; write them all in one, such as 2026-01-31 09:30"
        )
    if either and not wanted:
        raise EventsError(
            f"the times in column {column!r} may have the day or the month first; say which with "
            "--time-format 'day first' or 'month first'"
        )
    said = max(fitting, key=lambda form: fitting[form])
    if wanted and said in _DATES:
        said = wanted
    return TimeForm(f"{column!r} read as {said}", candidates[said])


def _typed(column: str, own: str, type_: str, times: Times) -> TimeForm:
    if type_.startswith("TIMESTAMP WITH"):
        return TimeForm(f"{column!r} is a {type_.lower()}", f"epoch_us({own})")
    if type_.startswith(("TIMESTAMP", "DATE")):
        return TimeForm(f"{column!r} is a {type_.lower()}", times.micros(f"{own}::TIMESTAMP"))
    raise EventsError(f"column {column!r} holds no times but {type_.lower()}; name another one")


def _with_clocks(dates: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(date + clock for date in dates for clock in _CLOCKS)


def _formatted(own: str, formats: tuple[str, ...], times: Times) -> str:
    listed = ", ".join(literal(f) for f in formats)
    # The engine reads words such as infinity by any format, as the year 1900.
    read = times.micros(f"try_strptime({own}, [{listed}])")
    return f"CASE WHEN regexp_matches({own}, '[0-9]') THEN {read} END"


def _epoch(own: str, low: int, high: int) -> str:
    factor = 1_000_000 if high == 10 else 1_000
    fits = f"regexp_full_match({own}, '\\d{{{low},{high}}}(\\.\\d+)?')"
    return f"CASE WHEN {fits} THEN CAST(TRY_CAST({own} AS DOUBLE) * {factor} AS BIGINT) END"


def _count(
    connection: duckdb.DuckDBPyConnection, table: str, own: str, candidates: dict[str, str]
) -> dict[str, int]:
    # ISO is tried alone first: it is what most logs have, and the formats are slow.
    iso = candidates["ISO 8601"]
    all_, as_iso = _row(connection, f"SELECT count({own}), count({iso}) FROM {table}")
    if as_iso and as_iso * 2 >= all_:
        return {said: as_iso if said == "ISO 8601" else 0 for said in candidates}
    counts = ", ".join(f"count({micros})" for micros in candidates.values())
    return dict(zip(candidates, _row(connection, f"SELECT {counts} FROM {table}"), strict=True))


def _given(connection: duckdb.DuckDBPyConnection, table: str, own: str) -> int:
    return _row(connection, f"SELECT count({own}) FILTER (WHERE {own} <> '') FROM {table}")[0]


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row
