"""The columns of the regression: what a figure's days may follow, beside noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from valuestream.effects.series import Floats, Series

GROWS = ((0, 0.75), (28, 0.15), (84, 0.1))
"""The days in which a change comes, and how likely that is before anything is seen."""
_YEAR = 365.25
_TWO_SUMMERS = 1.5 * _YEAR
_WAVES = ((0.02, 0.35), (0.07, 0.35), (0.2, 0.3))
"""How high a yearly wave may go, in standard deviations of visits, and how likely that is."""
_ALIKE = 1e-6


@dataclass(frozen=True, slots=True)
class Break:
    """From the first to the last day of deliveries that are looked at as one."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Model:
    """Some of a design's columns: how each break's change comes, and how likely that is."""

    columns: list[int]
    grows: list[int]
    expected: float


@dataclass(frozen=True)
class Design:
    """The columns of all models, a row a day.

    Attributes:
        common: Level, trend, weekdays, load.
        year: The yearly wave: two columns.
        doses: Of each break, how much of the change is in: a column for each way in which it comes.
        waves: How high the wave may go, and how likely that is; infinite where the data shows it.
    """

    common: Floats
    year: Floats
    doses: tuple[tuple[Floats, ...], ...]
    waves: tuple[tuple[float, float], ...]

    @cached_property
    def columns(self) -> Floats:
        """All, in this order."""
        doses = [dose for own in self.doses for dose in own]
        return np.column_stack([self.common, self.year, *doses])

    @property
    def before_doses(self) -> int:
        """How many columns come before those of the breaks."""
        return int(self.common.shape[1] + self.year.shape[1])

    @cached_property
    def models(self) -> tuple[Model, ...]:
        """All changes at once, then one of them growing: all that may grow would be too many."""
        firsts = np.cumsum([self.before_doses, *map(len, self.doses)])[:-1].tolist()
        base = list(range(self.before_doses))
        found = [Model([*base, *firsts], [0] * len(firsts), GROWS[0][1])]
        for own, ways in enumerate(self.doses):
            for way in range(1, len(ways)):
                grows = [way if other == own else 0 for other in range(len(firsts))]
                chosen = [first + grow for first, grow in zip(firsts, grows, strict=True)]
                found.append(Model([*base, *chosen], grows, GROWS[way][1]))
        return tuple(found)


def design(series: Series, breaks: Sequence[Break], seen: NDArray[np.bool_]) -> Design:
    """The columns for breaks in a series, of which only some days count."""
    turn = 2 * np.pi * np.arange(len(series)) / _YEAR
    waves: tuple[tuple[float, float], ...] = ((np.inf, 1.0),)
    if len(series) < _TWO_SUMMERS:
        waves = tuple((height * series.varies, expected) for height, expected in _WAVES)
    doses = _doses(series, breaks)
    common = _common(series, seen, [own[0] for own in doses])
    return Design(common, np.column_stack([np.sin(turn), np.cos(turn)]), tuple(doses), waves)


def _doses(series: Series, breaks: Sequence[Break]) -> list[tuple[Floats, ...]]:
    ends = [*(series.place(own.first) for own in breaks[1:]), len(series)]
    found = []
    for own, end in zip(breaks, ends, strict=True):
        after = np.arange(len(series)) - series.place(own.last)
        # What grows longer than it is seen is a trend.
        room = [days for days, _ in GROWS if days * 1.5 <= end - series.place(own.last)]
        found.append(tuple(np.clip(after / max(days, 1), 0.0, 1.0) for days in room))
    return found


def _common(series: Series, seen: NDArray[np.bool_], doses: Sequence[Floats]) -> Floats:
    """Level, trend, weekdays, and the load: how many visits a day has, and the square of that.

    Closed on Sundays, or twice the visits exactly since a delivery: a column that says nothing
    beside the others and the deliveries falls away.
    """
    days = np.arange(len(series))
    weekdays = (days + series.first.weekday()) % 7
    load = series.counts / series.counts[seen].mean() - 1
    first = [np.ones(len(series)), days / len(series) - 0.5]
    others = [*((weekdays == day) * 1.0 for day in range(1, 7)), load, load**2]
    found = np.column_stack([*first, *doses, *others])
    new = np.abs(np.diag(np.linalg.qr(found[seen], mode="r"))) > _ALIKE * np.sqrt(seen.sum())
    new[2 : 2 + len(doses)] = False
    return found[:, new]
