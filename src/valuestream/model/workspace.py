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
_HOURS = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)\s*-\s*([01]?\d|2[0-4]):([0-5]\d)")


def _zone(name: str) -> str:
    if name in available_timezones():
        return name
    raise ValueError(f"{name!r} is no time zone; {did_you_mean(name, available_timezones())}")


def _days(written: str) -> str:
    for part in written.split(","):
        for day in part.split("-"):
            if day.strip() not in _DAYS:
                raise ValueError(f"{day.strip()!r} is no day; write Mon-Fri or Mon, Wed, Sat")
    return written


def _hours(written: str) -> str:
    if not _HOURS.fullmatch(written):
        raise ValueError(f"{written!r} are no hours; write them such as 09:00-17:30")
    return written


TimeZone = Annotated[Text, AfterValidator(_zone)]
Hours = Annotated[Text, AfterValidator(_hours)]


class Calendar(Element):
    """When people work: days, hours (several shifts are a list), holidays, time zone."""

    days: Annotated[Text, AfterValidator(_days)] = "Mon-Fri"
    hours: Annotated[
        tuple[Hours, ...], BeforeValidator(listed, json_schema_input_type=Hours | tuple[Hours, ...])
    ] = ("09:00-17:00",)
    holidays: Text | tuple[Day, ...] | None = None
    """A country's code, such as PT, or days off."""
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


class Workspace(Element):
    """The contents of `valuestream.yaml`."""

    workspace: Text
    time_zone: TimeZone | None = None
    customers: Texts = ()
    calendars: dict[Text, Calendar] = {}
    roles: dict[Text, Role] = {}
    logs: dict[Text, Log] = Field(default={})
