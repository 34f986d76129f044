"""Who serves the guests of the demo's hotel. Whoever comes first is served first."""

from datetime import datetime, timedelta

from valuestream.demo.hotel_guests import FIRST_DAY

RESERVATIONS = "reservations"
BELLHOPS = ("bellhop 1", "bellhop 2", "bellhop 3", "bellhop 4")
HOUSEKEEPING = ("housekeeping 1", "housekeeping 2", "housekeeping 3")
SECOND_DESK = "reception 4"

Served = tuple[datetime, datetime, str]
"""Start, end, and by whom."""


class Pool:
    """People who do the same work. Ask in the order of coming: that is the order of serving."""

    def __init__(self, people: tuple[str, ...]) -> None:
        self._free = dict.fromkeys(people, FIRST_DAY - timedelta(days=1))

    def serve(self, at: datetime, work: timedelta) -> Served:
        """The one who is free longest serves."""
        who = min(self._free, key=lambda person: self._free[person])
        start = max(at, self._free[who])
        self._free[who] = start + work
        return start, start + work, who


class Desk:
    """One receptionist, in three shifts; a second one on the season's evenings before weekends."""

    def __init__(self) -> None:
        self._free = FIRST_DAY - timedelta(days=1)
        self._second_free = FIRST_DAY

    def serve(self, at: datetime, work: timedelta) -> Served:
        """The desk that is free first, the first one if both are."""
        first, second = max(at, self._free), max(at, self._second_free)
        if _second_is_staffed(second) and second < first:
            self._second_free = second + work
            return second, second + work, SECOND_DESK
        self._free = first + work
        return first, first + work, _on_duty(first)


def _second_is_staffed(time: datetime) -> bool:
    return time.month in (6, 7, 8, 9) and time.weekday() in (4, 5) and 16 <= time.hour < 20


def _on_duty(time: datetime) -> str:
    if 7 <= time.hour < 15:
        return "reception 1"
    return "reception 2" if 15 <= time.hour < 23 else "reception 3"
