"""The weeks of a period, or its days where it is short."""

from dataclasses import dataclass
from typing import Literal

_DAY = 86_400 * 1_000_000
_WEEK = 7 * _DAY
# 1970-01-01 was a Thursday: its week began three days before.
_MONDAY = 3 * _DAY
_SHORT = 10 * _WEEK


@dataclass(frozen=True, slots=True)
class Units:
    """The ISO weeks or the days (UTC) of a period, numbered since 1970; lengths in microseconds."""

    unit: Literal["week", "day"]
    length: int
    shift: int
    numbers: range

    def number(self, micros: str) -> str:
        """SQL: the number of the unit in which an instant lies."""
        return f"CAST(floor(({micros} + {self.shift}) / {self.length}.0) AS BIGINT)"

    @property
    def starts(self) -> tuple[int, ...]:
        """When each begins, in microseconds."""
        return tuple(n * self.length - self.shift for n in self.numbers)


def units(first: int, last: int) -> Units:
    """Those from the one instant (microseconds) to the other; days where it is under ten weeks."""
    unit: Literal["week", "day"] = "day" if last - first < _SHORT else "week"
    length, shift = (_DAY, 0) if unit == "day" else (_WEEK, _MONDAY)
    return Units(
        unit, length, shift, range((first + shift) // length, (last + shift) // length + 1)
    )
