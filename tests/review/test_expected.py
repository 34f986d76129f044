"""How often a case is expected at each step, by the ways that a stream declares."""

import pytest

from valuestream.model.declared import expected_time
from valuestream.model.graph import graph
from valuestream.model.stream import Stream
from valuestream.review import review
from valuestream.review.expected import expected
from valuestream.templates import templates
from valuestream.text import parse


def stream(*steps: dict) -> Stream:
    named = [{"step": name, **step} for name, step in zip("abcdef", steps, strict=False)]
    return Stream.model_validate({"stream": "S", "steps": named})


def visits(*steps: dict) -> list[float]:
    return [round(e.visits, 6) for e in expected(stream(*steps))]


def test_in_a_line_each_step_is_visited_once():
    assert visits({}, {}, {}) == [1, 1, 1]


def test_where_ways_part_cases_follow_their_shares():
    assert visits({"then": [{"c": "30 %"}, "b"]}, {}, {}) == [1, 0.7, 1]


def test_what_ends_does_not_go_on():
    assert visits({"then": [{"b": "30 %"}], "end": True}, {}) == [1, 0.3]


def test_ways_in_parallel_are_both_taken_and_the_case_is_one_again_where_they_meet():
    assert visits({"then": {"together": ["b", "c"]}}, {"then": "d"}, {}, {}) == [1, 1, 1, 1]


def test_ways_in_parallel_that_end_apart_are_both_taken():
    assert visits({"then": {"together": ["b", "c"]}}, {"end": True}, {"end": True}) == [1, 1, 1]


def test_a_way_back_repeats_all_between():
    a, b, c = expected(stream({}, {}, {"then": [{"b": "20 %"}], "end": True}))
    assert (a.visits, a.repeats) == (1, 0)
    assert (b.visits, b.repeats) == (pytest.approx(1.25), pytest.approx(0.25))
    assert (c.visits, c.repeats) == (pytest.approx(1.25), 0)


def test_what_is_not_right_is_done_again_unless_its_own_way_back_says_where():
    (once,) = expected(stream({"right": "80 %"}))
    assert (once.visits, once.repeats) == (1.25, 0.25)
    assert visits({}, {"right": "80 %", "then": [{"a": "20 %"}], "end": True}) == [1.25, 1.25]


@pytest.mark.parametrize(
    "steps",
    [({}, {"then": "a"}), ({"right": "0 %"}, {})],
    ids=["a way back for all", "never right"],
)
def test_of_cases_that_go_round_without_end_nothing_is_expected_and_nothing_said(steps):
    assert expected(stream(*steps)) == ()
    found = {f.code for f in review(stream(*({**s, "wait": "1 h"} for s in steps)))}
    assert not found & {"VS201", "VS202"}


@pytest.mark.parametrize("found", templates(), ids=lambda t: t.name)
def test_it_agrees_with_the_declared_time_of_a_step_that_takes_one_second(found):
    of = parse(found.text).stream
    for place, step in enumerate(expected(of)):
        seconds = [float(place == other) for other in range(len(of.steps))]
        assert step.visits == pytest.approx(expected_time(of, graph(of), seconds), abs=1e-6)


def test_waiting_at_a_step_that_few_come_to_counts_for_few():
    rare = stream(
        {"wait": "1 d"}, {"wait": "1 d", "then": [{"c": "5 %"}], "end": True}, {"wait": "10 d"}
    )
    assert "VS201" not in {f.code for f in review(rare)}


def test_the_declared_wait_of_a_repeated_step_counts_each_time():
    (found,) = (f for f in review(stream({"wait": "1 h"}, {"wait": "9 h", "right": "90 %"}))
                if f.code == "VS201")  # fmt: skip
    assert found.costs == {"seconds_per_case": pytest.approx(10 * 3600)}
    assert found.message == "91 % of all waiting is before 'b': 10 h a case, as declared"
