"""Who comes to which step when: the heart of a simulation of queues."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Generic, TypeVar

Case = TypeVar("Case")


@dataclass(slots=True)
class Agenda(Generic[Case]):
    """Comings that are still to be dealt with, in the order of their times."""

    _coming: list[tuple[datetime, int, Callable[[datetime, Case], None], Case]] = field(
        default_factory=list
    )
    _order: Iterator[int] = field(default_factory=count)

    def comes(self, at: datetime, to: Callable[[datetime, Case], None], case: Case) -> None:
        """Notes that a case comes to a step at a time."""
        heapq.heappush(self._coming, (at, next(self._order), to, case))

    def run(self) -> None:
        """Serves everybody in the order of coming, also those who come meanwhile."""
        while self._coming:
            at, _, to, case = heapq.heappop(self._coming)
            to(at, case)
