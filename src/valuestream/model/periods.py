"""Periods as people name them: a year, a half, a quarter, a month."""

import re
from datetime import date, timedelta

_NAMED = re.compile(r"(?P<year>\d{4})(?:-?\s*(?P<part>[QqHh]\d|\d{2}))?")
_TURNED = re.compile(r"(?P<part>[QqHh]\d)\s*(?P<year>\d{4})")
_MONTHS = {"q": 3, "h": 6}


def first_and_last_day(period: str) -> tuple[date, date] | None:
    """The days of `2026`, `2026-Q2`, `Q2 2026`, `2026-H1` or `2026-04`; None of other words."""
    written = period.strip()
    found = _NAMED.fullmatch(written) or _TURNED.fullmatch(written)
    if not found or found["year"] == "0000":
        return None
    part, months, number = found["part"], 12, 1
    if part:
        months = _MONTHS.get(part[0].casefold(), 1)
        number = int(part.lstrip("QqHh"))
    if not 1 <= number <= 12 // months:
        return None
    year, first = int(found["year"]), (number - 1) * months + 1
    begin = date(year, first, 1)
    after = year * 12 + first - 1 + months
    if after // 12 > date.max.year:
        return None
    return begin, date(after // 12, after % 12 + 1, 1) - timedelta(days=1)
