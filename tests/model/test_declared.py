"""The lead time of a declared stream, against times worked out by hand."""

import pytest

from valuestream.model.declared import declare, expected_visits
from valuestream.model.stream import Stream


def lead_time(*steps: dict) -> float | None:
    return declare(Stream.model_validate({"stream": "S", "steps": list(steps)})).lead_time.mean


def step(name: str, minutes: float, **more: object) -> dict:
    return {"step": name, "work": f"{minutes} min", **more}


def test_in_a_line_work_and_wait_add_up():
    assert lead_time(step("A", 4, wait="6 min"), step("B", 5)) == pytest.approx(15 * 60)


def test_parted_ways_are_weighted_by_their_shares():
    steps = [step("A", 1, then=[{"B": "25 %"}, "C"]), step("B", 40), step("C", 4)]
    # 1 + 25 % of (40 + 4) + 75 % of 4
    assert lead_time(*steps) == pytest.approx((1 + 0.25 * 44 + 0.75 * 4) * 60)


def test_of_parallel_ways_the_longest_counts():
    steps = [
        step("A", 1, then={"together": ["B", "C"]}),
        step("B", 10, then="D"),
        step("C", 30, then="D"),
        step("D", 2),
    ]
    assert lead_time(*steps) == pytest.approx(33 * 60)


def test_a_parallel_way_may_be_longer_than_one_step():
    steps = [
        step("A", 1, then={"together": ["B", "D"]}),
        step("B", 10),
        step("C", 30, then="E"),
        step("D", 35),
        step("E", 2),
    ]
    assert lead_time(*steps) == pytest.approx((1 + 40 + 2) * 60)


def test_parallel_ways_that_end_apart_take_the_longest():
    steps = [step("A", 1, then={"together": ["B", "C"]}), step("B", 10, end=True), step("C", 30)]
    assert lead_time(*steps) == pytest.approx(31 * 60)


def test_a_loop_counts_by_its_expected_repeats():
    # From C a share of 20 % goes back to B: B and C are done 1 / 0.8 times.
    steps = [step("A", 1), step("B", 4), step("C", 8, then=[{"B": "20 %"}, "D"]), step("D", 2)]
    assert lead_time(*steps) == pytest.approx((1 + 12 / 0.8 + 2) * 60)


def test_what_is_not_right_at_first_is_done_again():
    assert lead_time(step("A", 8, right="80 %"), step("B", 1)) == pytest.approx(11 * 60)


def test_right_does_not_count_twice_where_the_way_back_is_written():
    steps = [step("A", 8, right="80 %", then=[{"A": "20 %"}, "B"]), step("B", 1)]
    assert lead_time(*steps) == pytest.approx(11 * 60)


def test_a_step_that_declares_nothing_leaves_the_lead_time_unknown():
    assert lead_time(step("A", 8), {"step": "B"}) is None


def test_cases_that_go_round_for_ever_have_no_lead_time():
    assert lead_time(step("A", 8, then="B"), step("B", 1, then="A")) is None


def test_two_hundred_steps_with_loops_are_quick():
    steps = [
        step(f"S{i}", 1, then=[{f"S{max(i - 3, 0)}": "10 %"}, f"S{i + 1}"]) for i in range(200)
    ]
    assert lead_time(*steps, step("S200", 1)) > 200 * 60


def test_rolled_complete_and_accurate_is_the_product():
    stream = {"stream": "S", "steps": [step("A", 1, right="80 %"), step("B", 1, right="50 %")]}
    figures = declare(Stream.model_validate(stream))
    assert figures.rolled_complete_accurate == pytest.approx(0.4)
    assert figures.flow_efficiency == 1
    assert figures.provenance == "declared"


def test_visits_are_those_of_the_longest_way():
    steps = [
        step("A", 1, right="80 %", then={"together": ["B", "C"]}),
        step("B", 10, then="D"),
        step("C", 30, then="D"),
        step("D", 2, then=[{"A": "50 %"}, {"E": "50 %"}]),
        step("E", 1),
    ]
    stream = Stream.model_validate({"stream": "S", "steps": steps})
    # Half of the cases go round again: each step on the way is visited twice, A ÷ 80 %.
    assert expected_visits(stream) == pytest.approx((2.5, 0, 2, 2, 1))
    round_and_round = [step("A", 1), step("B", 1, then="A")]
    stream = Stream.model_validate({"stream": "S", "steps": round_and_round})
    assert expected_visits(stream) is None
