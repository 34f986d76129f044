"""Which deliveries can be told apart in a series, and of which nothing can be told.

Two that have fewer than 14 days, 10 days with visits or 20 visits between them are looked at as
one; where there are so few before the first or after the last, nothing can be told.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from valuestream.effects.delivered import Delivered, day
from valuestream.effects.design import Break
from valuestream.effects.estimating import Fit, estimate
from valuestream.effects.series import Series

FEWEST_DAYS, FEWEST_SEEN, FEWEST_VISITS = 14, 10, 20
_SAME = -0.95


@dataclass(frozen=True, slots=True)
class Parted:
    """Groups of deliveries that can be told apart from each other.

    Attributes:
        series: What of the series they are looked at in: without the days beyond those of which
            nothing can be told.
        groups: The groups, by day.
        fit: What they changed; None where there is no group, or the figure never changes.
        not_told: Groups of which nothing can be told, and why.
    """

    series: Series
    groups: tuple[tuple[Delivered, ...], ...]
    fit: Fit | None
    not_told: tuple[tuple[tuple[Delivered, ...], str], ...]


def parted(series: Series, deliveries: Sequence[Delivered]) -> Parted:
    """The deliveries in groups, as few in each as the series can tell apart."""
    inside, not_told = _inside(series, deliveries)
    if series.is_constant:
        return Parted(series, tuple(_near(inside)), None, tuple(not_told))
    found = _with_room(_Looked(series, _near(inside), not_told))
    if not found.groups:
        return Parted(found.series, (), None, tuple(found.not_told))
    fit = estimate(found.series, [_break(group) for group in found.groups])
    while fit.apart and min(fit.apart) < _SAME:
        at = fit.apart.index(min(fit.apart))
        found = replace(found, groups=_merged(found.groups, at))
        fit = estimate(found.series, [_break(group) for group in found.groups])
    return Parted(found.series, tuple(found.groups), fit, tuple(found.not_told))


_Group = tuple[Delivered, ...]


@dataclass(frozen=True, slots=True)
class _Looked:
    series: Series
    groups: list[_Group]
    not_told: list[tuple[_Group, str]]


def _inside(
    series: Series, deliveries: Sequence[Delivered]
) -> tuple[list[Delivered], list[tuple[_Group, str]]]:
    inside: list[Delivered] = []
    outside: list[tuple[_Group, str]] = []
    for own in sorted(deliveries, key=lambda d: d.on):
        if own.on < series.first:
            why = f"it came before the figure's first day, {day(series.first)}"
        elif own.on > series.last:
            why = f"it came after the last day of which the figure is known, {day(series.last)}"
        else:
            inside.append(own)
            continue
        outside.append(((own,), why))
    return inside, outside


def _near(deliveries: Sequence[Delivered]) -> list[_Group]:
    groups: list[_Group] = []
    for own in deliveries:
        if groups and (own.on - groups[-1][-1].on).days < FEWEST_DAYS:
            groups[-1] = (*groups[-1], own)
        else:
            groups.append((own,))
    return groups


def _merged(groups: Sequence[_Group], at: int) -> list[_Group]:
    return [*groups[:at], (*groups[at], *groups[at + 1]), *groups[at + 2 :]]


def _break(group: _Group) -> Break:
    return Break(group[0].on, group[-1].on)


def _with_room(found: _Looked) -> _Looked:
    """The groups that have enough days before, between and after them."""
    while found.groups:
        short = _short(found)
        if short is None:
            return found
        if 0 < short < len(found.groups):
            found = replace(found, groups=_merged(found.groups, short - 1))
        elif short == 0:
            found = _without_first(found)
        else:
            found = _without_last(found)
    return found


def _short(found: _Looked) -> int | None:
    """The first gap that has too few days: before the first group it is 0."""
    series, groups = found.series, found.groups
    starts = [0, *(series.place(group[-1].on) + 1 for group in groups)]
    ends = [*(series.place(group[0].on) for group in groups), len(series)]
    for gap, (start, end) in enumerate(zip(starts, ends, strict=True)):
        counts = series.counts[start:end]
        seen, visits = int((counts > 0).sum()), counts.sum()
        if end - start < FEWEST_DAYS or seen < FEWEST_SEEN or visits < FEWEST_VISITS:
            return gap
    return None


def _without_first(found: _Looked) -> _Looked:
    group = found.groups[0]
    why = _few(group, "before it", f"the figure is known from {day(found.series.first)} on")
    start = found.series.place(group[-1].on) + 1
    series = found.series.between(start, len(found.series))
    return _Looked(series, found.groups[1:], [*found.not_told, (group, why)])


def _without_last(found: _Looked) -> _Looked:
    group = found.groups[-1]
    why = _few(group, "after it", f"the figure is known until {day(found.series.last)}")
    series = found.series.between(0, found.series.place(group[0].on))
    return _Looked(series, found.groups[:-1], [*found.not_told, (group, why)])


def _few(group: _Group, side: str, known: str) -> str:
    side = side if len(group) == 1 else side.replace("it", "them")
    return (
        f"there are fewer than {FEWEST_DAYS} days, {FEWEST_SEEN} days with visits or "
        f"{FEWEST_VISITS} visits {side}: {known}"
    )
