"""Durations as people write them. Inside the program a duration is a float of seconds."""

import re
from datetime import timedelta
from functools import lru_cache
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_SECONDS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hr", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), 86400.0),
    **dict.fromkeys(("w", "week", "weeks"), 604800.0),
}
_PART = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([A-Za-z]+)\s*")
_ISO = re.compile(
    r"P(?=\d|T\d)(?:(?P<w>\d+(?:\.\d+)?)W)?(?:(?P<d>\d+(?:\.\d+)?)D)?"
    r"(?:T(?=\d)(?:(?P<h>\d+(?:\.\d+)?)H)?(?:(?P<min>\d+(?:\.\d+)?)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?"
)
_LONGEST = 1000 * 366 * 86400.0
_UNITS_SHOWN = (("d", 86400), ("h", 3600), ("min", 60), ("s", 1))


def parse_duration(text: object) -> float:
    """Seconds of a duration such as `4 min`, `1.5 h`, `1 h 12 min`, `2 d`, `90 s` or `PT4M`.

    A day is 24 hours and a week seven days. Raises ValueError with a sentence that says what
    to write instead.
    """
    if isinstance(text, timedelta):
        return text.total_seconds()
    if not isinstance(text, str):
        raise ValueError(f"{text!r} has no unit; write a duration such as {_with_unit(text)}")
    written = text.strip()
    seconds = _parse_iso(written) if written.startswith("P") else _parse_parts(written, text)
    if seconds > _LONGEST:
        raise ValueError(f"{text!r} is longer than 1,000 years; look at its digits and its unit")
    return seconds


def _parse_parts(written: str, text: str) -> float:
    seconds, at, parts = 0.0, 0, 0
    while at < len(written):
        part = _PART.match(written, at)
        if not part:
            raise ValueError(f"{text!r} is no duration; write one such as 4 min, 1.5 h or 2 d")
        seconds += float(part[1]) * _unit(part[2], text)
        at, parts = part.end(), parts + 1
    if not parts:
        raise ValueError("the duration is empty; write one such as 4 min, 1.5 h or 2 d")
    return seconds


def _with_unit(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g} min"
    return "4 min"


def _unit(name: str, text: str) -> float:
    unit = name.lower()
    if unit in _SECONDS and name != "M":
        return _SECONDS[unit]
    if unit.startswith(("month", "year", "mo", "y")):
        raise ValueError(f"{text!r}: months and years differ in length; write days, such as 30 d")
    raise ValueError(f"{text!r}: {name!r} is no unit of time; use s, min, h, d or w")


def _parse_iso(text: str) -> float:
    found = _ISO.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no ISO 8601 duration of weeks, days and time; PT4M is one")
    return sum(float(n) * _SECONDS[unit] for unit, n in found.groupdict().items() if n)


@lru_cache(maxsize=4000)
def format_duration(seconds: float) -> str:
    """A duration in at most two units, rounded to what a reader needs: `1 h 12 min`, `3 d 4 h`."""
    sign, rest = ("−" if seconds < 0 else ""), abs(seconds)
    if 0 < rest < 1:
        return f"{sign}{rest:.2g} s"
    for index, (unit, size) in enumerate(_UNITS_SHOWN):
        last = unit == "s"
        if not last:
            smaller, smaller_size = _UNITS_SHOWN[index + 1]
            rounded = round(rest / smaller_size) * smaller_size
            if rounded < size:
                continue
            # From ten minutes on, nobody reads the seconds any more.
            if unit == "min" and rest >= 600:
                return f"{sign}{round(rest / 60)} min"
            many, few = divmod(round(rounded / smaller_size), size // smaller_size)
            tail = f" {few} {smaller}" if few and many < 100 else ""
            return f"{sign}{many:,} {unit}{tail}"
    return f"{sign}{round(rest):g} s"


Seconds = Annotated[
    float,
    BeforeValidator(parse_duration),
    WithJsonSchema(
        {
            "type": "string",
            "title": "Duration",
            "description": "A duration: 4 min, 1.5 h, 1 h 12 min, 2 d, 90 s, or ISO 8601 (PT4M)",
        }
    ),
]
