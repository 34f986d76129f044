"""Times as logs write them, read by the engine: one form for a whole column."""

from dataclasses import dataclass

import duckdb

from valuestream.engines.sql import literal, name
from valuestream.events.errors import AmbiguousTimesError, EventsError

_ORDERS = ("day first", "month first")
_SHORT = ", years of two digits"
# Each way to write a date, as a pattern and what makes ISO of it; the clock is what follows.
_LONG_YEAR = r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:$|[ T,]+)"
_SHORT_YEAR = r"^\s*(\d{1,2})[./-](\d{1,2})[./-](\d\d)(?:$|[ T,]+)"
_DATES = {
    "day first": (_LONG_YEAR, r"\3-\2-\1 "),
    "month first": (_LONG_YEAR, r"\3-\1-\2 "),
}
# The mark holds the place of the century.
_SHORT_DATES = {
    f"day first{_SHORT}": (_SHORT_YEAR, r"~\3-\2-\1 "),
    f"month first{_SHORT}": (_SHORT_YEAR, r"~\3-\1-\2 "),
    f"year first{_SHORT}": (_SHORT_YEAR.replace("{1,2}", "{2}", 1), r"~\1-\2-\3 "),
}
_WEEKDAY = r"^\s*(?:[A-Za-z]{3,9}\.?,?\s+)?"
_WORDS = (
    # Sat Jan 31 09:15:00 CET 2026
    (
        r"^\s*[A-Za-z]{3} +([A-Za-z]{3}) +(\d{1,2}) +(\d\d:\d\d:\d\d) *([A-Z]{3,4})? *"
        r"(\d{4}) *([+-]\d{4})?\s*$",
        r"\2 \1 \5 \3 \4\6",
    ),
    # Jan 31, 2026 9:15 AM
    (
        _WEEKDAY
        + r"([A-Za-z]{3})[a-z]*\.?[ -]+(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4})(?:$|[ ,T]+)",
        r"\2 \1 \3 ",
    ),
    # 31 Jan 2026 09:15, 31-JAN-26, 31/Jan/2026:09:15:00 +0100
    (
        _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ ./-]+([A-Za-z]{3})[a-z]*\.?,?[ /-]+"
        r"(\d{4}|\d\d)(?:$|[ ,T:]+)",
        r"\1 \2 \3 ",
    ),
)
# What makes a time that the engine reads of one that it does not, one after the other.
_REPAIRS = (
    # 2026-01-31T09:15:00+01:00[Europe/Berlin]
    (r"\s*[\[(].*$", ""),
    (r"^(\d{8})(\d{4}|\d{6})(\D.*)?$", r"\1T\2\3"),
    (r"^(\d{4})(\d\d)(\d\d)([T ].*)?$", r"\1-\2-\3\4"),
    (r"^(\d{4})[./](\d{1,2})[./](\d{1,2})", r"\1-\2-\3"),
    (r"[T ](\d\d)(\d\d)(\d\d)", r" \1:\2:\3"),
    (r"[T ](\d\d)(\d\d)($|[Z+-])", r" \1:\2\3"),
    (r"T(\d\d)($|[Z+-])", r" \1:00\2"),
    (r"[- T](\d\d)\.(\d\d)\.(\d\d)", r" \1:\2:\3"),
    (r"(:\d\d),(\d)", r"\1.\2"),
    (r"\s*(?:GMT|UTC)?([+-]\d\d(?::?\d\d)?)$", r"\1"),
    (r"\s+[Zz]$", "Z"),
)
_TWELVE_HOURS = r"^(.*[ T])(\d{1,2})(:[0-9:.]+)? *([AaPp])\.?[Mm]\.?(.*)$"
_WEEK_OR_DAY = r"\d{4}-?W\d\d-?\d|\d{4}-\d{3}"
_ZONE = r"[:T]\d\d.*([Zz]|[+-]\d\d?(:?\d\d)?|[A-Za-z_]{3,}|[A-Z]{3,4} \d{4}|[\])])\s*$"
_EPOCHS = {
    "seconds since 1970": (9, 10, 1e6),
    "milliseconds since 1970": (12, 13, 1e3),
    "microseconds since 1970": (15, 16, 1),
    "nanoseconds since 1970": (18, 19, 1e-3),
}
_SAMPLE = 5_000
_EXCEL = "day numbers of a spreadsheet"


@dataclass(frozen=True, slots=True)
class Times:
    """What is known beforehand of a log's times.

    Attributes:
        format: A strptime format, `day first` or `month first`, for times that are not ISO.
        zone: The time zone (IANA) of times that name none; without it they are UTC.
        instants: SQL for what `iso` gives of a column's times, where that is kept already.
    """

    format: str | None = None
    zone: str | None = None
    instants: str | None = None

    def micros(self, naive: str) -> str:
        """SQL: the microseconds of a time without a zone, which is the session's then."""
        # In UTC they are the time's own: the conversion would cost five times the reading.
        return f"epoch_us({naive})" if self.zone is None else f"epoch_us({naive}::TIMESTAMPTZ)"


