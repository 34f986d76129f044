"""What the streams of a workspace share: roles, calendars, event logs."""

import re
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from valuestream.model.element import Day, Element, Text, Texts, listed
from valuestream.model.money import Cost
from valuestream.model.names import did_you_mean
from valuestream.model.staffing import Staffing

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_HOURS = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{2}(-[^\W_][\w ]*)?")
_MIDNIGHT = 24 * 60


def _zone(name: str) -> str:
    if name in available_timezones():
        return name
    raise ValueError(f"{name!r} is no time zone; {did_you_mean(name, available_timezones())}")


def weekdays(written: str) -> frozenset[int]:
    """The days of `Mon-Fri` or `Mon, Wed, Sat`, Monday as 0; `Fri-Mon` goes over the weekend."""
    found: set[int] = set()
    for part in written.split(","):
        first, *others = [_weekday(day.strip()) for day in part.split("-")]
        if len(others) > 1:
            raise ValueError(f"{part.strip()!r} are no days; write Mon-Fri or Mon, Wed, Sat")
        last = others[0] if others else first
        found |= {(first + more) % 7 for more in range((last - first) % 7 + 1)}
    return frozenset(found)


def _weekday(name: str) -> int:
    if name not in _DAYS:
        raise ValueError(f"{name!r} is no day; write Mon-Fri or Mon, Wed, Sat")
    return _DAYS.index(name)


def shift(written: str) -> tuple[int, int]:
    """Start and end of `09:00-17:30` in minutes; the end of a shift over midnight is past 1440."""
    match = _HOURS.fullmatch(written)
    if not match:
        raise ValueError(f"{written!r} are no hours; write them such as 09:00-17:30")
    hour, minute, last_hour, last_minute = map(int, match.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if start >= _MIDNIGHT or end > _MIDNIGHT:
        raise ValueError(f"{written!r} are no hours; a day starts at 00:00 and ends at 24:00")
    if start == end:
        raise ValueError(
            f"{written!r} start and end at the same time; write 00:00-24:00 for the whole day"
        )
    return start, end if end > start else end + _MIDNIGHT


def _days(written: str) -> str:
    weekdays(written)
    return written


def _hours(written: str) -> str:
    shift(written)
    return written


def _country(written: str) -> str:
    if not _COUNTRY.fullmatch(written):
        raise ValueError(
            f"{written!r} is no country's code; write such as PT, or DE-BY for a part of a country"
        )
    return written


TimeZone = Annotated[Text, AfterValidator(_zone)]
Hours = Annotated[Text, AfterValidator(_hours)]
Country = Annotated[Text, AfterValidator(_country)]


class Calendar(Element):
    """When people work: days, hours (several shifts are a list), holidays, time zone."""

    days: Annotated[Text, AfterValidator(_days)] = "Mon-Fri"
    hours: Annotated[
        tuple[Hours, ...], BeforeValidator(listed, json_schema_input_type=Hours | tuple[Hours, ...])
    ] = ("09:00-17:00",)
    holidays: Country | tuple[Day, ...] | None = None
    """A country's code, such as PT or DE-BY, or days off."""
    time_zone: TimeZone | None = None


class Role(Element):
    """A participant: how many there are, what an hour costs, when they work."""

    people: Staffing | None = None
    cost: Cost | None = None
    calendar: Text | None = None


class Log(Element):
    """An event log and the columns that are not recognised by themselves."""

    file: Text
    case: Text | None = None
    activity: Text | None = None
    start: Text | None = None
    end: Text | None = None
    resource: Text | None = None
    time_zone: TimeZone | None = None
    """The zone of times that name none."""
    time_format: Text | None = None
    """For times that are not ISO 8601: `day first`, `month first`, or a strptime format."""


class Process(Element):
    """A business process: the capability that it makes use of, and who answers for it."""

    capability: Text | None = None
    owner: Text | None = None


def _process(written: object) -> object:
    return {"capability": written} if isinstance(written, str) else written


class Workspace(Element):
    """The contents of `valuestream.yaml`."""

    workspace: Text
    time_zone: TimeZone | None = None
    calendar: Text | None = None
    """When people work, where a stream does not say otherwise."""
    customers: Texts = ()
    calendars: dict[Text, Calendar] = {}
    roles: dict[Text, Role] = {}
    logs: dict[Text, Log] = Field(default={})
    processes: dict[
        Text, Annotated[Process, BeforeValidator(_process, json_schema_input_type=Text | Process)]
    ] = {}
    """The business processes that steps name, those that serve no value among them."""
