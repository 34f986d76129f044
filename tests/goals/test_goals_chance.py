"""Chances against planted courses: what is said to arrive in 8 of 10 cases does."""

from datetime import date, timedelta

import numpy as np
import pytest

from valuestream.goals.chance import FEWEST_WEEKS, forecast
from valuestream.model.aims import Aim
from valuestream.model.series import Point

MONDAY = date(2026, 1, 5)


def points(values, n=400):
    return [
        Point("", MONDAY + timedelta(days=7 * i), None if v is None else float(v), n)
        for i, v in enumerate(values)
    ]


def until(weeks):
    return MONDAY + timedelta(days=7 * weeks - 1)


def planted(chance, weeks, kept, slope):
    """A straight trend on the scale of log-odds, with noise that hangs together."""
    noise = [chance.normal()]
    for _ in range(weeks - 1):
        noise.append(kept * noise[-1] + chance.normal() * np.sqrt(1 - kept**2))
    return 1 / (1 + np.exp(-(0.3 + slope * np.arange(weeks) + 0.25 * np.array(noise))))


def stated_and_seen(series, kept_shares, seed):
    """Chances of random targets, and whether the planted course arrived."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(series):
        seen, ahead = int(chance.integers(10, 27)), int(chance.integers(5, 14))
        values = planted(chance, seen + ahead, chance.choice(kept_shares), chance.normal() * 0.03)
        ahead_of = forecast(points(values[:seen]), until(seen + ahead), "share")
        rises = bool(chance.integers(2))
        target = float(np.quantile(ahead_of.levels[:, -1], chance.uniform(0.02, 0.98)))
        aim = Aim("increase" if rises else "decrease", rises, target)
        inside = ahead_of.low[-1] <= values[-1] <= ahead_of.high[-1]
        found.append((ahead_of.chance(aim), aim.is_met(values[-4:].mean()), inside))
    return np.array(found, float)


def calibrated(found, width):
    for low in np.arange(0.0, 1.0, width):
        among = found[(found[:, 0] >= low) & (found[:, 0] < low + width)]
        stated, seen = among[:, 0].mean(), among[:, 1].mean()
        # Three standard errors of so many series, and four hundredths for what is approximate.
        tolerance = 0.04 + 3 * np.sqrt(stated * (1 - stated) / len(among))
        assert abs(stated - seen) < tolerance, (low, len(among), stated, seen)


def test_chances_are_calibrated_on_planted_courses():
    found = stated_and_seen(100, [0.0, 0.3, 0.6], seed=1)
    calibrated(found, 0.5)
    assert 0.75 < found[:, 2].mean() < 0.93


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_chances_are_calibrated_in_fifths(seed):
    found = stated_and_seen(800, [0.0, 0.3, 0.6], seed)
    calibrated(found, 0.2)
    said = found[(found[:, 0] > 0.7) & (found[:, 0] < 0.9)]
    assert abs(said[:, 0].mean() - said[:, 1].mean()) < 0.08


def test_the_same_weeks_give_the_same_chance():
    values = planted(np.random.default_rng(4), 20, 0.3, 0.02)
    aim = Aim("increase", True, float(values[-4:].mean()))
    one, other = (forecast(points(values), until(30), "share").chance(aim) for _ in range(2))
    assert one == other


def test_noise_that_hangs_together_widens_what_is_possible():
    chance = np.random.default_rng(5)
    wide, narrow = [], []
    for _ in range(8):
        for kept, widths in ((0.9, wide), (0.0, narrow)):
            ahead = forecast(points(planted(chance, 26, kept, 0)), until(36), "share")
            levels = np.log(ahead.levels[:, -1] / (1 - ahead.levels[:, -1]))
            seen = planted(chance, 26, kept, 0)
            widths.append(levels.std() / np.std(np.log(seen / (1 - seen))))
    assert np.median(wide) > np.median(narrow)


def test_too_few_weeks_or_a_day_out_of_reach_have_no_paths():
    values = [0.5 + 0.01 * (i % 3) for i in range(FEWEST_WEEKS)]
    assert forecast(points(values[:-1]), until(12), "share") is None
    assert forecast(points(values), until(FEWEST_WEEKS), "share") is None
    assert forecast(points(values), until(FEWEST_WEEKS + 53), "share") is None
    assert forecast(points(values), until(FEWEST_WEEKS + 1), "share") is not None


def test_weeks_without_a_value_are_left_out():
    values = [60.0 + i % 4 for i in range(12)]
    gapped = [*values[:5], None, *values[6:]]
    ahead = forecast(points(gapped), until(16), "duration")
    assert len(ahead.weeks) == 4
    assert ahead.weeks[0] == MONDAY + timedelta(days=84)


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([1.0] * 10, "share"),
        ([0.0] * 10, "share"),
        ([0.0, 3.0] * 6, "cases a week"),
        ([7.0] * 12, "duration"),
        ([1e9 * 2**i for i in range(12)], "duration"),
    ],
)
def test_odd_courses_stay_within_what_a_figure_can_be(values, unit):
    ahead = forecast(points(values), until(len(values) + 30), unit)
    assert np.isfinite(ahead.levels).all()
    assert (ahead.levels >= 0).all()
    assert unit != "share" or (ahead.levels <= 1).all()
    chance = ahead.chance(Aim("increase", True, values[-1]))
    assert 0 < chance < 1


def test_the_level_at_the_end_takes_weeks_that_were_seen():
    ahead = forecast(points([10.0] * 9 + [90.0, 90.0, 90.0]), until(13), "duration")
    # Of the four weeks to the day three were seen.
    assert (ahead.levels[:, 0] > 67).all()


def test_a_guardrail_must_hold_all_the_way():
    values = planted(np.random.default_rng(6), 26, 0.0, 0.0)
    ahead = forecast(points(values), until(39), "share")
    limit = float(np.quantile(values, 0.25))
    chased, kept = Aim("increase", True, limit), Aim("stay above", True, limit)
    assert ahead.chance(kept) < ahead.chance(chased)
