"""What is estimated of planted deliveries; the noise against dense matrices; the mixture's ends."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from effect_rates import APART, NOTHING, SOMETHING, rates
from planted_days import BUSY, FIRST, HALF, Plant, helped, made

from valuestream.effects.design import Break
from valuestream.effects.estimating import estimate
from valuestream.effects.mixtures import Mixture, mixture
from valuestream.effects.noise import GRID, whitened

MANY = range(100)


def on(*days: int) -> list[Break]:
    return [Break(FIRST + timedelta(days=day), FIRST + timedelta(days=day)) for day in days]


def test_whitening_is_that_of_the_dense_covariance():
    """By hand: the covariance of each noise written out, its inverse and determinant."""
    random = np.random.default_rng(3)
    days = 25
    columns = random.standard_normal((days, 3))
    own = 1 / random.integers(1, 9, days)
    own[[4, 5, 17]] = np.nan
    seen = np.isfinite(own)
    white, determinant = whitened(columns, own)
    apart = np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
    for noise, (lasts, share) in enumerate(GRID):
        dense = (1 - share) * np.where(apart == 0, 1.0, lasts**apart) + share * np.diag(
            np.nan_to_num(own)
        )
        dense = dense[seen][:, seen]
        inner = columns[seen].T @ np.linalg.solve(dense, columns[seen])
        np.testing.assert_allclose(white[:, noise].T @ white[:, noise], inner, rtol=1e-8)
        np.testing.assert_allclose(determinant[noise], np.linalg.slogdet(dense)[1], rtol=1e-8)


@pytest.mark.parametrize(("freedom", "quantile"), [(10, 2.228), (30, 2.042), (200, 1.972)])
def test_the_interval_of_one_model_is_students(freedom, quantile):
    """Quantiles as tables print them."""
    one = Mixture(np.array([1.0]), np.array([5.0]), np.array([2.0]), freedom)
    low, high = one.interval
    assert (5 - low) / 2 == pytest.approx(quantile, abs=0.003)
    assert (high - 5) / 2 == pytest.approx(quantile, abs=0.003)
    edge = Mixture(np.array([1.0]), np.array([quantile * 2]), np.array([2.0]), freedom)
    assert edge.p == pytest.approx(0.05, abs=0.0005)


def test_a_mixture_weighs_models_by_their_likelihood():
    found = mixture(np.log([3.0, 1.0, 1e-9]), np.array([1.0, 5.0, 9.0]), np.ones(3), 50)
    assert found.weights.tolist() == pytest.approx([0.75, 0.25])
    assert found.mean == pytest.approx(2.0)


@pytest.mark.parametrize("seed", range(4))
def test_a_planted_effect_is_found_and_its_interval_holds_it(seed):
    (found,) = estimate(made(helped(BUSY, -0.4), seed), on(HALF)).estimates
    assert found.p < 0.05
    assert found.change == pytest.approx(-240, abs=80)
    assert found.low < -240 < found.high


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    "name", ["busy, a yearly season of ±10 %, one year of data", "a share of 80 %"]
)
def test_nothing_is_claimed_where_nothing_is_planted(name, seed):
    plant, days = NOTHING[name]
    (found,) = estimate(made(plant, seed), on(*days)).estimates
    assert found.p > 0.05
    assert found.low < 0 < found.high


def test_two_eight_weeks_apart_are_told_apart():
    helps = helped(Plant(), -0.4, APART[0])
    one, other = estimate(made(helps, 1), on(*APART)).estimates
    assert one.p < 0.05 < other.p


def test_a_slow_one_is_found_and_said_to_have_grown():
    (slow,) = estimate(made(helped(BUSY, -0.4, grows=84), 2), on(HALF)).estimates
    (sudden,) = estimate(made(helped(BUSY, -0.4), 2), on(HALF)).estimates
    assert slow.p < 0.05
    assert slow.grown > 0.9 > 0.5 > sudden.grown


def test_trend_weekdays_and_volume_make_no_effect():
    steep = replace(BUSY, trend=0.6, growing=3.0, levels=0.0)
    (found,) = estimate(made(steep, 5), on(HALF)).estimates
    assert found.p > 0.05


def test_days_far_from_all_others_do_not_count():
    outages = estimate(made(replace(BUSY, outages=4), 3), on(HALF))
    assert outages.far_out == 4
    assert estimate(made(BUSY, 3), on(HALF)).far_out <= 1


def test_the_days_of_the_delivery_itself_are_neither_before_nor_after():
    series = made(helped(BUSY, -0.4), 1)
    days = [Break(FIRST + timedelta(days=HALF), FIRST + timedelta(days=HALF + 9))]
    plain = estimate(series, days).estimates[0]
    series.means[HALF : HALF + 10] *= 50
    assert estimate(series, days).estimates[0].change == pytest.approx(plain.change)


@pytest.mark.slow
@pytest.mark.parametrize("name", NOTHING)
def test_of_a_hundred_without_an_effect_few_claim_one(name):
    claimed, held, _ = rates(*NOTHING[name], MANY)
    assert claimed <= 0.1
    assert held >= 0.88


@pytest.mark.slow
@pytest.mark.parametrize("name", SOMETHING)
def test_of_a_hundred_with_an_effect_the_interval_holds_most(name):
    _, held, _ = rates(*SOMETHING[name], MANY)
    assert held >= 0.88
