"""Aims in numbers, targets in their units, periods."""

from datetime import date

import pytest

from valuestream.model.aims import Aim, aim_of
from valuestream.model.figure_path import figure
from valuestream.model.goals import Goals
from valuestream.model.measurable import OF_STREAM
from valuestream.model.periods import first_and_last_day
from valuestream.model.targets import read_target, write_target, write_value

START, BY = date(2026, 1, 1), date(2026, 1, 11)


def aim(figure_name="lead_time.p85", measured=None, **result):
    goals = {"objective": "o", "key results": [{"key result": "r", "measure": "m", **result}]}
    own = Goals.model_validate(goals)
    return aim_of(own, own.key_results[0], figure(figure_name, OF_STREAM), measured)


@pytest.mark.parametrize(
    ("figure_name", "result", "kind", "rises"),
    [
        ("lead_time.p85", {"from": "2 h", "to": "1 h"}, "decrease", False),
        ("flow_efficiency", {"from": "20 %", "to": 0.4}, "increase", True),
        ("lead_time.p85", {"to": "1 h"}, "reach", False),
        ("flow_efficiency", {"to": "40 %"}, "reach", True),
        ("arrivals", {"from": 40, "to": 80}, "increase", True),
        ("arrivals", {"to": 80}, "reach", True),
        ("lead_time.p85", {"stay below": "1 h"}, "stay below", False),
        ("flow_efficiency", {"stay above": "40 %"}, "stay above", True),
        ("flow_efficiency", {"kind": "stay above", "to": "40 %"}, "stay above", True),
        ("lead_time.p85", {"kind": "increase", "from": "1 h", "to": "2 h"}, "increase", True),
    ],
)
def test_kinds_follow_from_what_is_written(figure_name, result, kind, rises):
    own = aim(figure_name, **result)
    assert (own.kind, own.rises) == (kind, rises)


def test_without_a_better_way_a_measured_baseline_says_where_to_go():
    assert aim("arrivals", measured=100.0, to=80).rises is False


def test_expected_values_lie_on_straight_lines_between_the_phases():
    own = Aim("decrease", False, 0.0, 100.0, START, BY, ((date(2026, 1, 6), 80.0),))
    expected = {1: 100, 2: 96, 6: 80, 7: 64, 11: 0, 30: 0}
    assert {day: own.expected(date(2026, 1, day)) for day in expected} == expected
    assert own.expected(date(2025, 12, 31)) is None


def test_a_phase_outside_of_start_and_day_is_no_turn():
    own = Aim("decrease", False, 0.0, 100.0, START, BY, ((date(2026, 2, 1), 80.0),))
    assert own.expected_path == ((START, 100.0), (BY, 0.0))


@pytest.mark.parametrize("lacking", ["start", "by", "baseline"])
def test_without_start_day_or_baseline_nothing_is_expected(lacking):
    own = {"start": START, "by": BY, "baseline": 1.0} | {lacking: None}
    assert Aim("reach", True, 2.0, **own).expected(BY) is None


def test_progress_is_the_share_of_the_way_and_may_lie_outside_of_it():
    own = Aim("decrease", False, 40.0, 80.0)
    assert [own.progress(v) for v in (80, 60, 40, 20, 100)] == [0, 0.5, 1, 1.5, -0.5]
    assert Aim("stay above", True, 40.0, 80.0).progress(60) is None
    assert Aim("reach", True, 40.0, 40.0).progress(60) is None


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("1 h 12 min", "duration", 4320),
        ("90 %", "share", 0.9),
        (0.9, "share", 0.9),
        ("80 per day", "cases a week", 560),
        (80, "cases a week", 80),
        ("2.5", "handoffs", 2.5),
        ("8 EUR", "money", 8),
        (12, "cases", 12),
    ],
)
def test_targets_are_read_in_the_unit_of_the_figure(written, unit, value):
    assert read_target(written, unit, "EUR") == pytest.approx(value)


@pytest.mark.parametrize(
    ("written", "unit", "message"),
    [
        ("90 %", "duration", "is no duration"),
        (40, "duration", "has no unit"),
        ("40 min", "share", "is no share"),
        (90, "share", "between 0 % and 100 %"),
        ("8 EUR/h", "money", "cost by the hour"),
        ("8 USD", "money", "costs EUR"),
        (8, "money", "is no cost"),
        (-1, "cases", "is no number"),
        ("many", "cases a week", "is no rate"),
        ("many", "handoffs", "is no number"),
    ],
)
def test_targets_in_another_unit_say_what_to_write(written, unit, message):
    with pytest.raises(ValueError, match=message):
        read_target(written, unit, "EUR")


@pytest.mark.parametrize(
    ("value", "unit"),
    [(5400.0, "duration"), (0.615, "share"), (552.4, "cases a week"), (3.5, "handoffs")],
)
def test_written_targets_read_again(value, unit):
    assert read_target(write_target(value, unit), unit) == pytest.approx(value, rel=0.01)
    assert write_value(None, unit) == "–"


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("2026", ("2026-01-01", "2026-12-31")),
        ("2026-Q2", ("2026-04-01", "2026-06-30")),
        ("2026 q4", ("2026-10-01", "2026-12-31")),
        ("Q1 2028", ("2028-01-01", "2028-03-31")),
        ("2026-H2", ("2026-07-01", "2026-12-31")),
        ("2028-02", ("2028-02-01", "2028-02-29")),
    ],
)
def test_periods(period, days):
    assert first_and_last_day(period) == tuple(map(date.fromisoformat, days))


@pytest.mark.parametrize("words", ["this summer", "2026-Q5", "2026-13", "2026-00", "9999", "26-Q1"])
def test_other_words_are_no_periods(words):
    found = first_and_last_day(words)
    assert found is None or found[1].year == 9999
