"""A fault planted in a made log is the first that the review names; without one it warns of none.

A few seeds here; with `-m slow` a hundred of each, whose rates stand in docs/review.md.
"""

import pytest
from planted import FAULTS, office, simulate
from rates import cries_wolf, is_first

FEW = range(4)
MANY = range(100)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("seed", FEW)
def test_a_planted_fault_is_the_first_finding(fault, seed, tmp_path):
    assert is_first(fault, seed, tmp_path)


@pytest.mark.parametrize("seed", FEW)
def test_of_a_stream_without_faults_nothing_is_warned(seed, tmp_path):
    assert not cries_wolf(seed, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_of_a_hundred_planted_faults_ninety_five_are_first(fault, tmp_path):
    assert sum(is_first(fault, seed, tmp_path) for seed in MANY) >= 95


@pytest.mark.slow
def test_of_a_hundred_streams_without_faults_fewer_than_five_cry_wolf(tmp_path):
    assert sum(cries_wolf(seed, tmp_path) for seed in MANY) < 5


def test_the_office_has_the_loads_that_it_is_meant_to_have():
    """By hand: one role's work over its hours, of which it has what it is seen to be at work."""
    whole = office("bottleneck", 0)
    visits, _ = simulate(whole, 0, 1000)
    busy = sum(
        end - start for _, step, start, end, _ in visits if whole.tasks[step].role == "Analyst"
    )
    days = len(
        {
            int(start // 1440)
            for _, step, start, _, _ in visits
            if whole.tasks[step].role == "Analyst"
        }
    )
    assert 0.9 < busy / (days * 3 * (8 * 60 + 60)) < 1.0


def test_nobody_works_at_two_things_or_before_the_doors_open():
    whole = office(None, 1)
    visits, _ = simulate(whole, 1, 200)
    last: dict[str, float] = {}
    for _, step, start, end, person in sorted(visits, key=lambda v: v[2]):
        role = whole.roles[whole.tasks[step].role]
        assert role.begins * 60 <= start % 1440 < role.ends * 60
        assert start // 1440 % 7 < role.days
        assert start >= last.get(person, 0.0)
        last[person] = end


def test_each_case_goes_through_all_steps_in_order_and_back_only_where_that_is_planted():
    for fault in (None, "rework"):
        whole = office(fault, 2)
        visits, _ = simulate(whole, 2, 300)
        repeats = len(visits) - 300 * len(whole.tasks)
        # A fourth goes back, and of these a fourth again: a third of two steps.
        assert repeats == 0 if fault is None else 140 < repeats < 260
