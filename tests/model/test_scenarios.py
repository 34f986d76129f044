"""A stream with a scenario's changes made is a stream."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.scenarios import applied, not_possible
from valuestream.text import parse

sys.path.insert(0, str(Path(__file__).parent))
from scenario_streams import changed

LINE = """\
stream: S
steps:
  - {step: A, work: 1 min, wait: 0 min, gives: a}
  - {step: B, work: 4 min, wait: 10 min, by: Desk, value: has b, needs: a, gives: b}
  - {step: C, work: 6 min, wait: 20 min, by: Lab, value: has c, needs: b, right: 80 %}
  - {step: D, work: 2 min, wait: 5 min}
scenarios:
"""


def after(changes, text=LINE):
    document = parse(f"{text}  x: {{change: [{changes}]}}\n")
    assert document.findings == ()
    return applied(document.content, "x")


def names(stream):
    return [step.step for step in stream.steps]


def ways(stream):
    return {step.step: [way.write() for way in step.then] for step in stream.steps if step.then}


def minutes(stream):
    return declare(stream).lead_time.mean / 60


def test_a_removed_step_is_bridged():
    shorter = after("{step: B, remove: true}")
    assert names(shorter) == ["A", "C", "D"]
    assert ways(shorter) == {}
    assert minutes(shorter) == pytest.approx(1 + 26 / 0.8 + 7)


def test_when_the_first_step_is_removed_the_next_becomes_the_first():
    assert names(after("{step: A, remove: true}")) == ["B", "C", "D"]


def test_when_the_end_is_removed_what_led_to_it_is_the_end():
    shorter = after("{step: D, remove: true}")
    assert names(shorter) == ["A", "B", "C"]
    assert shorter.ends == (2,)


PARTING = """\
stream: S
steps:
  - step: A
  - step: B
    then: [{A: 10 %}, {C: 30 %}, D]
  - step: C
    end: true
  - step: D
scenarios:
"""


def test_shares_are_multiplied_along_the_ways_and_ways_back_stay():
    assert ways(after("{step: B, remove: true}", PARTING)) == {
        "A": [{"A": "10 %"}, {"C": "30 %"}, "D"]
    }


def test_a_removed_end_ends_the_cases_that_came_to_it():
    shorter = after("{step: C, remove: true}", PARTING)
    assert ways(shorter)["B"] == [{"A": "10 %"}, {"D": "60 %"}]
    assert [step.end for step in shorter.steps] == [False, True, False]


PARALLEL = """\
stream: S
steps:
  - step: A
    then: {together: [B, C]}
  - step: B
    then: E
  - step: C
  - step: D
  - step: E
scenarios:
"""


def test_a_branch_without_its_step_waits_for_the_others_alone():
    assert ways(after("{step: B, remove: true}", PARALLEL)) == {}
    assert ways(after("{step: C, remove: true}", PARALLEL)) == {
        "A": [{"together": ["B", "D"]}],
        "B": ["E"],
    }


def test_a_merged_step_does_the_work_of_both_without_the_wait_between():
    merged = after("{step: C, merge into: B}")
    assert names(merged) == ["A", "B", "D"]
    b = merged.steps[1]
    assert b.work.expected == 600
    assert (b.wait, b.right, b.by) == (600, 0.8, ("Desk",))
    assert b.value.receives == "has b; has c"
    assert (b.needs, b.gives) == (("a",), ("b",))
    assert b.sub_names == ("C",)
    assert minutes(merged) == pytest.approx(1 + 20 / 0.8 + 7)


def test_merging_into_the_later_step_keeps_its_name_and_roles():
    merged = after("{step: B, merge into: C}")
    assert names(merged) == ["A", "C", "D"]
    assert merged.steps[1].by == ("Lab",)
    assert merged.steps[1].wait == 600


BACK = """\
stream: S
steps:
  - {step: A, work: 1 min}
  - {step: B, work: 4 min, right: 80 %}
  - {step: C, work: 6 min, wait: 20 min, then: [{B: 10 %}, D]}
  - {step: D, work: 2 min}
