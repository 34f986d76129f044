"""A year of the hotel's breakfasts: those of the guests who came, morning by morning.

One cook makes the eggs, so guests wait for them at weekends, when all sleep long and come at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from valuestream.demo.hotel_agenda import Agenda
from valuestream.demo.hotel_guests import EXPORTED, SEED, Chance, Guest, instant
from valuestream.demo.hotel_staff import COOK, HOSTS, WAITERS, Pool, Served

NUMBER = "Room number noted"
TABLE = "Shown to a table"
DRINK = "Coffee or tea"
EGGS = "Eggs cooked to order"
MEAL = "Breakfast in peace"

_TAKES_BREAKFAST = {"single": 0.24, "double": 0.28, "family": 0.42, "suite": 0.36}
_WANTS_EGGS = 0.55
_RATES = 0.4
_BY_HALF_HOUR = (6, 14, 20, 20, 16, 12, 8, 4)
"""From half past six on, on working days and on weekends."""
_AT_WEEKENDS = (1, 4, 8, 12, 21, 27, 19, 8)
_OPENS = timedelta(hours=6, minutes=30)


class Row(NamedTuple):
    """A row of the log; an empty text is a missing value."""

    breakfast_id: str
    activity: str
    started_at: str
    finished_at: str
    employee: str
    stay_id: str
    room_type: str
    rating: str


@dataclass(slots=True)
class _Breakfast:
    """What became of a breakfast so far."""

    number: str
    guest: Guest
    waited: timedelta = timedelta()


@dataclass(slots=True)
class _Restaurant:
    """The state of the simulation: staff, who is on the way, what was done."""

    chance: Chance
    agenda: Agenda[_Breakfast] = field(default_factory=Agenda)
    hosts: Pool = field(default_factory=lambda: Pool(HOSTS))
    waiters: Pool = field(default_factory=lambda: Pool(WAITERS))
    cook: Pool = field(default_factory=lambda: Pool(COOK))
    done: list[tuple[datetime, Row]] = field(default_factory=list)

    def expects(self, guest: Guest) -> None:
        """Notes the mornings on which a guest comes down."""
        for night in range(1, guest.nights + 1):
            if not self.chance.happens(_TAKES_BREAKFAST[guest.room_type]):
                continue
            morning = guest.morning(night)
            crowd = _AT_WEEKENDS if morning.weekday() >= 5 else _BY_HALF_HOUR
            opened = timedelta(minutes=30 * self.chance.place(crowd))
            comes = morning + _OPENS + opened + self.chance.within(1800)
            self.agenda.comes(comes, self._number, _Breakfast(f"{guest.stay}-{night}", guest))

    def _number(self, at: datetime, case: _Breakfast) -> None:
        end = self._served(NUMBER, self.hosts, at, self.chance.lasting(0.5, 0.2), case)
        self.agenda.comes(end, self._table, case)

    def _table(self, at: datetime, case: _Breakfast) -> None:
        end = self._served(TABLE, self.hosts, at, self.chance.lasting(1.2, 0.5), case)
        self.agenda.comes(end + self.chance.lasting(1, 0.6), self._drink, case)

    def _drink(self, at: datetime, case: _Breakfast) -> None:
        end = self._served(DRINK, self.waiters, at, self.chance.lasting(2.5, 0.8), case)
        to = self._eggs if self.chance.happens(_WANTS_EGGS) else self._meal
        self.agenda.comes(end + self.chance.lasting(1, 0.5), to, case)

    def _eggs(self, at: datetime, case: _Breakfast) -> None:
        end = self._served(EGGS, self.cook, at, self.chance.lasting(4.6, 1.5), case)
        self.agenda.comes(end + self.chance.lasting(0.5, 0.2), self._meal, case)

    def _meal(self, at: datetime, case: _Breakfast) -> None:
        end = at + self.chance.lasting(24, 8)
        rating = str(self._rating(case)) if self.chance.happens(_RATES) else ""
        self._writes(MEAL, (at, end, ""), case, rating)

    def _served(
        self, step: str, staff: Pool, at: datetime, work: timedelta, case: _Breakfast
    ) -> datetime:
        served = staff.serve(at, work)
        case.waited += served[0] - at
        self._writes(step, served, case)
        return served[1]

    def _writes(self, step: str, served: Served, case: _Breakfast, rating: str = "") -> None:
        start, end, who = served
        guest = case.guest
        times = (instant(start), instant(end))
        row = Row(case.number, step, *times, who, guest.stay, guest.room_type, rating)
        self.done.append((end, row))

    def _rating(self, case: _Breakfast) -> int:
        felt = 4.9 - 0.07 * case.waited.total_seconds() / 60 + 0.6 * self.chance.normal()
        return min(5, max(1, round(felt)))


def rows(stays: Iterable[Guest], seed: int = SEED + 2) -> list[Row]:
    """The log of the year, in the order in which things were finished.

    About 14,000 breakfasts and 60,000 rows, the same for a seed everywhere.
    """
    restaurant = _Restaurant(Chance(seed))
    for guest in stays:
        if guest.comes:
            restaurant.expects(guest)
    restaurant.agenda.run()
    return [row for end, row in sorted(restaurant.done) if end <= EXPORTED]
