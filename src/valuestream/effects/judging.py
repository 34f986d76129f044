"""The effects of all deliveries on a stream, judged together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from valuestream.effects.delivered import Delivered
from valuestream.effects.effect import Effect, Point, Verdict
from valuestream.effects.estimating import Estimate, Fit
from valuestream.effects.parting import Parted, parted
from valuestream.effects.series import Floats, Series, series
from valuestream.measure.daily import Daily
from valuestream.measure.effects import benjamini_hochberg
from valuestream.model.stream import Stream

_CHANCE = 0.05


def judged(
    stream: Stream, figures: Sequence[Daily], deliveries: Sequence[Delivered]
) -> tuple[Effect, ...]:
    """What the deliveries changed in each figure of the steps they are at, and in the lead time.

    A step's figures are asked of its own deliveries and of those to the whole stream; the lead
    time of all. Whether chance explains an effect is judged of all of them together (Benjamini and
    Hochberg 1995): of those called better or worse, at most about one in twenty is none.
    """
    found = [effect for figure in figures for effect in _of_figure(stream, figure, deliveries)]
    tested = [effect for effect in found if effect.p is not None]
    ps = benjamini_hochberg([effect.p or 0.0 for effect in tested])
    adjusted = {id(effect): p for effect, p in zip(tested, ps, strict=True)}
    return tuple(
        _with_verdict(effect, adjusted[id(effect)]) if id(effect) in adjusted else effect
        for effect in found
    )


def _with_verdict(effect: Effect, adjusted: float) -> Effect:
    assert effect.change is not None
    verdict: Verdict = "no visible effect"
    if adjusted < _CHANCE:
        verdict = "better" if (effect.change < 0) == effect.less_is_better else "worse"
    return replace(effect, adjusted=adjusted, verdict=verdict)


def _of_figure(stream: Stream, figure: Daily, deliveries: Sequence[Delivered]) -> Iterator[Effect]:
    own = [d for d in deliveries if figure.step is None or d.step in (None, figure.step)]
    days = series(figure.days)
    if days is None or not own:
        return
    if figure.step is None:
        own = [replace(d, step=None) for d in own]
    step = None if figure.step is None else stream.steps[figure.step].step
    name = figure.figure if figure.is_share else f"{figure.figure}.mean"
    about = Effect(stream.stream, stream.key, step, name, ())
    found = parted(days, tuple(dict.fromkeys(own)))
    for group, why in found.not_told:
        yield replace(about, deliveries=group, why=why)
    yield from _told(about, found)


def _unchanging(about: Effect, days: Series) -> Effect:
    value = float(days.means[days.seen][0])
    return replace(
        about,
        verdict="no visible effect",
        why="all visits are alike",
        before=value,
        after=value,
        change=0.0,
    )


def _told(about: Effect, found: Parted) -> Iterator[Effect]:
    for at, group in enumerate(found.groups):
        own = replace(about, deliveries=group)
        yield _estimated(own, found, at) if found.fit else _unchanging(own, found.series)


def _estimated(about: Effect, found: Parted, at: int) -> Effect:
    days, fit = found.series, found.fit
    assert fit is not None
    estimate = fit.estimates[at]
    before, after = _sides(found, at)
    without = fit.line - estimate.dose * estimate.change
    level = float(np.average(without[after], weights=days.counts[after]))
    return replace(
        about,
        before=_possible(about, level),
        after=_possible(about, level + estimate.change),
        change=estimate.change,
        low=estimate.low,
        high=estimate.high,
        p=estimate.p,
        grown=estimate.grown,
        visits=(int(days.counts[before].sum()), int(days.counts[after].sum())),
        course=tuple(_course(_Drawn(days, fit, estimate))),
    )


def _sides(found: Parted, at: int) -> tuple[slice, slice]:
    """The days before and after a group, as far as the next ones."""
    days, groups = found.series, found.groups
    first = days.place(groups[at - 1][-1].on) + 1 if at else 0
    last = days.place(groups[at + 1][0].on) if at + 1 < len(groups) else len(days)
    return (
        slice(first, days.place(groups[at][0].on)),
        slice(days.place(groups[at][-1].on) + 1, last),
    )


def _possible(about: Effect, value: float) -> float:
    """A straight line may go on below nothing, or above the whole."""
    return min(max(value, 0.0), 1.0) if about.is_share else max(value, 0.0)


@dataclass(frozen=True, slots=True)
class _Drawn:
    days: Series
    fit: Fit
    estimate: Estimate

    @property
    def lines(self) -> Mapping[str, Floats]:
        line, dose, own = self.fit.line, self.estimate.dose, self.estimate
        changes = {"without": own.change, "low": own.high, "high": own.low}
        return {"fitted": line} | {name: line - dose * change for name, change in changes.items()}


def _course(drawn: _Drawn) -> Iterator[Point]:
    days, lines = drawn.days, drawn.lines
    shift = days.first.weekday()
    weeks = (np.arange(len(days)) + shift) // 7
    for week in range(int(weeks[-1]) + 1):
        own = weeks == week
        counts = days.counts[own]
        # A week without visits has its line all the same.
        weights = counts if counts.any() else np.ones(len(counts))
        seen = np.average(np.nan_to_num(days.means[own]), weights=weights)
        yield Point(
            monday=days.first + timedelta(days=7 * week - shift),
            seen=float(seen) if counts.any() else None,
            **{name: float(np.average(line[own], weights=weights)) for name, line in lines.items()},
        )
