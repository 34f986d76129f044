"""Work in progress: how old it is, and whether it fits what comes and how long it takes."""

from dataclasses import dataclass
from datetime import datetime

from valuestream.model.figures import Period, Spread


@dataclass(frozen=True, slots=True)
class AgeAtStep:
    """The unfinished cases at one step, and what finished cases took from there on.

    Attributes:
        step: The step of their open visit (the latest begun), else of their last visit.
        cases: How many they are.
        age: Since their earliest start.
        since: Since they first reached the step.
        finished: The finished cases that reached the step.
        to_the_end: What those took from first reaching it to their latest end.
        older: Unfinished cases whose `since` is more than the 50th, 85th and 95th percentile of
            `to_the_end`; None where no finished case reached the step.
    """

    step: str
    cases: int
    age: Spread
    since: Spread
    finished: int
    to_the_end: Spread
    older: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Age:
    """The age of unfinished work at an instant; steps in the stream's order, all of them.

    Unfinished are the cases that are not completed, and those with an open visit. A case that was
    given up looks the same, unless the step where that happens is marked as an end.
    `sample` is the number of unfinished cases looked at, where there are too many: the counts are
    then scaled up to all.
    """

    at: datetime | None
    cases: int
    older_than_p85: int
    steps: tuple[AgeAtStep, ...]
    sample: int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """Both sides of the law in a period.

    Attributes:
        period: From and until when.
        arrivals: Cases whose earliest start lies in it.
        left: Cases whose latest end lies in it, without those that have an open visit.
        completed: Those of them that are completed.
        work_in_progress: Mean over time.
        arrivals_per_day: The rate of arrivals.
        lead_time: Mean of the cases that left, in seconds; None where none did.
        expected: The rate times the lead time: the work in progress of a steady flow.
        ratio: Work in progress over the expected; None where nothing is expected.
        age: Mean age of the work in progress over time, in seconds; None where there was none.
    """

    period: Period
    arrivals: int
    left: int
    completed: int
    work_in_progress: float
    arrivals_per_day: float
    lead_time: float | None
    expected: float | None
    ratio: float | None
    age: float | None


@dataclass(frozen=True, slots=True)
class LittlesLaw:
    """The law over the whole period and in its halves; None and () without a period.

    Attributes:
        whole: From the earliest start to the latest end, or to the latest start of an open visit.
        halves: The first and the second half of it.
        ageing: Whether the work in progress was older in the second half, by more than 15 %; None
            where a half had none.
        says: What follows, in one sentence.
    """

    whole: Balance | None
    halves: tuple[Balance, ...]
    ageing: bool | None
    says: str
