"""Which deliveries are told apart, which looked at as one, and of which nothing can be told."""

from datetime import timedelta

import numpy as np
import pytest
from planted_days import FIRST, Plant, made

from valuestream.effects.delivered import Delivered
from valuestream.effects.parting import parted
from valuestream.effects.series import series


def delivered(*days: int) -> list[Delivered]:
    return [Delivered(FIRST + timedelta(days=day), f"of day {day}", "Us", 0) for day in days]


def groups(found) -> list[list[str]]:
    return [[own.what for own in group] for group in found.groups]


SERIES = made(Plant(days=200), 0)


def test_three_days_apart_are_one_and_eight_weeks_apart_are_two():
    found = parted(SERIES, delivered(60, 63, 119))
    assert groups(found) == [["of day 60", "of day 63"], ["of day 119"]]
    assert len(found.fit.estimates) == 2
    assert not found.not_told


@pytest.mark.parametrize(("days", "many"), [(13, 1), (20, 2)])
def test_two_weeks_are_the_fewest_between_two(days, many):
    assert len(parted(SERIES, delivered(80, 80 + days)).groups) == many


def test_the_order_of_the_deliveries_does_not_matter():
    assert groups(parted(SERIES, delivered(119, 63, 60))) == groups(
        parted(SERIES, delivered(60, 63, 119))
    )


def test_before_the_first_day_and_after_the_last_nothing_can_be_told():
    found = parted(SERIES, delivered(-3, 100, 300))
    assert groups(found) == [["of day 100"]]
    said = [why for _, why in found.not_told]
    assert "before the figure's first day, 6 January 2025" in said[0]
    assert "after the last day" in said[1]


def test_too_near_to_an_end_is_said_and_its_days_are_left_out():
    found = parted(SERIES, delivered(5, 100, 195))
    assert groups(found) == [["of day 100"]]
    assert [own.what for group, _ in found.not_told for own in group] == ["of day 5", "of day 195"]
    assert (found.series.first, found.series.last) == (SERIES.day(6), SERIES.day(194))


def test_weeks_without_visits_between_two_make_them_one():
    gap = made(Plant(days=200, missing=((72, 118),)), 0)
    assert groups(parted(gap, delivered(70, 119))) == [["of day 70", "of day 119"]]


def test_of_tiny_data_nothing_can_be_told():
    tiny = made(Plant(days=6), 0)
    found = parted(tiny, delivered(3))
    assert found.fit is None
    assert "fewer than 14 days" in found.not_told[0][1]


def test_releases_every_week_cannot_be_told_apart():
    found = parted(SERIES, delivered(*range(0, 200, 7)))
    assert not found.groups
    assert len(found.not_told[0][0]) == len(range(0, 200, 7))


def test_a_figure_that_never_changes_has_no_effect():
    always = series((SERIES.day(day), 3.0, 3.0, 3.0) for day in range(90))
    found = parted(always, delivered(40))
    assert always.is_constant
    assert groups(found) == [["of day 40"]]
    assert found.fit is None


def test_a_series_has_the_empty_days_too():
    found = series([(SERIES.day(3), 2, 6.0, 20.0), (SERIES.day(0), 1, 4.0, 16.0)])
    assert found.counts.tolist() == [1, 0, 0, 2]
    assert found.means[[0, 3]].tolist() == [4.0, 3.0]
    assert np.isnan(found.means[1:3]).all()
    assert found.squares[3] == pytest.approx(2.0)
    assert series([]) is None


@pytest.mark.parametrize("after", [10.0, 20.0])
def test_what_only_moves_with_the_delivery_is_the_delivery(after):
    """Exactly twice the visits since, and only Tuesdays in place of Mondays."""
    chance = np.random.default_rng(1)
    days = []
    for week in range(40):
        late = week >= 20
        count, mean = (after, 50.0) if late else (10.0, 80.0)
        total = count * (mean + chance.normal())
        days.append((SERIES.day(7 * week + late), count, total, total**2 / count + count * 9))
    found = parted(series(days), delivered(7 * 20 - 3))
    (only,) = found.fit.estimates
    assert only.change == pytest.approx(-30, abs=3)
    assert only.p < 0.001
