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
    fit = found.fit
    if fit is None:
        for group in found.groups:
            yield _unchanging(replace(about, deliveries=group), found.series)
        return
    for at, (group, estimate) in enumerate(zip(found.groups, fit.estimates, strict=True)):
        days = found.series
        start, end = days.place(group[-1].on) + 1, len(days)
        if at + 1 < len(found.groups):
            end = days.place(found.groups[at + 1][0].on)
        weights = days.counts[start:end]
        without = fit.line - estimate.dose * estimate.change
        before = float(np.average(without[start:end], weights=weights))
        first = 0 if at == 0 else days.place(found.groups[at - 1][-1].on) + 1
        counted = days.counts[first : days.place(group[0].on)].sum(), weights.sum()
        yield replace(
            about,
            deliveries=group,
            before=_possible(about, before),
            after=_possible(about, before + estimate.change),
            change=estimate.change,
            low=estimate.low,
            high=estimate.high,
            p=estimate.p,
            grown=estimate.grown,
            visits=(int(counted[0]), int(counted[1])),
            course=tuple(_course(_Drawn(days, fit, estimate))),
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
