"""Edits change their own lines and nothing else."""

import difflib

import pytest

from valuestream.text import parse
from valuestream.text.edit import (
    EditRefused,
    InsertStep,
    MoveStep,
    RemoveKey,
    RemoveStep,
    SetValue,
    apply,
)

DESK = """\
# The desk.
stream: "Desk"     # its name
customer: 'Guest'

steps:
  # first of all
  - step: Mail
    value: Has all details   # in the customer's words
    by: [Sales, Desk]

  - step: Check-in   # at the desk
    value:
      receives: Has the key
      promise: within 10 min
    work: {distribution: gamma, mean: 4 min, sd: 2 min}
    does: |
      Greets,
      and checks in
      # with a smile
    # what is still to be asked

  # not directly above

  # the end
  - step: Room
    value:
scenarios:
  more:
    change:
      - step: Mail
        people: 2
"""


def change(edit, text=DESK):
    """The removed and the added lines."""
    after = apply(parse(text), edit)
    assert after.findings == ()
    lines = list(difflib.ndiff(text.splitlines(), after.text.splitlines()))
    removed = [line[2:] for line in lines if line.startswith("- ")]
    return removed, [line[2:] for line in lines if line.startswith("+ ")]


def test_a_value_keeps_its_quotes_and_its_comment():
    assert change(SetValue(("stream",), "Front desk")) == (
        ['stream: "Desk"     # its name'],
        ['stream: "Front desk"     # its name'],
    )
    assert change(SetValue(("customer",), "a guest's"))[1] == ["customer: 'a guest''s'"]


@pytest.mark.parametrize(
    ("value", "written"),
    [("12", "'12'"), ("a: b", "'a: b'"), ("- a", "'- a'"), ("a #b", "'a #b'"), ("x", "x"),
     ("true", "'true'"), (" a", "' a'"), ("a\nb", '"a\\nb"'), ("[a", "'[a'"), ("😀", "😀")],
)  # fmt: skip
def test_a_text_gets_quotes_where_it_needs_them(value, written):
    assert change(SetValue(("why",), value)) == ([], [f"why: {written}"])


def test_a_value_in_brackets_is_set_in_its_place():
    assert change(SetValue(("steps", 0, "by", 1), "Front, desk"))[1] == [
        "    by: [Sales, 'Front, desk']"
    ]
    assert change(SetValue(("steps", 1, "work", "mean"), "5 min"))[1] == [
        "    work: {distribution: gamma, mean: 5 min, sd: 2 min}"
    ]


def test_a_new_key_stands_below_the_others_in_their_indentation():
    assert change(SetValue(("steps", 1, "value", "keep"), "90 %")) == ([], ["      keep: 90 %"])
    assert change(SetValue(("steps", 0, "wait"), "4 min")) == ([], ["    wait: 4 min"])
    assert change(SetValue(("steps", 1, "work", "guess"), True))[1] == [
        "    work: {distribution: gamma, mean: 4 min, sd: 2 min, guess: true}"
    ]
    assert change(SetValue(("why",), "To settle")) == ([], ["why: To settle"])


def test_a_new_key_below_a_block_of_text_is_no_part_of_it():
    assert change(SetValue(("steps", 1, "end"), True)) == ([], ["    end: true"])


def test_a_promise_makes_a_mapping_of_a_text():
    assert change(SetValue(("steps", 0, "value", "promise"), "within 3 min")) == (
        ["    value: Has all details   # in the customer's words"],
        [
            "    value:",
            "      receives: Has all details   # in the customer's words",
            "      promise: within 3 min",
        ],
    )
    assert change(
        SetValue(("steps", 0, "value", "promise"), "within 3 min"),
        "stream: A\nsteps: [{step: B, value: 'C d'}]",
    )[1] == ["steps: [{step: B, value: {receives: 'C d', promise: within 3 min}}]"]


def test_an_empty_key_is_filled():
    assert change(SetValue(("steps", 2, "value"), "Sleeps")) == (
        ["    value:"],
        ["    value: Sleeps"],
    )
    assert change(SetValue(("steps", 2, "value", "receives"), "Sleeps")) == (
        [],
        ["      receives: Sleeps"],
    )


def test_what_holds_a_key_that_is_not_there_is_made():
    assert change(SetValue(("scenarios", "less", "why"), "To see")) == (
        [],
        ["  less:", "    why: To see"],
    )


def test_a_removed_key_takes_its_lines():
    assert change(RemoveKey(("steps", 1, "does"))) == (
        ["    does: |", "      Greets,", "      and checks in", "      # with a smile"],
        [],
    )
    assert change(RemoveKey(("steps", 0, "by"))) == (["    by: [Sales, Desk]"], [])
    assert change(RemoveKey(("customer",))) == (["customer: 'Guest'"], [])


def test_a_removed_first_key_leaves_its_dash():
    text = "stream: A\nsteps:\n  - does: x # why\n    # next\n    step: B\n"
    after = apply(parse(text), RemoveKey(("steps", 0, "does")))
    assert after.text == "stream: A\nsteps:\n    # next\n  - step: B\n"


def test_a_removed_key_in_braces_takes_its_comma():
    text = "stream: A\nsteps: [{id: a, step: B, does: x}]\n"
    assert apply(parse(text), RemoveKey(("steps", 0, "id"))).text.endswith("[{step: B, does: x}]\n")
    assert apply(parse(text), RemoveKey(("steps", 0, "does"))).text.endswith("[{id: a, step: B}]\n")


