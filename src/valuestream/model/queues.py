"""Work that waits before steps as time goes by, and how many people were at work at once."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Queue:
    """The visits of one step that another visit of their case came before, in each unit of time.

    Attributes:
        step: Its name.
        came: Those that could have begun: the case's earlier visits had ended.
        begun: Those that began; of an instant, whose begin nobody saw, those that happened.
        waiting: Those that had come and not begun at the end of the unit. A visit that the log
            does not see begin is not among them: towards the log's end they are too few.
        days_came: The days (UTC) on which any came.
        days_begun: The days on which any began.
        together: Of those whose begin and resource are known, the share that began in the same
            moment as another case's, by the same resource; None without any. A begin at midnight
            (UTC) is left out: of such logs only the day is known.
    """

    step: str
    came: tuple[int, ...]
    begun: tuple[int, ...]
    waiting: tuple[int, ...]
    days_came: int = 0
    days_begun: int = 0
    together: float | None = None


@dataclass(frozen=True, slots=True)
class Queues:
    """The queues before all steps, in the stream's order.

    Attributes:
        unit: ISO weeks (UTC), or days where the period is shorter than ten weeks.
        starts: When each begins.
        steps: One queue a step; of a step that no case came to from another, of zeros.
    """

    unit: Literal["week", "day"]
    starts: tuple[datetime, ...]
    steps: tuple[Queue, ...]
