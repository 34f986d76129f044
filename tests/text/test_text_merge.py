"""Two people's changes of a stream: nothing of either is lost, and what contradicts is said."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_text_properties import STEPS, texts

from valuestream.text import parse
from valuestream.text.changes import changes
from valuestream.text.edits import EditRefused
from valuestream.text.merge import merge
from valuestream.text.nodes import plain
from valuestream.text.rewrite import rewrite

HOTEL = {
    "stream": "Hotel",
    "steps": [
        {"step": "E-mail", "work": "1 min", "value": "Knows all"},
        {"step": "Desk", "by": ["Reception"], "work": "4 min", "then": ["E-mail", "Room"]},
        {"step": "Room", "value": {"receives": "Rests", "keep": "90 %"}},
    ],
}


def changed(**of_steps) -> dict:
    """The hotel with other keys at some steps; None takes a key away."""
    data = deepcopy(HOTEL)
    for step in data["steps"]:
        for key, value in of_steps.get(step["step"].replace("-", ""), {}).items():
            step[key] = value
            if value is None:
                del step[key]
    return data


def steps(data: dict) -> list[str]:
    return [step["step"] for step in data["steps"]]


def of(data: dict, name: str) -> dict:
    return next(step for step in data["steps"] if step["step"] == name)


def test_different_fields_of_one_step_never_disturb_each_other():
    ours, theirs = changed(Desk={"work": "3 min"}), changed(Desk={"wait": "2 min", "by": ["Bell"]})
    merged = merge(HOTEL, ours, theirs)
    assert merged.conflicts == []
    assert of(merged.data, "Desk") == {
        "step": "Desk",
        "by": ["Bell"],
        "work": "3 min",
        "then": ["E-mail", "Room"],
        "wait": "2 min",
    }


def test_the_same_field_changed_twice_is_a_conflict_that_says_both():
    merged = merge(HOTEL, changed(Desk={"work": "3 min"}), changed(Desk={"work": "5 min"}))
    (conflict,) = merged.conflicts
    assert conflict.way == ("steps", "Desk", "work")
    assert (conflict.ours, conflict.theirs) == ("3 min", "5 min")
    assert conflict.says == "steps / Desk / work: '3 min' here, '5 min' there"


def test_the_same_change_on_both_sides_is_no_conflict():
    same = changed(Desk={"work": "3 min"}, Room={"by": "Housekeeping"})
    merged = merge(HOTEL, same, deepcopy(same))
    assert (merged.data, merged.conflicts) == (same, [])


def test_a_promise_added_here_and_other_words_there_come_together():
    ours = changed(Email={"value": "Knows everything"})
    theirs = changed(Email={"value": {"receives": "Knows all", "promise": "within 1 h"}})
    merged = merge(HOTEL, ours, theirs)
    assert merged.conflicts == []
    assert of(merged.data, "E-mail")["value"] == {
        "receives": "Knows everything",
        "promise": "within 1 h",
    }


def test_steps_added_by_both_stand_each_behind_its_own():
    ours, theirs = deepcopy(HOTEL), deepcopy(HOTEL)
    ours["steps"].insert(1, {"step": "Valet"})
    theirs["steps"].append({"step": "Farewell"})
    theirs["steps"].insert(0, {"step": "Booking"})
    merged = merge(HOTEL, ours, theirs)
    assert merged.conflicts == []
    assert steps(merged.data) == ["Booking", "E-mail", "Valet", "Desk", "Room", "Farewell"]


def test_a_step_removed_here_and_changed_there_is_a_conflict_and_stays():
    ours = deepcopy(HOTEL)
    del ours["steps"][1]
    merged = merge(HOTEL, ours, changed(Desk={"work": "5 min"}))
    assert [c.way for c in merged.conflicts] == [("steps", "Desk")]
    assert of(merged.data, "Desk")["work"] == "5 min"


def test_a_step_renamed_here_keeps_what_was_changed_there():
    ours = deepcopy(HOTEL)
    ours["steps"][2]["step"] = "Welcome to your room"
    merged = merge(HOTEL, ours, changed(Room={"by": "Housekeeping"}))
    assert merged.conflicts == []
    assert of(merged.data, "Welcome to your room")["by"] == "Housekeeping"


def test_a_step_moved_here_keeps_its_place_when_others_are_changed_there():
    ours = deepcopy(HOTEL)
    ours["steps"].insert(0, ours["steps"].pop(2))
    merged = merge(HOTEL, ours, changed(Desk={"work": "5 min"}))
    assert merged.conflicts == []
    assert steps(merged.data) == ["Room", "E-mail", "Desk"]
    assert of(merged.data, "Desk")["work"] == "5 min"


def test_steps_moved_by_both_in_other_ways_are_a_conflict():
    ours, theirs = deepcopy(HOTEL), deepcopy(HOTEL)
    ours["steps"].insert(0, ours["steps"].pop(2))
    theirs["steps"].reverse()
    assert [c.way for c in merge(HOTEL, ours, theirs).conflicts] == [("steps", "order")]


STREAMS = st.lists(STEPS, min_size=1, max_size=5, unique_by=lambda s: s["step"].casefold()).map(
    lambda steps: {"stream": "S", "steps": steps}
)


@given(STREAMS, STREAMS)
def test_who_changed_nothing_takes_what_the_other_has(one, other):
    assert merge(one, one, other).data == other
    assert merge(one, other, one).data == other
    assert merge(one, other, other).conflicts == []


@given(STREAMS, STREAMS)
def test_two_texts_are_the_same_exactly_where_nothing_differs(one, other):
    assert changes(one, one) == ()
    if one != other:
        assert changes(one, other)


@settings(max_examples=60, deadline=None)
@given(texts(), STREAMS)
def test_a_text_is_brought_to_any_data_or_refused_and_never_to_others(text, goal):
    document = parse(text)
    if document.root is None:
        return
    try:
        after = rewrite(document, goal)
    except EditRefused:
        return
    assert plain(after.root) == goal


def test_a_rewritten_text_keeps_comments_and_lines_of_what_stays():
    text = (
        "stream: S\nsteps:\n  # why this\n  - step: A\n    work: 1 min   # measured\n\n"
        "  - step: B\n    then:\n      - A: 10 %   # by mistake\n      - C\n  - step: C\n"
    )
    document = parse(text)
    goal = plain(document.root)
    goal["steps"][0]["work"] = "2 min"
    goal["steps"][1]["then"][1] = "D"
    goal["steps"][2]["step"] = "D"
    goal["steps"].insert(1, {"step": "X", "by": "Y"})
    after = rewrite(document, goal)
    assert after.text == text.replace("1 min", "2 min").replace("- C", "- D").replace(
        "- step: C", "- step: D"
    ).replace("\n  - step: B", "\n  - step: X\n    by: Y\n\n  - step: B")


def test_a_list_with_a_comment_that_cannot_be_kept_is_left_to_a_person():
    text = "stream: S\nsteps:\n  - step: A\n    by:\n      - B   # the lead\n      - C\n"
    document = parse(text)
    goal = plain(document.root)
    goal["steps"][0]["by"] = ["C"]
    with pytest.raises(EditRefused, match="a comment would be lost"):
        rewrite(document, goal)


# --- in words ------------------------------------------------------------------------------------


def said(one: dict, other: dict) -> list[str]:
    return [change.says for change in changes(one, other)]


def test_changes_are_said_by_element():
    other = changed(Desk={"work": "3 min", "then": None}, Email={"wait": "1 h"})
    other["steps"].insert(0, {"step": "Booking"})
    other["steps"][3]["step"] = "Welcome to the room"
    other["customer"] = "Guest"
    assert said(HOTEL, other) == [
        "Booking: added",
        "E-mail / wait: 1 h added",
        "Desk / work: 4 min → 3 min",
        "Desk / then: E-mail; Room removed",
        "Room: renamed Welcome to the room",
        "customer: Guest added",
    ]


def test_one_step_that_moved_is_said_to_have_moved_and_no_other():
    other = deepcopy(HOTEL)
    other["steps"].insert(0, other["steps"].pop(2))
    assert said(HOTEL, other) == ["Room: moved to the start"]
    assert said(other, HOTEL) == ["Room: moved behind Desk"]


def test_a_step_that_is_gone_is_said_last():
    other = deepcopy(HOTEL)
    del other["steps"][0]
    assert said(HOTEL, other) == ["E-mail: removed"]
