"""A year of the hotel's departures: the guests who came, on the morning after their last night.

A breakfast on that morning is noted at the restaurant's door and often not yet on the bill, which
then has to be corrected while the guest waits; less often so from a day on. Whoever has nothing to
pay leaves the key in a box, and is in no log.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from valuestream.demo.hotel_agenda import Agenda
from valuestream.demo.hotel_changes import CHANGES, Changes
from valuestream.demo.hotel_guests import EXPORTED, SEED, Chance, Guest, instant
from valuestream.demo.hotel_staff import ACCOUNTING, CASHIERS, PORTERS, Pool, Served

PRINTED = "Bill printed"
DESK = "Check-out at the desk"
CORRECTED = "Bill corrected"
CAR = "Luggage to the car"

_PAYS_AT_THE_DESK = 0.66
_BILL_IS_WRONG = 0.04
_BREAKFAST_IS_MISSING = 0.32
_BREAKFAST_IS_STILL_MISSING = 0.1
_COMES_BY_CAR = 0.42
_BY_HOUR = {6: 4, 7: 13, 8: 20, 9: 26, 10: 25, 11: 12}


class Row(NamedTuple):
    """A row of the log."""

    stay_id: str
    activity: str
    started_at: str
    finished_at: str
    employee: str
    channel: str
    breakfast: str


@dataclass(slots=True)
class _Departure:
    """What became of a departure so far."""

    guest: Guest
    breakfast: str
    corrected: bool = False


@dataclass(slots=True)
class _Lobby:
    """The state of the simulation: staff, who is on the way, what was done."""

    chance: Chance
    on_the_bill_from: date | None
    agenda: Agenda[_Departure] = field(default_factory=Agenda)
    cashiers: Pool = field(default_factory=lambda: Pool(CASHIERS))
    accounting: Pool = field(default_factory=lambda: Pool(ACCOUNTING))
    porters: Pool = field(default_factory=lambda: Pool(PORTERS))
    done: list[tuple[datetime, Row]] = field(default_factory=list)

    def expects(self, guest: Guest, breakfast: str) -> None:
        """Notes when a guest leaves, unless the key goes into the box."""
        if self.chance.happens(_PAYS_AT_THE_DESK):
            hour = timedelta(hours=self.chance.one_of(_BY_HOUR))
            leaves = guest.morning(guest.nights) + hour + self.chance.within(3600)
            self.agenda.comes(leaves, self._print, _Departure(guest, breakfast))

    def _print(self, at: datetime, case: _Departure) -> None:
        end = at + self.chance.lasting(0.5, 0.2)
        self._writes(PRINTED, (at, end, ""), case)
        self.agenda.comes(end + self.chance.lasting(2.5, 1), self._check_out, case)

    def _check_out(self, at: datetime, case: _Departure) -> None:
        work = self.chance.lasting(*((1.5, 0.6) if case.corrected else (2.9, 1.2)))
        end = self._served(DESK, self.cashiers, at, work, case)
        if not case.corrected and self.chance.happens(self._is_wrong(at, case)):
            self.agenda.comes(end + self.chance.lasting(1, 0.4), self._correct, case)
        elif self.chance.happens(_COMES_BY_CAR):
            self.agenda.comes(end + self.chance.lasting(1, 0.5), self._car, case)

    def _is_wrong(self, at: datetime, case: _Departure) -> float:
        """The share of bills like this one that are wrong."""
        if case.breakfast == "no":
            return _BILL_IS_WRONG
        since = self.on_the_bill_from
        late = since is None or at.date() < since
        return _BREAKFAST_IS_MISSING if late else _BREAKFAST_IS_STILL_MISSING

    def _correct(self, at: datetime, case: _Departure) -> None:
        end = self._served(CORRECTED, self.accounting, at, self.chance.lasting(6, 2.5), case)
        case.corrected = True
        self.agenda.comes(end + self.chance.lasting(1, 0.4), self._check_out, case)

    def _car(self, at: datetime, case: _Departure) -> None:
        self._served(CAR, self.porters, at, self.chance.lasting(5, 2), case)

    def _served(
        self, step: str, staff: Pool, at: datetime, work: timedelta, case: _Departure
    ) -> datetime:
        served = staff.serve(at, work)
        self._writes(step, served, case)
        return served[1]

    def _writes(self, step: str, served: Served, case: _Departure) -> None:
        start, end, who = served
        guest = case.guest
        times = (instant(start), instant(end))
        row = Row(guest.stay, step, *times, who, guest.channel, case.breakfast)
        self.done.append((end, row))


def rows(
    stays: Iterable[Guest],
    breakfasts: Container[str],
    changes: Changes = CHANGES,
    seed: int = SEED + 3,
) -> list[Row]:
    """The log of the year, in the order in which things were finished.

    `breakfasts` are the numbers of those that were had: a stay's, and the night before it. About
    19,000 departures and 50,000 rows, the same for a seed everywhere.
    """
    lobby = _Lobby(Chance(seed), changes.breakfast_on_the_bill)
    for guest in stays:
        if guest.comes:
            had = f"{guest.stay}-{guest.nights}" in breakfasts
            lobby.expects(guest, "yes" if had else "no")
    lobby.agenda.run()
    return [row for end, row in sorted(lobby.done) if end <= EXPORTED]
