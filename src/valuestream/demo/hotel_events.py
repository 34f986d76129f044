"""A year of a hotel's check-ins, made up: the events of a queue that is really simulated.

Guests come to the door (hotel_guests), most leave car and luggage to a bellhop, all wait in one
line for the desk, are led to their room, and some come back because the key does not open. The
desk serves in the order of coming, mostly with one receptionist, so waiting grows by itself in
the afternoons of the season. The e-mail goes out shortly before a guest comes, so that it is at
the top of the inbox. Times are UTC.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import NamedTuple

from valuestream.demo.hotel_guests import EXPORTED, Chance, Guest, guests
from valuestream.demo.hotel_staff import BELLHOPS, HOUSEKEEPING, RESERVATIONS, Desk, Pool

SEED = 20250101
EMAIL = "Welcome e-mail"
VALET = "Valet and bellhop"
DESK = "Check-in at the desk"
LUGGAGE = "Luggage to the room"
ROOM = "Welcome to the room"
MINIBAR = "Minibar delivery"

COLUMNS = (
    "stay_id",
    "activity",
    "started_at",
    "finished_at",
    "employee",
    "room_type",
    "channel",
    "rating",
)

_TAKES_VALET = 0.82
_NEVER_COMES = 0.006
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
    desk: Desk = field(default_factory=Desk)
    bellhops: Pool = field(default_factory=lambda: Pool(BELLHOPS))
    housekeeping: Pool = field(default_factory=lambda: Pool(HOUSEKEEPING))
    visits: list[_Visit] = field(default_factory=list)
    _coming: list[tuple[datetime, int, str, _Stay]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def comes(self, at: datetime, to: str, stay: _Stay) -> None:
        """Notes that a guest comes to a step at a time."""
        heapq.heappush(self._coming, (at, next(self._order), to, stay))

    def run(self) -> None:
        """Serves everybody in the order of coming."""
        serve = {
            EMAIL: self._email,
            VALET: self._valet,
            DESK: self._check_in,
            LUGGAGE: self._luggage,
            ROOM: self._room,
        }
        while self._coming:
            at, _, step, stay = heapq.heappop(self._coming)
            serve[step](at, stay)

    def _email(self, at: datetime, stay: _Stay) -> None:
        end = at + self.chance.lasting(0.6, 0.3)
        self.visits.append(_Visit(stay, EMAIL, at, end, RESERVATIONS))
        if self.chance.happens(_NEVER_COMES):
            return
        to = VALET if self.chance.happens(_TAKES_VALET) else DESK
        self.comes(max(stay.guest.arrives, end), to, stay)

    def _valet(self, at: datetime, stay: _Stay) -> None:
        start, end, who = self.bellhops.serve(at, self.chance.lasting(3.6, 1.6))
        self.visits.append(_Visit(stay, VALET, start, end, who))
        self.comes(end + self.chance.lasting(0.7, 0.3), DESK, stay)

    def _check_in(self, at: datetime, stay: _Stay) -> None:
        work = self.chance.lasting(*((2.2, 1.0) if stay.returned else _check_in_work(stay.guest)))
        start, end, who = self.desk.serve(at, work)
        stay.queued += start - at
        self.visits.append(_Visit(stay, DESK, start, end, who))
        led = not stay.returned or self.chance.happens(_WAITS_FOR_BELLHOP)
        self.comes(end + self.chance.lasting(0.6, 0.4), LUGGAGE if led else ROOM, stay)

    def _luggage(self, at: datetime, stay: _Stay) -> None:
        start, end, who = self.bellhops.serve(at, self.chance.lasting(4.2, 1.5))
        self.visits.append(_Visit(stay, LUGGAGE, start, end, who))
        share = 0.03 if stay.returned else _KEY_FAILS[stay.guest.channel]
        if self.chance.happens(share):
            stay.returned += 1
            self.comes(end + self.chance.lasting(1.8, 0.5), DESK, stay)
        else:
            self.comes(end + self.chance.lasting(0.5, 0.3), ROOM, stay)

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
    return (5.5, 2.4) if guest.channel == "travel agency" else (4.5, 1.9)


def rows(seed: int = SEED) -> list[Row]:
    """The log of the year, in the order in which things were finished, faults of its own included.

    About 29,000 stays and 145,000 rows, the same for a seed everywhere.
    """
    chance = Chance(seed)
    hotel = _Hotel(chance)
    for guest in guests(chance):
        hotel.comes(guest.arrives - chance.lasting(3.4, 1.4), EMAIL, _Stay(guest))
    hotel.run()
    finished = (v for v in hotel.visits if v.end <= EXPORTED)
    written = [_row(v) for v in sorted(finished, key=lambda v: (v.end, v.stay.guest.stay))]
    return _with_faults(written)


def _row(visit: _Visit) -> Row:
    guest = visit.stay.guest
    rating = "" if visit.rating is None else str(visit.rating)
    done = (visit.activity, _instant(visit.start), _instant(visit.end), visit.who)
    return Row(guest.stay, *done, guest.room_type, guest.channel, rating)


def _instant(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


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
