"""What deliveries changed in a figure: an interrupted time series, trend and season taken out.

Segmented regression (Wagner et al. 2002, Bernal et al. 2017) of the days' means: a level, a trend
through the whole, the weekdays, the load, a yearly wave, and for each delivery a change that
stays. A change may come at once or grow over four or twelve weeks. Of less than one and a half
years a wave cannot be told from other changes, so that it is held near nothing, more or less.

Nobody knows how the noise of days hangs together, how high the wave goes, nor how a change comes.
Each way is fitted, and all are averaged by how likely they are: one best guess would make short
intervals (Turner et al. 2021 compare methods, and how far they fall short).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from valuestream.effects.design import Break, Design, design
from valuestream.effects.mixtures import mixture
from valuestream.effects.models import Fitted, fitted
from valuestream.effects.noise import EXPECTED, whitened
from valuestream.effects.series import Floats, Series

_FAR_OUT = 12.0
_FEWEST_WITHIN = 20
_MOST_RATIO = 3.0


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


def estimate(series: Series, breaks: Sequence[Break]) -> Fit:
    """What breaks, in their order and apart from each other, changed in a series.

    The days from a break's first to its last are neither before nor after it, and left out. So are
    days that lie far from all others: an accident is no effect.
    """
    seen = series.seen.copy()
    for own in breaks:
        seen[max(series.place(own.first), 0) : series.place(own.last) + 1] = False
    looked = _Looked(series, design(series, breaks, seen), _scale(series, breaks))
    far = _far_out(looked, seen)
    found = fitted(*looked.whitened(seen & ~far), looked.design)
    line, doses, grown = _averaged(found, looked.design)
    estimates = (
        Estimate(*change, float(grew), dose)
        for change, grew, dose in zip(_changes(found, looked.design), grown, doses, strict=True)
    )
    return Fit(tuple(estimates), line, int(far.sum()), _apart(found, looked.design))


@dataclass(frozen=True, slots=True)
class _Looked:
    series: Series
    design: Design
    scale: Floats

    def whitened(self, seen: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """The design's columns and the figure."""
        values = np.where(seen, self.series.means, 0.0)
        columns = np.column_stack([self.design.columns, values]) / self.scale[:, None]
        return whitened(columns, _own(self.series, seen))


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


def _far_out(looked: _Looked, seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The days that surprise, given those before them, by more than twelve times what is usual."""
    white, determinant = looked.whitened(seen)
    found = fitted(white, determinant, looked.design)
    model, way = np.unravel_index(found.likely.argmax(), found.likely.shape)
    noise, columns = int(way) % len(EXPECTED), looked.design.models[int(model)].columns
    rest = white[:, noise, -1] - white[:, noise, columns] @ found.coefficients[model, way]
    usual = 1.4826 * float(np.median(np.abs(rest - np.median(rest))))
    far = np.zeros(len(looked.series), np.bool_)
    if usual > 0:
        far[np.flatnonzero(seen)] = np.abs(rest) > _FAR_OUT * usual
    return far if far.sum() <= len(rest) / 20 else np.zeros_like(far)


def _averaged(found: Fitted, design: Design) -> tuple[Floats, Floats, Floats]:
    """Over all models: the line through the days, and how the change of each break came."""
    days, breaks = len(design.columns), len(design.doses)
    line, doses, grown = np.zeros(days), np.zeros((breaks, days)), np.zeros(breaks)
    for model, weights, beta in zip(design.models, found.weights, found.coefficients, strict=True):
        line += design.columns[:, model.columns] @ (weights @ beta)
        doses += weights.sum() * design.columns[:, model.columns[design.before_doses :]].T
        grown += weights.sum() * (np.array(model.grows) > 0)
    return line, doses, grown


def _changes(found: Fitted, design: Design) -> Iterator[tuple[float, float, float, float]]:
    """Of each break the change, the ends of its interval, and p."""
    for at in range(design.before_doses, found.coefficients.shape[-1]):
        thought = mixture(
            found.likely.ravel(),
            found.coefficients[..., at].ravel(),
            found.covariances[..., at, at].ravel(),
            found.freedom,
        )
        yield thought.mean, *thought.interval, thought.p


def _apart(found: Fitted, design: Design) -> tuple[float, ...]:
    mean = np.einsum("mg,mgij->ij", found.weights, found.covariances)
    of_breaks = mean[design.before_doses :, design.before_doses :]
    errors = np.sqrt(np.diag(of_breaks))
    return tuple((np.diag(of_breaks, 1) / errors[:-1] / errors[1:]).tolist())
