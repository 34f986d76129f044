"""The states of key results, one rule after another."""

from datetime import date, timedelta

import pytest

from valuestream.goals.judging import STATES, judge, worst
from valuestream.model.aims import Aim
from valuestream.model.figure_path import parse
from valuestream.model.series import Point, Series

MONDAY = date(2026, 1, 5)
START, BY = date(2026, 3, 30), date(2026, 6, 28)


def series(values):
    weeks = (MONDAY + timedelta(days=7 * i) for i in range(len(values)))
    points = tuple(Point("", start, value, 100) for start, value in zip(weeks, values, strict=True))
    return Series(parse("s / flow_efficiency"), points)


def state(values, aim, as_of):
    return judge(aim, series(values).until(as_of + timedelta(days=1)), as_of).state


def rising(target, baseline=0.5, phases=()):
    return Aim("increase", True, target, baseline, START, BY, phases)


FLAT = [0.5 + 0.01 * (-1) ** i for i in range(21)]
"""To Sunday 31 May."""
STEEP = [0.3 + 0.015 * i + 0.005 * (-1) ** i for i in range(21)]
NOW = date(2026, 5, 31)


@pytest.mark.parametrize(
    ("values", "aim", "as_of", "expected"),
    [
        (FLAT, rising(0.49), NOW, "reached"),
        (FLAT, rising(0.6), NOW, "at risk"),
        (STEEP, rising(0.62, 0.4), NOW, "on track"),
        (STEEP, rising(0.62, 0.4, ((date(2026, 5, 30), 0.615),)), NOW, "behind"),
        (FLAT[:10], rising(0.6), date(2026, 3, 20), "not begun"),
        (FLAT[:6], rising(0.6), date(2026, 2, 15), "not begun"),
        (FLAT, rising(0.6), date(2026, 7, 1), "unknown"),
        (FLAT + FLAT[:4], rising(0.6), date(2026, 7, 1), "missed"),
        (FLAT + FLAT[:4], rising(0.49), date(2026, 7, 1), "reached"),
        (FLAT, Aim("stay above", True, 0.4), NOW, "kept"),
        (FLAT, Aim("stay above", True, 0.52), NOW, "broken"),
        (FLAT, Aim("stay below", False, 0.52), NOW, "kept"),
        (STEEP, Aim("stay below", False, 0.6), NOW, "at risk"),
        ([], rising(0.6), NOW, "unknown"),
        ([None] * 21, rising(0.6), NOW, "unknown"),
        ([*FLAT[:17], None, None, None, None], rising(0.6), NOW, "unknown"),
    ],
)
def test_states(values, aim, as_of, expected):
    assert state(values, aim, as_of) == expected


def test_too_few_weeks_leave_the_comparison_with_what_is_expected():
    aim = Aim("increase", True, 0.9, 0.4, MONDAY, BY)
    judged = judge(aim, series(FLAT[:6]), date(2026, 2, 15))
    assert judged.chance is None
    assert "6 weeks are too few" in judged.reason
    # 41 of 174 days: 0.4 + 0.5 * 41 / 174.
    assert judged.expected == pytest.approx(0.5178, abs=1e-4)
    assert judged.state == "behind"


def test_what_comes_back_after_the_day_does_not_change_how_it_ended():
    ended = [*FLAT, *[0.7] * 4, *[0.5] * 8]
    assert state(ended, rising(0.65), date(2026, 8, 30)) == "reached"


def test_the_worst_state_is_that_of_the_objective():
    assert worst(["reached", "at risk", "kept"]) == "at risk"
    assert worst(STATES) == "not measurable"


@pytest.mark.parametrize(
    ("by", "why"),
    [
        (date(2026, 6, 5), "less than a week"),
        (date(2027, 6, 30), "more than a year"),
        (date(2026, 6, 7), ""),
        (date(2027, 5, 30), ""),
    ],
)
def test_without_a_chance_the_reason_is_said(by, why):
    aim = Aim("increase", True, 0.6, 0.5, START, by, ())
    judged = judge(aim, series(FLAT).until(NOW + timedelta(days=1)), NOW)
    assert (judged.chance is None) == bool(why)
    assert (why in judged.reason) if why else not judged.reason
