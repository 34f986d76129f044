"""Who serves the guests of the demo's hotel. Whoever comes first is served first."""

from datetime import date, datetime, timedelta

from valuestream.demo.hotel_guests import FIRST_DAY

RESERVATIONS = "reservations"
BELLHOPS = ("bellhop 1", "bellhop 2", "bellhop 3", "bellhop 4")
HOUSEKEEPING = ("housekeeping 1", "housekeeping 2", "housekeeping 3")
SECOND_DESK = "reception 4"
HOSTS = ("host 1",)
WAITERS = ("waiter 1", "waiter 2")
COOK = ("cook 1",)
CASHIERS = ("cashier 1",)
ACCOUNTING = ("accounting 1",)
PORTERS = ("bellhop 5", "bellhop 6")

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
    """One receptionist, in three shifts; a second one in the afternoons from a day on, if ever."""

    def __init__(self, second_from: date | None) -> None:
        self._second_from = second_from
        self._free = FIRST_DAY - timedelta(days=1)
        self._second_free = FIRST_DAY

    def serve(self, at: datetime, work: timedelta) -> Served:
        """The desk that is free first, the first one if both are."""
        first, second = max(at, self._free), max(at, self._second_free)
        if self._second_is_there(second) and second < first:
            self._second_free = second + work
            return second, second + work, SECOND_DESK
        self._free = first + work
        return first, first + work, _on_duty(first)

    def _second_is_there(self, time: datetime) -> bool:
        since = self._second_from
        return since is not None and since <= time.date() and 15 <= time.hour < 18


def _on_duty(time: datetime) -> str:
    if 7 <= time.hour < 15:
        return "reception 1"
    return "reception 2" if 15 <= time.hour < 23 else "reception 3"