@dataclass(frozen=True, slots=True)
class TimeForm:
    """How a column's times are written, and the SQL for its microseconds since 1970 in UTC."""

    said: str
    micros: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Counts:
    """The times given in a column, those that name a zone, and those that each form reads."""

    given: int
    zoned: int
    fitting: dict[str, int]


def time_form(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, type_: str, times: Times
) -> TimeForm:
    """The form of the times in a column of a table.

    Raises EventsError where the times fit no known form, or where day and month could be either.
    """
    own, wanted = name(column), times.format
    if not type_.startswith("VARCHAR"):
        return _typed(column, own, type_, times)
    if wanted and wanted not in _ORDERS:
        return TimeForm(f"{column!r} read as {wanted}", _formatted(connection, own, wanted, times))
    forms = {
        said: micros
        for said, micros in _forms(own, times).items()
        if wanted is None or said.startswith(wanted) or said not in _DATES | _SHORT_DATES
    }
    counts = _count(connection, table, own, forms)
    said = _chosen(column, counts)
    if said is None:
        return TimeForm(f"{column!r} holds no times", forms["ISO 8601"])
    return TimeForm(f"{column!r} read as {said}", forms[said], _zones(column, counts, said, times))


def _typed(column: str, own: str, type_: str, times: Times) -> TimeForm:
    if type_.startswith("TIMESTAMP WITH"):
        return TimeForm(f"{column!r} is a {type_.lower()}", f"epoch_us({own})")
    if type_.startswith(("TIMESTAMP", "DATE")):
        return TimeForm(f"{column!r} is a {type_.lower()}", times.micros(f"{own}::TIMESTAMP"))
    raise EventsError(f"column {column!r} holds no times but {type_.lower()}; name another one")


def _chosen(column: str, counts: _Counts) -> str | None:
    """The form that reads most of the times; the first of several that read as many."""
    fitting = counts.fitting
    best = max(fitting.values())
    if not best:
        return None
    said = max(fitting, key=lambda form: fitting[form])
    either = [f for f in fitting if f in _DATES | _SHORT_DATES and fitting[f] == best]
    if said not in either or len(either) == 1:
        return said
    if best < counts.given:
        raise EventsError(
            f"the times in column {column!r} have now the day and now the month first, or are of "
            "several forms; write them all in one, such as 2026-01-31 09:30"
        )
    if said in _DATES:
        raise AmbiguousTimesError(
            f"the times in column {column!r} may have the day or the month first; say which with "
            "--time-format 'day first' or 'month first'"
        )
    raise AmbiguousTimesError(
        f"the times in column {column!r} have years of two digits and may be read in several "
        "ways; say which with --time-format 'day first', 'month first' or, for instance, '%y-%m-%d'"
    )


def _zones(column: str, counts: _Counts, said: str, times: Times) -> tuple[str, ...]:
    bare = counts.fitting[said] - counts.zoned
    if said in _EPOCHS or bare <= 0 or not counts.zoned:
        return ()
    zone = times.zone or "UTC"
    return (
        f"{bare:,} times in {column!r} name no zone and are read as {zone}; "
        f"{counts.zoned:,} name one",
    )


def iso(own: str) -> str:
    """SQL for the microseconds of times that are ISO 8601; nothing where one is not."""
    # To the engine infinity and epoch are times, and 01/02/26 is a day in the year 1.
    return f"CASE WHEN regexp_matches({own}, '^\\s*\\d{{4}}') THEN {_instant(own)} END"


def _forms(own: str, times: Times) -> dict[str, str]:
    """SQL for the microseconds of each form; nothing where a time is not of the form."""
    dates = {said: _instant(_replaced(own, rule)) for said, rule in _DATES.items()}
    short = {said: _instant(_century(_replaced(own, rule))) for said, rule in _SHORT_DATES.items()}
    words = {"the month in words": _instant(_from_words(own))}
    epochs = {said: _epoch(own, *digits) for said, digits in _EPOCHS.items()}
    return {
        "ISO 8601": times.instants or iso(own),
        **dates,
        **words,
        **short,
        **epochs,
        _EXCEL: _excel(own, times),
    }


def _instant(text: str) -> str:
    """SQL: the microseconds of a time that is nearly ISO; most need no repair."""
    read = f"coalesce(TRY_CAST({text} AS TIMESTAMPTZ), TRY_CAST({_repaired(text)} AS TIMESTAMPTZ))"
    return f"epoch_us({read})"


def _repaired(text: str) -> str:
    repaired = f"trim({text})"
    for pattern, by in _REPAIRS:
        repaired = f"regexp_replace({repaired}, {literal(pattern)}, {literal(by)})"
    groups = (
        f"regexp_extract(t, {literal(_TWELVE_HOURS)}, ['date', 'hour', 'rest', 'half', 'zone'])"
    )
    of_24 = _let(
        "g",
        groups,
        "CASE WHEN g.hour::INT BETWEEN 1 AND 12 THEN concat(g.date, g.hour::INT % 12 "
        "+ CASE WHEN g.half IN ('P', 'p') THEN 12 ELSE 0 END, coalesce(nullif(g.rest, ''), ':00'), "
        "trim(g.zone)) END",
    )
    week = "try_strptime(t, ['%G-W%V-%u', '%GW%V%u', '%Y-%j'])::VARCHAR"
    return _let(
        "t",
        repaired,
        f"CASE WHEN regexp_matches(t, {literal(_TWELVE_HOURS)}) THEN {of_24} "
        f"WHEN regexp_full_match(t, {literal(_WEEK_OR_DAY)}) THEN {week} ELSE t END",
    )


