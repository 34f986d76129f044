"""Where a figure is going: the paths it may take from its last weeks on, and the chance they give.

The model: a straight trend through the last weeks, and noise of which each week keeps a share of
the week before (AR(1)). Nobody knows that share, the trend or the noise, so none is fixed: shares
from 0 to 0.95 are weighed by how well they explain the weeks, and every path is drawn from what
remains possible. Beforehand a kept share is as likely as 1 - share; the trend and the logarithm of
the noise have flat priors. Shares move on the scale of log-odds and everything else that is above
zero on that of logarithms, so that no path leaves what a figure can be. It assumes that the trend
of these weeks goes on: it knows neither seasons nor what is planned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from valuestream.model.aims import Aim
from valuestream.model.measurable import Unit
from valuestream.model.series import RECENT, Point

Floats = NDArray[np.float64]

FEWEST_WEEKS = 8
"""Fewer tell neither a trend nor its noise."""
MOST_WEEKS = 26
"""Older ones say little of the trend of today."""
FURTHEST = 52
"""Further ahead than a year, no trend of half a year says anything."""
_KEPT = np.append(np.arange(0.0, 0.91, 0.1), 0.95)
_DRAWS = 3000
_SEED = 20260101
_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """The paths that a figure may take.

    Attributes:
        weeks: The Mondays of the weeks ahead.
        low: The 10th percentile of the paths in each week,
        middle: the median,
        high: and the 90th percentile.
        levels: Of each path (rows), the mean of the four weeks up to each week ahead.
    """

    weeks: tuple[date, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    levels: Floats

    def chance(self, aim: Aim) -> float:
        """The share of the paths whose level is at the target at the end, or beyond it.

        Of a guardrail, of those whose level stays on its right side all the time.
        """
        right = self.levels >= aim.target if aim.rises else self.levels <= aim.target
        kept = right.all(axis=1) if aim.is_guardrail else right[:, -1]
        # Rule of succession: so many paths make nothing impossible, and nothing certain.
        return float((np.sum(kept) + 0.5) / (len(self.levels) + 1))


def forecast(points: Sequence[Point], until: date, unit: Unit) -> Forecast | None:
    """The paths from the last of the points that count to the last week that ends by a day.

    None where fewer than eight points count, where no week ends in between, or more than 52 do.
    """
    seen = [point for point in points if point.counts][-MOST_WEEKS:]
    if len(seen) < FEWEST_WEEKS:
        return None
    ahead = ((until - seen[-1].end).days + 1) // 7
    if not 1 <= ahead <= FURTHEST:
        return None
    weeks = np.array([(point.start - seen[-1].start).days // 7 for point in seen], float)
    values = np.array([point.value for point in seen], float)
    to_scale, back = _scale(unit, values, np.array([point.n for point in seen], float))
    drawn = back(_paths(weeks, to_scale(values), ahead))
    low, middle, high = np.quantile(drawn, [0.1, 0.5, 0.9], axis=0)
    starts = (seen[-1].end + timedelta(days=7 * n) for n in range(ahead))
    return Forecast(
        tuple(starts),
        tuple(low.tolist()),
        tuple(middle.tolist()),
        tuple(high.tolist()),
        _levels(weeks, values, drawn),
    )


def _scale(
    unit: Unit, values: Floats, n: Floats
) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]:
    """From values to the scale on which they move, and back."""
    if unit == "share":
        # Half a case away from none and all: their log-odds would have no end.
        edge = float(np.clip(0.5 / (n.mean() + 1), 1e-6, 0.25))
        return (
            lambda v: np.log(np.clip(v, edge, 1 - edge) / (1 - np.clip(v, edge, 1 - edge))),
            lambda x: 1 / (1 + np.exp(-np.clip(x, -50, 50))),
        )
    if (values > 0).all():
        return np.log, lambda x: np.exp(np.clip(x, -50, 50))
    return lambda v: v, lambda x: np.maximum(x, 0.0)


def _levels(weeks: Floats, values: Floats, drawn: Floats) -> Floats:
    """The means of the four weeks up to each week ahead, those that were seen among them."""
    before = np.full(RECENT - 1, np.nan)
    for week, value in zip(weeks, values, strict=True):
        if week > -(RECENT - 1):
            before[int(week) + RECENT - 2] = value
    whole = np.hstack([np.tile(before, (len(drawn), 1)), drawn])
    windows = np.lib.stride_tricks.sliding_window_view(whole, RECENT, axis=1)
    means: Floats = np.nanmean(windows, axis=2)
    return means


def _paths(weeks: Floats, values: Floats, ahead: int) -> Floats:
    """Paths over the weeks ahead, each drawn from the posterior of trend, noise and kept share."""
    chance = np.random.default_rng(_SEED)
    fits = [_fit(weeks, values, ahead, kept) for kept in _KEPT]
    logs = np.array([fit.log_weight for fit in fits]) + np.log(1 - _KEPT)
    weights = np.exp(logs - logs.max())
    many = chance.multinomial(_DRAWS, weights / weights.sum())
    freedom = len(weeks) - 2
    drawn = []
    for fit, count in zip(fits, many, strict=True):
        normal = chance.standard_normal((count, ahead)) @ fit.root.T
        tails = np.sqrt(freedom / chance.chisquare(freedom, (count, 1)))
        drawn.append(fit.middle + normal * tails)
    return np.vstack(drawn)


@dataclass(frozen=True, slots=True)
class _Fit:
    """What one kept share says: how likely it is, and the multivariate t of the weeks ahead."""

    log_weight: float
    middle: Floats
    root: Floats


def _fit(weeks: Floats, values: Floats, ahead: int, kept: float) -> _Fit:
    """Generalised least squares under AR(1) noise; the noise's size and the trend integrated out.

    Zellner 1971, chapter 4: with flat priors the marginal likelihood is |V|^-1/2 |X'V⁻¹X|^-1/2
    S^-(n-2)/2, and the weeks ahead are multivariate t with n - 2 degrees of freedom.
    """
    after = np.arange(1.0, ahead + 1)
    own = kept ** np.abs(weeks[:, None] - weeks)
    across = kept ** np.abs(after[:, None] - weeks)
    trend, onward = (np.column_stack([np.ones_like(t), t / len(weeks)]) for t in (weeks, after))
    inverse = np.linalg.inv(own)
    normal = trend.T @ inverse @ trend
    unknown = np.linalg.inv(normal)
    found = unknown @ trend.T @ inverse @ values
    left = values - trend @ found
    squares = max(float(left @ inverse @ left), _SMALLEST)
    weight = -0.5 * (np.linalg.slogdet(own)[1] + np.linalg.slogdet(normal)[1]) - (
        len(weeks) - 2
    ) / 2 * np.log(squares)
    carried = across @ inverse
    apart = onward - carried @ trend
    spread = kept ** np.abs(after[:, None] - after) - carried @ across.T
    spread = (spread + apart @ unknown @ apart.T) * squares / (len(weeks) - 2)
    root = np.linalg.cholesky(spread + np.eye(ahead) * (_SMALLEST * np.trace(spread) / ahead))
    return _Fit(float(weight), onward @ found + carried @ left, root)
