"""What is thought of a number, where several models each say something of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from valuestream.effects.series import Floats

_TAIL = 0.025
_NEGLIGIBLE = 1e-4
_HALVINGS = 50


@dataclass(frozen=True, slots=True)
class Mixture:
    """Student's t distributions of some degrees of freedom, each with its weight."""

    weights: Floats
    means: Floats
    errors: Floats
    freedom: float

    @property
    def mean(self) -> float:
        """The mean of all."""
        return float(self.weights @ self.means)

    @property
    def p(self) -> float:
        """How likely zero, or what lies beyond it, is: both sides."""
        below = self.below(0.0)
        return min(1.0, 2 * min(below, 1 - below))

    @property
    def interval(self) -> tuple[float, float]:
        """The ends of the 95 % interval."""
        return self._quantile(_TAIL), self._quantile(1 - _TAIL)

    def below(self, value: float) -> float:
        """The probability of less than a value."""
        return float(self.weights @ _students((value - self.means) / self.errors, self.freedom))

    def _quantile(self, part: float) -> float:
        far = 50 * self.errors
        low, high = float((self.means - far).min()), float((self.means + far).max())
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if self.below(middle) < part else (low, middle)
        return (low + high) / 2


def mixture(logarithms: Floats, means: Floats, variances: Floats, freedom: float) -> Mixture:
    """The mixture of models by the logarithms of their likelihoods; hopeless ones are left out."""
    weights = np.exp(logarithms - logarithms.max())
    kept = weights > _NEGLIGIBLE
    weights = weights[kept] / weights[kept].sum()
    return Mixture(weights, means[kept], np.sqrt(variances[kept]), freedom)


def _students(ts: Floats, freedom: float) -> Floats:
    """Student's distribution, by Wallace's (1959) normal approximation: good to 0.0005."""
    zs = np.sign(ts) * (8 * freedom + 1) / (8 * freedom + 3)
    zs = zs * np.sqrt(freedom * np.log1p(ts**2 / freedom))
    return _normal(zs.tolist())


def _normal(zs: Sequence[float]) -> Floats:
    return np.array([erfc(-z / sqrt(2)) / 2 for z in zs])
