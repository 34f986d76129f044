"""ISO weeks (UTC): arrivals, completed cases, and work in progress at each week's end."""

from datetime import date, timedelta

from valuestream.measure.cases import instant
from valuestream.measure.visits import Visits
from valuestream.model.figures import Week

_WEEK = 7 * 86_400 * 1_000_000
# 1970-01-01 was a Thursday: its week began three days before.
_MONDAY = 3 * 86_400 * 1_000_000


def weeks(visits: Visits) -> tuple[Week, ...]:
    """All weeks from the earliest start to the latest end, the empty ones too.

    In work at a week's end t (the next Monday, 0:00) are the cases that started by t and whose
    latest end is after t, and those with an open visit that started by t.
    """
    arrived, completed = _by_week(visits, "start_us"), _by_week(visits, "end_us", "completed")
    if not arrived:
        return ()
    begun = _by_week(visits, "start_us - 1", _CLOSED)
    ended = _by_week(visits, "end_us - 1", _CLOSED)
    opened = dict(visits.engine.rows(f"SELECT {week_number('start_us - 1')}, count(*) {_OPEN}"))
    last = max(*_by_week(visits, "end_us"), *arrived)
    first = min(arrived)
    # A case that starts on the first Monday at 0:00 is in work from the end of the week before.
    in_work = begun.get(first - 1, 0) - ended.get(first - 1, 0)
    in_work += sum(count for week, count in opened.items() if week < first)
    found = []
    for week in range(first, last + 1):
        in_work += begun.get(week, 0) - ended.get(week, 0) + opened.get(week, 0)
        found.append(Week(week_name(week), arrived.get(week, 0), completed.get(week, 0), in_work))
    return tuple(found)


_CLOSED = "case_key NOT IN (SELECT case_key FROM open_cases)"
_OPEN = "FROM open_cases GROUP BY 1"


def _by_week(visits: Visits, micros: str, condition: str = "true") -> dict[int, int]:
    counted = f"SELECT {week_number(micros)}, count(*) FROM cases WHERE {condition} GROUP BY 1"
    return dict(visits.engine.rows(counted))


def week_number(micros: str) -> str:
    """SQL: the number of the week in which an instant lies."""
    return f"CAST(floor(({micros} + {_MONDAY}) / {_WEEK}.0) AS BIGINT)"


def week_start(week: int) -> date:
    """The Monday of a week by its number."""
    return instant(week * _WEEK - _MONDAY).date()


def week_name(week: int) -> str:
    """A week by its number as ISO 8601 has it: `2026-W05`."""
    year, number, _ = (week_start(week) + timedelta(days=3)).isocalendar()
    return f"{year}-W{number:02}"
