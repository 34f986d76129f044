"""What deliveries changed in a figure: an interrupted time series, trend and season taken out.

Segmented regression (Wagner et al. 2002, Bernal et al. 2017) of the days' means: a level, a trend
through the whole, the weekdays, the load, a yearly wave, and for each delivery a change that
stays. A change may come at once or grow over four or twelve weeks. Of less than one and a half
years a wave cannot be told from other changes, so that it is held near nothing, more or less.

Nobody knows how the noise of days hangs together, how high the wave goes, nor how a change comes.
Each way is fitted by generalised least squares, and all are averaged by their restricted likelihood (Patterson and
Thompson 1971; with flat priors that is Bayes' rule): one best guess would make short intervals
(Turner et al. 2021 compare methods, and how far they fall short).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from valuestream.effects.mixtures import mixture
from valuestream.effects.noise import EXPECTED, whitened
from valuestream.effects.series import Floats, Series

GROWS = (0, 28, 84)
"""The days in which a change may come: at once, within four or within twelve weeks."""
_GROWS_EXPECTED = (0.75, 0.15, 0.1)
_YEAR = 365.25
_TWO_SUMMERS = 1.5 * _YEAR
_WAVES = ((0.02, 0.35), (0.07, 0.35), (0.2, 0.3))
"""How high a yearly wave may go, in standard deviations of visits, and how likely that is."""
_ALIKE = 1e-6
_FAR_OUT = 5.0
_LEAST = 1e-300
_FEWEST_WITHIN = 20
_MOST_RATIO = 3.0


@dataclass(frozen=True, slots=True)
class Break:
    """From the first to the last day of deliveries that are looked at as one."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one break changed.

    Attributes:
        change: How much higher the figure is once the change is in.
        low: The ends of its 95 % interval.
        high: (The same.)
        p: How likely no change, or one the other way, is; both sides.
        grown: How likely it grew over weeks, and did not come at once.
        dose: Of each day, how much of the change was in.
    """

    change: float
    low: float
    high: float
    p: float
    grown: float
    dose: Floats


@dataclass(frozen=True, slots=True)
class Fit:
    """What all breaks changed, and the line through the days.

    Attributes:
        estimates: One a break.
        line: Of each day, what level, trend, season and changes make it.
        far_out: How many days were too far from all others to count.
        apart: How the errors of a break's and the next one's change go together: near −1, the two
            cannot be told apart.
    """

    estimates: tuple[Estimate, ...]
    line: Floats
    far_out: int
    apart: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Design:
    """Columns of the regression: those of every model, then each break's by how it grows."""

    base: Floats
    doses: tuple[tuple[Floats, ...], ...]
    waves: tuple[tuple[float, float], ...]
    """How high the yearly wave, the last two of the base, may go, and how likely that is."""

    @property
    def all(self) -> Floats:
        return np.column_stack([self.base, *(dose for own in self.doses for dose in own)])

    @property
    def models(self) -> list[tuple[list[int], list[int], float]]:
        """The columns of each model, how each break grows in it, and how likely that is.

        One break at a time may grow; all at once would be too many models.
        """
        firsts = list(np.cumsum([self.base.shape[1], *map(len, self.doses)])[:-1])
        common = list(range(self.base.shape[1]))
        found = [([*common, *firsts], [0] * len(firsts), _GROWS_EXPECTED[0])]
        for own, grown in enumerate(self.doses):
            for way in range(1, len(grown)):
                ways = [way if other == own else 0 for other in range(len(firsts))]
                chosen = [first + w for first, w in zip(firsts, ways, strict=True)]
                found.append(([*common, *chosen], ways, _GROWS_EXPECTED[way]))
        return found


def estimate(series: Series, breaks: Sequence[Break]) -> Fit:
    """What breaks, in their order and apart from each other, changed in a series.

    The days from a break's first to its last are neither before nor after it, and left out. So are
    days that lie far from all others: an accident is no effect.
    """
    seen = series.seen.copy()
    for own in breaks:
        seen[max(series.place(own.first), 0) : series.place(own.last) + 1] = False
    design = _design(series, breaks, seen)
    scale = _scale(series, breaks)
    far = _far_out(series, design, seen, scale)
    return _fitted(series, design, seen & ~far, scale, int(far.sum()))


