"""A year of a hotel's check-ins, made up: the events of a queue that is really simulated.

Guests come to the door (hotel_guests), most leave car and luggage to a bellhop, all wait in one
line for the desk, are led to their room, and some come back because the key does not open. The
desk serves in the order of coming, with one receptionist, so waiting grows by itself in the
afternoons of the season, until there is a second one (hotel_changes). The e-mail goes out shortly
before a guest comes, so that it is at the top of the inbox. Times are UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from valuestream.demo.hotel_agenda import Agenda
from valuestream.demo.hotel_changes import CHANGES, Changes
from valuestream.demo.hotel_guests import EXPORTED, SEED, Chance, Guest, instant
from valuestream.demo.hotel_staff import BELLHOPS, HOUSEKEEPING, RESERVATIONS, Desk, Pool

EMAIL = "Welcome e-mail"
VALET = "Valet and bellhop"
DESK = "Check-in at the desk"
LUGGAGE = "Luggage to the room"
ROOM = "Welcome to the room"
MINIBAR = "Minibar delivery"

_TAKES_VALET = 0.82
_WAITS_FOR_BELLHOP = 0.72
_KEY_FAILS = {"website": 0.11, "travel agency": 0.15, "company": 0.1, "telephone": 0.12}
_RATES = 0.7
_ORDERS_MINIBAR = 0.015


class Row(NamedTuple):
    """A row of the log; an empty text is a missing value."""

    stay_id: str
    activity: str
    started_at: str
    finished_at: str
    employee: str
    room_type: str
    channel: str
    rating: str


@dataclass(slots=True)
class _Stay:
    """What became of a guest so far."""

    guest: Guest
    queued: timedelta = timedelta()
    returned: int = 0


@dataclass(slots=True)
class _Visit:
    stay: _Stay
    activity: str
    start: datetime
    end: datetime
    who: str
    rating: int | None = None


@dataclass(slots=True)
class _Hotel:
    """The state of the simulation: staff, who is on the way, what was done."""

    chance: Chance
    desk: Desk
    agenda: Agenda[_Stay] = field(default_factory=Agenda)
    bellhops: Pool = field(default_factory=lambda: Pool(BELLHOPS))
    housekeeping: Pool = field(default_factory=lambda: Pool(HOUSEKEEPING))
    visits: list[_Visit] = field(default_factory=list)

    def expects(self, guest: Guest) -> None:
        """Notes that the e-mail to a guest is due."""
        self.agenda.comes(guest.arrives - self.chance.lasting(3.4, 1.4), self._email, _Stay(guest))

    def _email(self, at: datetime, stay: _Stay) -> None:
        end = at + self.chance.lasting(0.6, 0.3)
        self.visits.append(_Visit(stay, EMAIL, at, end, RESERVATIONS))
        if not stay.guest.comes:
            return
        to = self._valet if self.chance.happens(_TAKES_VALET) else self._check_in
        self.agenda.comes(max(stay.guest.arrives, end), to, stay)

    def _valet(self, at: datetime, stay: _Stay) -> None:
        start, end, who = self.bellhops.serve(at, self.chance.lasting(3.6, 1.6))
        self.visits.append(_Visit(stay, VALET, start, end, who))
        self.agenda.comes(end + self.chance.lasting(0.7, 0.3), self._check_in, stay)

    def _check_in(self, at: datetime, stay: _Stay) -> None:
        work = self.chance.lasting(*((2.2, 1.0) if stay.returned else _check_in_work(stay.guest)))
        start, end, who = self.desk.serve(at, work)
        stay.queued += start - at
        self.visits.append(_Visit(stay, DESK, start, end, who))
        led = not stay.returned or self.chance.happens(_WAITS_FOR_BELLHOP)
        to = self._luggage if led else self._room
        self.agenda.comes(end + self.chance.lasting(0.6, 0.4), to, stay)

    def _luggage(self, at: datetime, stay: _Stay) -> None:
        start, end, who = self.bellhops.serve(at, self.chance.lasting(4.2, 1.5))
        self.visits.append(_Visit(stay, LUGGAGE, start, end, who))
        share = 0.03 if stay.returned else _KEY_FAILS[stay.guest.channel]
        if self.chance.happens(share):
            stay.returned += 1
            self.agenda.comes(end + self.chance.lasting(1.8, 0.5), self._check_in, stay)
        else:
            self.agenda.comes(end + self.chance.lasting(0.5, 0.3), self._room, stay)

    def _room(self, at: datetime, stay: _Stay) -> None:
        start, end, who = self.housekeeping.serve(at, self.chance.lasting(2.4, 0.9))
        rating = self._rating(stay) if self.chance.happens(_RATES) else None
        self.visits.append(_Visit(stay, ROOM, start, end, who, rating))
        if self.chance.happens(_ORDERS_MINIBAR):
            later = end + self.chance.lasting(35, 20)
            end = later + self.chance.lasting(3, 1)
            self.visits.append(_Visit(stay, MINIBAR, later, end, who))

    def _rating(self, stay: _Stay) -> int:
        """Delight less what waiting in line and coming back to the desk take from it."""
        minutes = max(0.0, stay.queued.total_seconds() / 60 - 4)
        felt = 4.95 - 0.055 * minutes - 0.9 * stay.returned + 0.6 * self.chance.normal()
        return min(5, max(1, round(felt)))


def _check_in_work(guest: Guest) -> tuple[float, float]:
    """Mean and standard deviation in minutes; an agency's booking has to be looked for."""
    return (4.9, 2.0) if guest.channel == "travel agency" else (4.0, 1.5)


def rows(expected: Iterable[Guest], changes: Changes = CHANGES, seed: int = SEED + 1) -> list[Row]:
    """The log of the year, in the order in which things were finished, faults of its own included.

    About 29,000 stays and 145,000 rows, the same for a seed everywhere.
    """
    hotel = _Hotel(Chance(seed), Desk(changes.second_receptionist))
    for guest in expected:
        hotel.expects(guest)
    hotel.agenda.run()
    finished = (v for v in hotel.visits if v.end <= EXPORTED)
    written = [_row(v) for v in sorted(finished, key=lambda v: (v.end, v.stay.guest.stay))]
    return _with_faults(written)


def _row(visit: _Visit) -> Row:
    guest = visit.stay.guest
    rating = "" if visit.rating is None else str(visit.rating)
    done = (visit.activity, instant(visit.start), instant(visit.end), visit.who)
    return Row(guest.stay, *done, guest.room_type, guest.channel, rating)


def _with_faults(written: list[Row]) -> list[Row]:
    """The log as real logs are: two rows lost their times, one its stay, one clock ran back."""
    untimed = {"started_at": "", "finished_at": ""}
    fifth = len(written) // 5
    for place, step in ((fifth, LUGGAGE), (3 * fifth, ROOM)):
        at = _next_of(written, place, step)
        written[at] = written[at]._replace(**untimed)
    at = _next_of(written, 2 * fifth, VALET)
    written[at] = written[at]._replace(stay_id="")
    at = _next_of(written, 4 * fifth, DESK)
    row = written[at]
    written[at] = row._replace(started_at=row.finished_at, finished_at=row.started_at)
    return written


def _next_of(written: list[Row], place: int, activity: str) -> int:
    return next(i for i in range(place, len(written)) if written[i].activity == activity)
