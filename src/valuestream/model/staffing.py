"""How many people do a step, and when there are more or fewer of them."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from valuestream.model.written import Written

_SHIFT = re.compile(r"(\d{1,6})\s+from\s+(\d{1,2}):(\d{2})\s+to\s+(\d{1,2}):(\d{2})")
_NUMBER = re.compile(r"[0-9]{1,6}")
_FORMS = "write a number such as 2, or '1, 2 from 15:00 to 18:00'"


@dataclass(frozen=True, slots=True)
class Shift:
    """So many people from one minute of the day to another."""

    people: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class Staffing(Written):
    """The number of people at any time, and the shifts in which it differs."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "type": ["integer", "string"],
        "title": "Staffing",
        "description": "A number of people: 2, or '1, 2 from 15:00 to 18:00'",
    }

    people: int
    shifts: tuple[Shift, ...] = ()

    def __str__(self) -> str:
        return ", ".join([str(self.people), *map(_show, self.shifts)])

    @classmethod
    def parse(cls, text: object) -> "Staffing":
        """The staffing in `2` or `1, 2 from 15:00 to 18:00`; ValueError says what to write."""
        if isinstance(text, Staffing):
            return text
        if isinstance(text, int) and not isinstance(text, bool) and text >= 0:
            return cls(text)
        parts = [p.strip() for p in text.split(",")] if isinstance(text, str) else []
        if not parts or not _NUMBER.fullmatch(parts[0]):
            raise ValueError(f"{text!r} is no number of people; {_FORMS}")
        return cls(int(parts[0]), tuple(_parse_shift(p, text) for p in parts[1:]))


def _parse_shift(part: str, whole: object) -> Shift:
    found = _SHIFT.fullmatch(part)
    if not found:
        raise ValueError(f"{whole!r}: {part!r} is no shift; {_FORMS}")
    people, h1, m1, h2, m2 = map(int, found.groups())
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if start > 1440 or end > 1440 or m1 > 59 or m2 > 59 or start >= end:
        raise ValueError(f"{whole!r}: a shift runs from an earlier to a later time of one day")
    return Shift(people, start, end)


def _show(shift: Shift) -> str:
    start, end = divmod(shift.from_minute, 60), divmod(shift.to_minute, 60)
    return f"{shift.people} from {start[0]:02}:{start[1]:02} to {end[0]:02}:{end[1]:02}"