def _design(series: Series, breaks: Sequence[Break], seen: NDArray[np.bool_]) -> _Design:
    days = np.arange(len(series))
    turn = 2 * np.pi * days / _YEAR
    year = [np.sin(turn), np.cos(turn)]
    ends = [*(series.place(own.first) for own in breaks[1:]), len(series)]
    doses = []
    for own, end in zip(breaks, ends, strict=True):
        after = days - series.place(own.last)
        # What grows longer than it is seen is a trend.
        room = [grow for grow in GROWS if grow * 1.5 <= end - series.place(own.last)]
        doses.append(tuple(np.clip(after / max(grow, 1), 0.0, 1.0) for grow in room))
    waves = [(series.varies * height, expected) for height, expected in _WAVES]
    base = np.column_stack([_common(series, seen), *year])
    free = len(series) >= _TWO_SUMMERS
    return _Design(base, tuple(doses), ((np.inf, 1.0),) if free else tuple(waves))


def _common(series: Series, seen: NDArray[np.bool_]) -> Floats:
    """Level, trend, weekdays, and the load: how many visits a day has, and the square of that."""
    days = np.arange(len(series))
    weekdays = (days + series.first.weekday()) % 7
    load = series.counts / series.counts[seen].mean() - 1
    columns = [np.ones(len(series)), days / len(series) - 0.5]
    columns += [(weekdays == day) * 1.0 for day in range(1, 7)]
    all_ = np.column_stack([*columns, load, load**2])
    # Closed on Sundays, or one visit every day: a column that says nothing new falls away.
    new = np.abs(np.diag(np.linalg.qr(all_[seen], mode="r")))
    return all_[:, new > _ALIKE * np.sqrt(seen.sum())]


def _scale(series: Series, breaks: Sequence[Break]) -> Floats:
    """How much the visits of a day vary, between breaks: what lasts longer varies more, too."""
    degrees = np.maximum(series.counts - 1, 0)
    overall = series.squares.sum() / max(degrees.sum(), 1)
    found = np.ones(len(series))
    if overall <= 0:
        return found
    starts = [0, *(max(series.place(own.last) + 1, 0) for own in breaks), len(series)]
    for start, end in pairwise(starts):
        own = degrees[start:end].sum()
        if own >= _FEWEST_WITHIN:
            ratio = np.sqrt(series.squares[start:end].sum() / own / overall)
            found[start:end] = np.clip(ratio, 1 / _MOST_RATIO, _MOST_RATIO)
    return found


def _own(series: Series, seen: NDArray[np.bool_]) -> Floats:
    """The variance that a day's visits bring, 1 on average; nan of days that do not count."""
    own = np.full(len(series), np.nan)
    own[seen] = 1 / series.counts[seen]
    own[seen] /= own[seen].mean()
    return own


def _whitened(
    series: Series, design: _Design, seen: NDArray[np.bool_], scale: Floats
) -> tuple[Floats, Floats]:
    values = np.where(seen, series.means, 0.0)
    columns = np.column_stack([design.all, values]) / scale[:, None]
    return whitened(columns, _own(series, seen))


@dataclass(frozen=True, slots=True)
class _Models:
    """Every model with every yearly wave and noise: likelihood, coefficients, their covariance."""

    likely: Floats
    coefficients: Floats
    covariances: Floats
    freedom: float


def _models(white: Floats, determinant: Floats, design: _Design) -> _Models:
    by_noise = white.transpose(1, 0, 2)
    gram = by_noise.transpose(0, 2, 1) @ by_noise
    noise = _noise(gram, design.base.shape[1] - 2) / len(white)
    common = np.log(EXPECTED) - determinant / 2
    found: list[list[tuple[Floats, Floats, Floats]]] = []
    freedom = 1.0
    for columns, _, expected in design.models:
        freedom = max(len(white) - len(columns), 1)
        found.append([])
        for wave, wave_expected in design.waves:
            held = noise / wave**2
            likely, *rest = _solved(
                _with_wave(gram, design, held)[:, [*columns, -1]][:, :, [*columns, -1]], freedom
            )
            prior = np.log(held) if np.isfinite(wave) else 0.0
            likely = likely + common + prior + np.log(expected * wave_expected)
            found[-1].append((likely, *rest))
    likely, coefficients, covariances = (
        np.array([np.concatenate([ways[part] for ways in model]) for model in found])
        for part in range(3)
    )
    return _Models(likely, coefficients, covariances, freedom)