def test_a_step_goes_with_the_comments_directly_above_it():
    after = apply(
        parse(DESK.replace("Mail\n        people", "Room\n        people")),
        RemoveStep(("steps", 0)),
    )
    assert "first of all" not in after.text
    assert "  - step: Check-in   # at the desk" in after.text


def test_a_moved_step_takes_its_comments_along_and_the_gaps_stay():
    after = apply(parse(DESK), MoveStep(("steps", 2), 0))
    expected = DESK.replace("  # the end\n  - step: Room\n    value:\n", "  - HERE\n")
    room = "  # the end\n  - step: Room\n    value:\n"
    first, second = "  # first of all\n  - step: Mail", "  - step: Check-in"
    assert after.text.index(room) < after.text.index(first) < after.text.index(second)
    assert sorted(after.text) == sorted(DESK)
    assert "asked\n\n  # not directly above\n\n" not in after.text
    assert expected != DESK
    assert apply(after, MoveStep(("steps", 0), 2)).text == DESK


def test_an_inserted_step_is_written_like_the_others():
    step = {"step": "Valet", "by": ["A", "B"], "value": {"receives": "No luggage", "keep": "90 %"}}
    assert change(InsertStep(1, step)) == (
        [],
        [
            "",
            "  - step: Valet",
            "    by: [A, B]",
            "    value:",
            "      receives: No luggage",
            "      keep: 90 %",
        ],
    )


@pytest.mark.parametrize("index", [0, 1, 2, 3])
def test_a_step_is_inserted_at_its_index(index):
    after = apply(parse(DESK), InsertStep(index, {"step": "New"}))
    assert after.stream.steps[index].step == "New"
    assert len(after.stream.steps) == 4


def test_a_first_sub_step_makes_the_list():
    assert change(InsertStep(0, {"step": "Part"}, ("steps", 0, "sub-steps"))) == (
        [],
        ["    sub-steps:", "      - step: Part"],
    )


def test_steps_in_brackets_are_edited_in_brackets():
    text = "stream: A\nsteps: [{step: B}, {step: C}]\n"
    document = parse(text)
    assert "[{step: C}, {step: B}]" in apply(document, MoveStep(("steps", 0), 1)).text
    assert (
        "[{step: B}, {step: 'D, e'}, {step: C}]"
        in apply(document, InsertStep(1, {"step": "D, e"})).text
    )
    assert "[{step: C}]" in apply(document, RemoveStep(("steps", 0))).text


@pytest.mark.parametrize("text", [DESK.replace("\n", "\r\n"), DESK.rstrip("\n"), "\ufeff" + DESK])
def test_line_ends_a_missing_last_one_and_a_mark_stay(text):
    document = parse(text)
    edits = [
        SetValue(("why",), "a"),
        SetValue(("steps", 0, "value", "promise"), "within 3 min"),
        SetValue(("scenarios", "more", "change", 0, "wait"), "3 min"),
        InsertStep(3, {"step": "New"}),
        MoveStep(("steps", 2), 0),
    ]
    for edit in edits:
        document = apply(document, edit)
    assert document.text.endswith("\n") == text.endswith("\n")
    assert document.text.count("\r\n") in (0, document.text.count("\n"))
    assert document.has_bom == text.startswith("\ufeff")


def test_a_step_moved_to_an_end_without_a_line_end_stays_whole():
    text = "stream: A\nsteps:\n  - step: B\n\n  - step: C"
    assert apply(parse(text), MoveStep(("steps", 0), 1)).text == (
        "stream: A\nsteps:\n  - step: C\n\n  - step: B"
    )


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (SetValue(("steps", 0, "by"), 3), "number"),
        (SetValue(("steps", 1, "value"), "x"), "holds a list or a mapping"),
        (SetValue(("steps", 7, "by"), "x"), "no steps / 8"),
        (SetValue(("steps", 0, "wait"), "soon"), "'soon' is no duration; write one such as"),
        (SetValue(("steps", 0, "step", "x"), "soon"), "has no keys"),
        (SetValue((), "soon"), "the whole text"),
        (SetValue(("stream",), "\ud800"), "half of a character"),
        (RemoveKey(("steps", 0, "step")), "no 'step'"),
        (RemoveKey(("steps", 0, "nothing")), "no steps / 1 / nothing"),
        (RemoveStep(("steps", 0)), "no step is named 'Mail'"),
        (RemoveStep(("steps", 9)), "there is no steps / 10"),
        (MoveStep(("steps", 0), 9), "no place 9"),
        (InsertStep(9, {"step": "x"}), "no place 9"),
        (InsertStep(0, {"step": "Mail"}), "named 'Mail' too"),
        (InsertStep(0, {"step": object()}), "cannot hold"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(edit, words):
    with pytest.raises(EditRefused) as refused:
        apply(parse(DESK), edit)
    assert words in str(refused.value)


def test_the_last_step_stays():
    with pytest.raises(EditRefused, match="at least one"):
        apply(parse("stream: A\nsteps: [{step: B}]\n"), RemoveStep(("steps", 0)))


def test_a_faulty_text_can_be_mended_by_an_edit():
    document = parse("stream: A\nsteps:\n  - step: 12\n    wait: soon\n")
    document = apply(document, SetValue(("steps", 0, "wait"), "4 min"))
    assert [f.code for f in document.findings] == ["VS022"]
    assert apply(document, SetValue(("steps", 0, "step"), "12")).findings == ()


def test_what_is_no_yaml_cannot_be_edited():
    with pytest.raises(EditRefused, match="mended"):
        apply(parse("a: ["), SetValue(("a",), 3))


def test_an_edit_of_nothing_changes_nothing():
    document = parse(DESK)
    assert apply(document, SetValue(("stream",), "Desk")) is document
