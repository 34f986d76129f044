"""The course of a figure over weeks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import fmean

from valuestream.model.figure_path import FigurePath

RECENT = 4
"""So many weeks together say where a figure is: one alone is mostly noise."""


@dataclass(frozen=True, slots=True)
class Point:
    """An ISO week's (UTC) value of a figure.

    Attributes:
        week: Such as 2026-W05.
        start: Its Monday.
        value: None where the week's data cannot give it.
        n: The cases or visits that it stands on.
        whole: Whether the log covers the whole week; it does not the first and the last one often.
        settled: Whether the log is old enough then to hold cases of the usual length that were
            completed in the week; before that, only short ones can be.
    """

    week: str
    start: date
    value: float | None
    n: int
    whole: bool = True
    settled: bool = True

    @property
    def end(self) -> date:
        """The Monday after it."""
        return self.start + timedelta(days=7)

    @property
    def counts(self) -> bool:
        """Whether it can be judged by: whole, settled, and with a value."""
        return self.whole and self.settled and self.value is not None


@dataclass(frozen=True, slots=True)
class Series:
    """A figure, week by week, without gaps: a week in which nothing happened is a point, too.

    `notes` say what was left out; `currency` is that of money.
    """

    path: FigurePath
    points: tuple[Point, ...]
    notes: tuple[str, ...] = ()
    currency: str | None = None

    @property
    def counted(self) -> tuple[Point, ...]:
        """The points that can be judged by."""
        return tuple(point for point in self.points if point.counts)

    def until(self, day: date) -> "Series":
        """What of it was known on the morning of a day: the weeks that had begun, whole if over."""
        begun = (point for point in self.points if point.start < day)
        return replace(
            self, points=tuple(replace(p, whole=p.whole and p.end <= day) for p in begun)
        )

    def level(self, day: date, weeks: int = RECENT) -> float | None:
        """The mean of the points that count among the weeks that ended last by a day.

        None where fewer than half of these weeks count.
        """
        span = 7 * (weeks + 1)
        recent = [p for p in self.counted if p.end <= day and (day - p.start).days < span]
        return self.mean(recent) if 2 * len(recent) >= weeks else None

    def mean(self, points: Sequence[Point]) -> float:
        """The mean of points that have values, by their cases or visits; counts are a week's each.

        Of shares and means it is that of all these cases; of percentiles it is near to it.
        """
        weights = None if self.path.figure.clock == "week" else [p.n for p in points]
        return fmean([p.value or 0.0 for p in points], weights)