def _let(variable: str, value: str, body: str) -> str:
    """SQL: an expression in which a value has a name, so that it is written and computed once."""
    return f"list_transform([{value}], lambda {variable}: {body})[1]"


def _replaced(own: str, rule: tuple[str, str]) -> str:
    """SQL: a time with its date as ISO writes it; nothing where it has another date."""
    pattern, by = rule
    return f"nullif(trim(regexp_replace({own}, {literal(pattern)}, {literal(by)})), {own})"


def _century(text: str) -> str:
    return _let("s", text, "CASE WHEN s >= '~70' THEN '19' ELSE '20' END || s[2:]")


def _from_words(own: str) -> str:
    text = own
    for pattern, by in _WORDS:
        text = f"regexp_replace({text}, {literal(pattern)}, {literal(by)})"
    date = r"^\d+ [A-Za-z]{3} \d+"
    day = f"try_strptime(regexp_extract(w, '{date}'), ['%d %b %y', '%d %b %Y'])::DATE::VARCHAR"
    rest = f"trim({day} || ' ' || regexp_replace(w, '{date} *', ''))"
    return _let("w", text, f"CASE WHEN regexp_matches(w, '{date} ') THEN {rest} END")


def _formatted(connection: duckdb.DuckDBPyConnection, own: str, wanted: str, times: Times) -> str:
    try:
        connection.execute(f"SELECT try_strptime('', {literal(wanted)})")
    except duckdb.Error as error:
        raise EventsError(
            f"--time-format {wanted!r} is no time format; write one such as '%d.%m.%Y %H:%M'"
        ) from error
    # The engine reads words such as infinity by any format, as the year 1900.
    read = times.micros(f"try_strptime({own}, {literal(wanted)})")
    return f"CASE WHEN regexp_matches({own}, '[0-9]') THEN {read} END"


def _epoch(own: str, low: int, high: int, factor: float) -> str:
    fits = f"regexp_full_match({own}, '\\s*\\d{{{low},{high}}}(\\.\\d+)?\\s*')"
    return f"CASE WHEN {fits} THEN TRY_CAST(TRY_CAST({own} AS DOUBLE) * {factor} AS BIGINT) END"


def _excel(own: str, times: Times) -> str:
    """SQL: the microseconds of a number of days since 1899-12-30, to the millisecond."""
    days = f"TRY_CAST(replace({own}, ',', '.') AS DOUBLE) - 25569"
    read = times.micros(f"make_timestamp(CAST(round(({days}) * 86400000) * 1000 AS BIGINT))")
    return f"CASE WHEN regexp_full_match({own}, '\\s*[2-7]\\d{{4}}([.,]\\d+)?\\s*') THEN {read} END"


def _count(
    connection: duckdb.DuckDBPyConnection, table: str, own: str, forms: dict[str, str]
) -> _Counts:
    """How many times each form reads; a form that a sample shows cannot win counts as none.

    Nearly every column is one pass over the form that it has: the forms are slow to try.
    """
    some = f"(SELECT * FROM {table} WHERE {own} <> '' LIMIT {_SAMPLE})"
    sampled = _reads(connection, some, forms)
    best = max(sampled.values())
    leading = [form for form in forms if sampled[form] == best]
    zoned = f"count(*) FILTER (WHERE regexp_matches({own}, {literal(_ZONE)}))"
    counts = ", ".join(f"count({forms[form]})" for form in leading)
    given, named, *read = _row(
        connection, f"SELECT count(nullif({own}, '')), {zoned}, {counts} FROM {table}"
    )
    fitting = dict.fromkeys(forms, 0) | dict(zip(leading, read, strict=True))
    others = max((read for read in sampled.values() if read < best), default=0)
    # Even if a form that lags in the sample reads all other rows, it reads no more than this.
    most = given - min(given, _SAMPLE) + others
    # What is ISO is of no other form.
    if max(read) <= most and fitting["ISO 8601"] * 2 < max(given, 1):
        fitting = _reads(connection, table, forms)
    if fitting[_EXCEL] < given:
        # Five digits are many things; days they are only where the whole column is so.
        fitting[_EXCEL] = 0
    return _Counts(given, named, fitting)


def _reads(
    connection: duckdb.DuckDBPyConnection, table: str, forms: dict[str, str]
) -> dict[str, int]:
    counts = ", ".join(f"count({micros})" for micros in forms.values())
    return dict(zip(forms, _row(connection, f"SELECT {counts} FROM {table}"), strict=True))


def _row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row