def _noise(gram: Floats, columns: int) -> Floats:
    """Of each noise tried the squares that so many first columns leave."""
    inner, outer = gram[:, :columns, :columns], gram[:, :columns, -1]
    beta = np.linalg.solve(inner, outer[..., None])[..., 0]
    rest: Floats = gram[:, -1, -1] - np.einsum("gi,gi->g", outer, beta)
    return rest


def _with_wave(gram: Floats, design: _Design, held: Floats) -> Floats:
    """The wave's coefficients held near nothing, as by two more observations."""
    found = gram.copy()
    for at in (design.base.shape[1] - 2, design.base.shape[1] - 1):
        found[:, at, at] += held
    return found


def _solved(gram: Floats, freedom: float) -> tuple[Floats, Floats, Floats]:
    """Of each noise: the restricted likelihood's part of it, coefficients, their covariance."""
    inner, outer = gram[:, :-1, :-1], gram[:, :-1, -1]
    inverse = np.linalg.inv(inner)
    beta = np.einsum("gij,gj->gi", inverse, outer)
    rest = np.maximum(gram[:, -1, -1] - np.einsum("gi,gi->g", outer, beta), _LEAST)
    likely = -(np.linalg.slogdet(inner)[1] + freedom * np.log(rest)) / 2
    return likely, beta, inverse * (rest / freedom)[:, None, None]


def _far_out(
    series: Series, design: _Design, seen: NDArray[np.bool_], scale: Floats
) -> NDArray[np.bool_]:
    """The days that surprise, given those before them, by more than five times what is usual."""
    white, determinant = _whitened(series, design, seen, scale)
    models = _models(white, determinant, design)
    model, way = np.unravel_index(models.likely.argmax(), models.likely.shape)
    noise, columns = int(way) % len(EXPECTED), design.models[int(model)][0]
    rest = white[:, noise, -1] - white[:, noise, columns] @ models.coefficients[model, way]
    usual = 1.4826 * float(np.median(np.abs(rest - np.median(rest))))
    far = np.zeros(len(series), np.bool_)
    if usual > 0:
        far[np.flatnonzero(seen)] = np.abs(rest) > _FAR_OUT * usual
    return far if far.sum() <= len(rest) / 20 else np.zeros_like(far)


def _fitted(
    series: Series, design: _Design, seen: NDArray[np.bool_], scale: Floats, far_out: int
) -> Fit:
    white, determinant = _whitened(series, design, seen, scale)
    found = _models(white, determinant, design)
    weights = np.exp(found.likely - found.likely.max())
    weights /= weights.sum()
    first, columns = design.base.shape[1], design.all
    line = np.zeros(len(series))
    doses = np.zeros((len(design.doses), len(series)))
    grown = np.zeros(len(design.doses))
    for (chosen, ways, _), own, beta in zip(
        design.models, weights, found.coefficients, strict=True
    ):
        line += columns[:, chosen] @ (own @ beta)
        doses += own.sum() * columns[:, chosen[first:]].T
        grown += own.sum() * (np.array(ways) > 0)
    estimates = []
    for place in range(len(design.doses)):
        at = first + place
        thought = mixture(
            found.likely.ravel(),
            found.coefficients[..., at].ravel(),
            found.covariances[..., at, at].ravel(),
            found.freedom,
        )
        low, high = thought.interval
        estimates.append(
            Estimate(thought.mean, low, high, thought.p, float(grown[place]), doses[place])
        )
    mean = np.einsum("mg,mgij->ij", weights, found.covariances)[first:, first:]
    errors = np.sqrt(np.diag(mean))
    apart = tuple(float(mean[i, i + 1] / errors[i] / errors[i + 1]) for i in range(len(errors) - 1))
    return Fit(tuple(estimates), line, far_out, apart)
