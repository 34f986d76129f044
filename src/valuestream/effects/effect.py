"""What a delivery changed in one figure, with all that is needed to show it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from valuestream.effects.delivered import Delivered

Verdict = Literal["better", "worse", "no visible effect", "too little data"]
LESS_IS_BETTER = ("lead_time", "process_time", "wait_time", "elapsed_time", "rework")


@dataclass(frozen=True, slots=True)
class Point:
    """An ISO week (by its Monday) of a figure's course: means of its days, by their visits.

    Attributes:
        monday: The week.
        seen: The figure; None in a week without visits.
        fitted: What trend, season, load and all deliveries make it.
        without: The same without the delivery, and the ends of the 95 % interval of that.
        low: (The lower end.)
        high: (The upper end.)
    """

    monday: date
    seen: float | None
    fitted: float
    without: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What one delivery, or several that cannot be told apart, changed in one figure.

    Durations are seconds, shares lie between 0 and 1. What the data cannot tell is None.

    Attributes:
        stream: The stream's name.
        stream_id: Its id.
        step: The step's name; None of the whole stream.
        figure: Which: `wait_time.mean`, `rework`, `promise.kept`, `lead_time.mean`, …
        deliveries: What was delivered; several cannot be told apart, and the rest is of them all.
        verdict: What became of the figure.
        why: Why nothing can be told, where it is so.
        before: What the figure would have been without it, on the days after it.
        after: What it is once the change is in, on the same days.
        change: after − before.
        low: The ends of the change's 95 % interval.
        high: (The upper end.)
        p: How likely there was no change, or one the other way; both sides.
        adjusted: The same, adjusted for all effects asked of the stream.
        grown: How likely the change grew over weeks and did not come at once.
        visits: How many visits (or cases) were counted before it, and how many after it.
        course: The figure by week.
    """

    stream: str
    stream_id: str
    step: str | None
    figure: str
    deliveries: tuple[Delivered, ...]
    verdict: Verdict = "too little data"
    why: str | None = None
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    adjusted: float | None = None
    grown: float | None = None
    visits: tuple[int, int] | None = None
    course: tuple[Point, ...] = ()

    @property
    def is_told_apart(self) -> bool:
        """Whether it is the effect of one delivery alone."""
        return len(self.deliveries) == 1

    @property
    def is_visible(self) -> bool:
        """Whether there is one that chance does not explain."""
        return self.verdict in ("better", "worse")

    @property
    def is_share(self) -> bool:
        """Whether the figure is a share, and no duration."""
        return not self.figure.endswith(".mean")

    @property
    def less_is_better(self) -> bool:
        """Whether the customer is better off with less of it."""
        return self.figure.removesuffix(".mean") in LESS_IS_BETTER