scenarios:
"""


def test_rework_that_right_told_is_kept_where_ways_back_tell_the_rest():
    assert minutes(after("{step: C, merge into: B}", BACK)) == pytest.approx(3 + 10 / (0.9 * 0.8))
    assert minutes(after("{step: C, remove: true}", BACK)) == pytest.approx(3 + 4 / (0.9 * 0.8))


def test_steps_to_which_others_lead_are_not_merged_with_one_that_these_do_not_need():
    found = parse(f"{BACK}  x:\n    change: [{{step: B, merge into: A}}]\n").findings
    assert "cases come to 'B' from 'C', too, and would go through 'A' then" in found[0].message


def test_steps_done_at_the_same_time_take_as_long_as_the_longer():
    both = after("{step: C, together with: B}")
    assert ways(both) == {"A": [{"together": ["B", "C"]}], "B": ["D"]}
    assert minutes(both) == pytest.approx(1 + max(14, 26 / 0.8) + 7)


def test_what_is_automated_takes_no_work_and_nobody():
    b = after("{step: B, automate: true}").steps[1]
    assert (b.work.expected, b.by, b.cost, b.wait) == (0, (), None, 600)
    assert after("{step: B, automate: true, work: 5 s}").steps[1].work.expected == 5


def test_figures_roles_and_arrivals_are_set():
    text = f"{LINE}  x: {{arrivals: 9 per h, change: [{{step: b, by: Lab, wait: 1 min}}]}}\n"
    stream = applied(parse(text).content, "x")
    assert stream.arrivals.rate == pytest.approx(9 / 3600)
    assert (stream.steps[1].by, stream.steps[1].wait) == (("Lab",), 60)
    assert stream.scenarios == {}


def test_ways_are_set_before_steps_fall_away():
    shorter = after("{step: B, remove: true}, {step: A, then: [{C: 40 %}, B]}")
    assert names(shorter) == ["A", "C", "D"]
    assert ways(shorter) == {}


def test_a_promise_whose_clock_a_removed_step_started_falls_away():
    text = LINE.replace("value: has c", "value: {receives: has c, promise: within 2 h of B}")
    assert after("{step: B, remove: true}", text).steps[1].value.promise is None
    assert after("{step: A, remove: true}", text).steps[1].value.promise is not None


def test_an_unknown_scenario_names_the_nearest():
    stream = parse(f"{LINE}  second desk: {{change: [{{step: B, people: 2}}]}}\n").content
    with pytest.raises(
        InputError, match="no scenario named 'secnd desk'; did you mean 'second desk'"
    ):
        applied(stream, "secnd desk")


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ("{step: A, merge into: Z}", "VS041", "no step is named 'Z'"),
        ("{step: A, merge into: A}", "VS046", "'A' is the step itself"),
        ("{step: A, remove: true, merge into: B}", "VS046", "'A' has 'remove' already"),
        ("{step: A, then: {B: 20 %}}", "VS042", "add up to 20 %"),
        ("{step: A, merge into: D}", "VS046", "'A' does not lead to 'D'"),
        ("{step: B, together with: C}", "VS046", "the ways part at 'B' or 'C'"),
        ("{step: A, together with: B}", "VS046", "'A' is the first step"),
        ("{step: A, remove: true}, {step: A, merge into: B}", "VS046", "is gone by an earlier"),
        ("{step: A, remove: true}, {step: B, remove: true}", "VS046", "its ways part"),
    ],
)
def test_a_change_that_cannot_be_made_is_a_fault_with_its_place(change, code, message):
    found = parse(f"{PARTING}  x:\n    change: [{change}]\n").findings
    assert [f.code for f in found] == [code]
    assert message in found[0].message
    assert (found[0].line, found[0].suggestion != "") == (11, True)


@given(changed())
@settings(max_examples=300, deadline=None)
def test_what_can_be_applied_is_a_stream_without_names_that_lead_nowhere(made):
    stream, scenario = made
    if not_possible(stream, scenario):
        with pytest.raises(InputError):
            applied(stream, scenario)
        return
    after = applied(stream, scenario)
    assert declare(after).steps
    assert {s.step for s in after.steps} <= {s.step for s in stream.steps}
    led_to = {to for step in after.steps for way in step.then for to in way.to}
    assert led_to <= set(names(after))
    assert after.steps[-1].step in names(stream)
