"""Who comes to the demo's hotel in a year, and when: season, trend, weekdays, hours of the day.

All chance comes from `random.Random.random`, the one method whose sequence Python promises to
keep for a seed, and every duration is a whole number of seconds as soon as it is drawn: the year
is the same on every machine and with every version of Python.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from math import exp, log, sqrt
from random import Random
from statistics import NormalDist
from typing import TypeVar

YEAR = 2025
FIRST_DAY = datetime(YEAR, 1, 1, tzinfo=UTC)
EXPORTED = datetime(YEAR, 12, 31, 17, 30, tzinfo=UTC)
"""When the log was taken: in the afternoon, so that some stays are still on their way."""

SEED = 20250101
STAYS_A_DAY = 80
_BY_MONTH = (0.8, 0.8, 0.88, 0.95, 1.04, 1.15, 1.24, 1.27, 1.14, 0.96, 0.86, 0.93)
"""In the middle of each month; the days between go evenly from one to the next."""
_GROWTH = 0.05
"""Over the year."""
_BY_WEEKDAY = (0.92, 0.88, 0.9, 0.96, 1.16, 1.2, 0.98)
_BY_HOUR = (
    *(0.6, 0.3, 0.1, 0.1, 0.1, 0.2, 0.4, 0.8, 1.2, 1.8, 2.6, 3.6),
    *(4.6, 5.4, 8.6, 13.2, 13.8, 12.4, 9.0, 7.0, 5.2, 4.0, 2.8, 1.6),
)
_ROOMS = {"single": 22, "double": 52, "family": 18, "suite": 8}
_CHANNELS = {"website": 44, "travel agency": 31, "company": 15, "telephone": 10}
_NIGHTS = {1: 56, 2: 28, 3: 11, 4: 5}
_NEVER_COMES = 0.006
_NORMAL = NormalDist()
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Guest:
    """One stay: when the guest comes to the door, if at all, and what is known of the booking."""

    stay: str
    arrives: datetime
    room_type: str
    channel: str
    nights: int
    comes: bool

    def morning(self, night: int) -> datetime:
        """Midnight before the morning after that night of the stay, counted from 1."""
        return self.arrives.replace(hour=0, minute=0, second=0) + timedelta(days=night)


class Chance:
    """Draws of one seeded sequence."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - made-up guests need no secrecy

    def happens(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self._random() < share

    def normal(self) -> float:
        """A draw of the standard normal distribution."""
        return _NORMAL.inv_cdf(max(self._random(), 1e-9))

    def lasting(self, mean: float, sd: float) -> timedelta:
        """A lognormal duration of that mean and standard deviation in minutes; whole seconds."""
        spread, shift = _lognormal(mean, sd)
        minutes = exp(spread * self.normal() + shift)
        return timedelta(seconds=max(1, round(minutes * 60)))

    def within(self, seconds: int) -> timedelta:
        """A uniform number of whole seconds, from 0 to less than that many."""
        return timedelta(seconds=int(self._random() * seconds))

    def place(self, weights: Sequence[float]) -> int:
        """A place in the weights, drawn by them."""
        left = self._random() * sum(weights)
        for place, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return place
        return len(weights) - 1

    def one_of(self, weights: Mapping[Drawn, float]) -> Drawn:
        """A key, drawn by its weight."""
        return tuple(weights)[self.place(tuple(weights.values()))]


@cache
def _lognormal(mean: float, sd: float) -> tuple[float, float]:
    """Standard deviation and mean of the logarithm."""
    variance = log(1 + (sd / mean) ** 2)
    return sqrt(variance), log(mean) - variance / 2


def guests(chance: Chance) -> Iterator[Guest]:
    """The guests of the year in the order of their coming."""
    number = 0
    day = FIRST_DAY
    while day.year == YEAR:
        for arrives in _arrivals(day, chance):
            number += 1
            yield Guest(
                f"S{number:05d}",
                arrives,
                chance.one_of(_ROOMS),
                chance.one_of(_CHANNELS),
                chance.one_of(_NIGHTS),
                not chance.happens(_NEVER_COMES),
            )
        day += timedelta(days=1)


def instant(time: datetime) -> str:
    """A time in UTC as the logs write it."""
    return f"{time.isoformat()[:19]}Z"


def season(day: datetime) -> float:
    """How many come on a day of the year, as a share of the mean day, the trend included."""
    gone = (day - FIRST_DAY).days / 365
    month, share = divmod(gone * 12 - 0.5, 1)
    before, after = _BY_MONTH[int(month) % 12], _BY_MONTH[(int(month) + 1) % 12]
    return (before + share * (after - before)) * (1 + _GROWTH * (gone - 0.5))


def _arrivals(day: datetime, chance: Chance) -> list[datetime]:
    expected = STAYS_A_DAY * season(day) * _BY_WEEKDAY[day.weekday()]
    count = max(0, round(expected + sqrt(expected) * chance.normal()))
    hours = [chance.place(_BY_HOUR) for _ in range(count)]
    return sorted(day + timedelta(hours=hour) + chance.within(3600) for hour in hours)
