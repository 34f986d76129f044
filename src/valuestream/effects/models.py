"""Every model, with every yearly wave and every noise, fitted and weighed against the others.

Generalised least squares. The weights are restricted likelihoods (Patterson and Thompson 1971);
with flat priors of the coefficients that is Bayes' rule.
"""

from dataclasses import dataclass

import numpy as np

from valuestream.effects.design import Design
from valuestream.effects.noise import EXPECTED
from valuestream.effects.series import Floats

_LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class Fitted:
    """Models × (waves × noises): logarithms of likelihoods, coefficients, their covariances.

    `freedom` are the degrees of freedom of all.
    """

    likely: Floats
    coefficients: Floats
    covariances: Floats
    freedom: float

    @property
    def weights(self) -> Floats:
        """How likely each is; together they are 1."""
        found = np.exp(self.likely - self.likely.max())
        weights: Floats = found / found.sum()
        return weights


def fitted(white: Floats, determinant: Floats, design: Design) -> Fitted:
    """All models of a design on its whitened columns, of which the last is the figure."""
    by_noise = white.transpose(1, 0, 2)
    gram = by_noise.transpose(0, 2, 1) @ by_noise
    freedom = float(max(len(white) - len(design.models[0].columns), 1))
    likely, coefficients, covariances = [], [], []
    for held, wave_expected in _held(gram, design, len(white)):
        for model in design.models:
            chosen = [*model.columns, gram.shape[1] - 1]
            part, beta, covariance = _solved(held[:, chosen][:, :, chosen], freedom)
            expected = np.log(EXPECTED * model.expected) + wave_expected
            likely.append(part + expected - determinant / 2)
            coefficients.append(beta)
            covariances.append(covariance)
    many = len(design.models)
    by_model = [_by_model(part, many) for part in (likely, coefficients, covariances)]
    return Fitted(by_model[0], by_model[1], by_model[2], freedom)


def _by_model(parts: list[Floats], models: int) -> Floats:
    """Waves × models, each of the noises, as models × (waves × noises)."""
    stacked = np.array(parts)
    split = stacked.reshape(-1, models, *stacked.shape[1:]).swapaxes(0, 1)
    return split.reshape(models, -1, *stacked.shape[2:])


def _held(gram: Floats, design: Design, days: int) -> list[tuple[Floats, Floats]]:
    """For each wave, the products of the columns with its coefficients held near nothing.

    That is done as by two more observations, which say so. With each the logarithm of how likely
    the wave is.
    """
    first = design.common.shape[1]
    variance = _left(gram, first) / days
    found = []
    for height, expected in design.waves:
        own = gram.copy()
        for at in range(first, design.before_doses):
            own[:, at, at] += variance / height**2
        prior = np.log(variance / height**2) if np.isfinite(height) else np.zeros_like(variance)
        found.append((own, prior + np.log(expected)))
    return found


def _left(gram: Floats, columns: int) -> Floats:
    """The sum of squares that so many first columns leave of the figure."""
    inner, outer = gram[:, :columns, :columns], gram[:, :columns, -1]
    beta = np.linalg.solve(inner, outer[..., None])[..., 0]
    rest: Floats = np.maximum(gram[:, -1, -1] - np.einsum("gi,gi->g", outer, beta), _LEAST)
    return rest


def _solved(gram: Floats, freedom: float) -> tuple[Floats, Floats, Floats]:
    """Of each noise: what the fit adds to the likelihood, the coefficients, their covariance."""
    inner, outer = gram[:, :-1, :-1], gram[:, :-1, -1]
    inverse = np.linalg.inv(inner)
    beta = np.einsum("gij,gj->gi", inverse, outer)
    rest = np.maximum(gram[:, -1, -1] - np.einsum("gi,gi->g", outer, beta), _LEAST)
    likely = -(np.linalg.slogdet(inner)[1] + freedom * np.log(rest)) / 2
    return likely, beta, inverse * (rest / freedom)[:, None, None]
