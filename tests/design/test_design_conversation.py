"""Questions and answers, from the outcome backwards; and answers in a file."""

import pytest
from design_made import made

from valuestream.design.answering import problem, text
from valuestream.design.conversation import (
    Conversation,
    answered,
    open_things,
    possible,
    question,
    undone,
)
from valuestream.design.library import library
from valuestream.design.plan import smallest
from valuestream.model.errors import InputError
from valuestream.text import parse
from valuestream.text.document import Faulty

ROWS = [
    ("Serve", {"menu", "table"}, {"dinner"}, 60.0, None),
    ("Lay", set(), {"table"}, 60.0, None),
    ("Print", {"dinner"}, {"menu"}, 60.0, None),
    ("Write", {"dishes"}, {"menu"}, 60.0, None),
]


def start() -> Conversation:
    return Conversation(made(ROWS))


def after(*answers: str) -> Conversation:
    one = start()
    for answer in answers:
        one = answered(one, answer)
    return one


def test_it_goes_back_to_what_the_customer_brings():
    one = after("dinner", "Guest", "", "Serve")
    assert [s.name for s in possible(one, "menu")] == ["Write"]
    assert question(one).asks == "Before that, 'menu' must be there. Who gives it?"
    assert question(one).default == "1"
    one = answered(one, "")
    assert list(open_things(one)) == ["table", "dishes"]
    one = answered(answered(one, "1"), "brings")
    assert list(open_things(one)) == []
    assert question(one).key == "name"
    one = answered(one, "Dining")
    assert question(one) is None
    said = one.answers
    assert (said.design, said.customer, said.brings) == ("Dining", "Guest", ("dishes",))
    plan = smallest(problem(said, one.library))[0]
    assert [s.name for s in plan.known] == ["Lay", "Write", "Serve"]


def test_an_answer_is_taken_back():
    one = after("dinner", "Guest", "", "1")
    assert undone(one) == after("dinner", "Guest", "")
    assert undone(undone(undone(undone(undone(one))))) == start()


def test_a_new_step_is_described_and_asked_behind():
    one = after(
        "dinner", "Guest", "", "1", "new", "Chalk it up", "Kitchen, Waiter", "Sees it", "chalk"
    )
    assert list(open_things(one)) == ["table", "chalk"]
    step = one.answers.steps[0]
    assert (step.step, step.by, step.value.receives) == (
        "Chalk it up",
        ("Kitchen", "Waiter"),
        "Sees it",
    )
    assert (step.needs, step.gives) == (("chalk",), ("menu",))
    plan = smallest(problem(answered(one, "rest").answers, one.library))[0]
    assert [s.name for s in plan.known] == ["Lay", "Chalk it up", "Serve"]
    assert plan.gaps == ("chalk",)


def test_what_is_left_open_is_a_gap_though_a_step_gives_it():
    one = after("dinner", "Guest", "", "1", "open", "1", "Dining")
    plan = smallest(problem(one.answers, one.library))[0]
    assert (plan.gaps, [s.name for s in plan.known]) == (("menu",), ["Lay", "Serve"])


def test_an_outcome_that_no_step_gives_yet_is_a_new_steps():
    one = after("A song", "Guest", "")
    assert [c.answer for c in question(one).choices] == ["new"]
    one = answered(answered(answered(answered(one, ""), "Sing"), ""), "")
    one = answered(answered(one, "table"), "rest")
    assert [s.name for s in smallest(problem(one.answers, one.library))[0].known] == ["Lay", "Sing"]


@pytest.mark.parametrize(
    ("before", "answer", "message"),
    [
        ((), "", "an answer is needed"),
        ((), "...", "no outcome"),
        (("dinner",), "", "an answer is needed"),
        (("dinner", "Guest"), "x" * 3000, "longer than"),
        (("dinner", "Guest", ""), "7", "none of the answers"),
        (("dinner", "Guest", ""), "open", "no answer for the outcome"),
        (("dinner", "Guest", "", "1"), "Print", "waits for 'menu' itself"),
        (("dinner", "Guest", "", "1", "new", "Chalk", "", ""), "menu", "waits for 'menu'"),
        (("dinner", "Guest", "", "1", "new", "Chalk", "", ""), "dinner", "waits for 'menu'"),
        (("dinner", "Guest", "", "1", "new"), "a / b", "no '/'"),
    ],
)
def test_what_is_no_answer_is_said_and_changes_nothing(before, answer, message):
    one = after(*before)
    with pytest.raises(InputError, match=message):
        answered(one, answer)


def test_answers_as_a_text_are_the_same_answers():
    one = after(
        "dinner", "Guest", "", "1", "new", "Chalk: it", "", "Sees 'it'", "chalk", "1", "brings", "X"
    )
    said = one.answers
    assert parse(text(said), "x.design.yaml").answers == said


FILE = """design: Dinner
outcome: settled
brings: [order]
smallest by: time
choices:
  at the room: hotel-check-in / Luggage to the room
  room key: Tell the code
steps:
  - step: Tell the code
    gives: room key
    value: {receives: Goes straight up, promise: within 2 min, keep: 90 %}
    work: 2 min
"""


def test_a_file_of_answers_is_a_problem_with_its_own_steps():
    document = parse(FILE, "x.design.yaml")
    assert document.findings == ()
    asked = problem(document.answers, library(), document)
    plan = smallest(asked)[0]
    assert "Tell the code" in [s.name for s in plan.known]
    assert "Check-in at the desk" not in [s.name for s in plan.known]
    assert next(s for s in plan.known if s.name == "Tell the code").written["work"] == "2 min"


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "word"),
    [
        ("outcome: settled", "outcome: setled", "VS090", (2, 10), "did you mean 'settled'"),
        ("outcome: settled", "outcome: []", "VS090", (2, 10), "no outcome"),
        ("outcome: settled", "outcome: [settled, order]", "VS090", (2, 20), "brings"),
        (
            "room key: Tell the code",
            "room key: Tell",
            "VS091",
            (7, 13),
            "did you mean 'Tell the code'?",
        ),
        ("Luggage to the room", "Welcome e-mail", "VS092", (6, 16), "does not give 'at the room'"),
        (
            "    gives: room key",
            "    gives: room key\n    needs: Room  Key",
            "VS093",
            (9, 5),
            "needs 'Room",
        ),
        (
            "    gives: room key",
            "    gives: room key\n    needs: at the room",
            "VS093",
            (2, 10),
            "in a circle",
        ),
    ],
)
def test_what_is_wrong_in_answers_is_told_with_its_place(old, new, code, place, word):
    document = parse(FILE.replace(old, new, 1), "x.design.yaml")
    with pytest.raises(Faulty) as error:
        problem(document.answers, library(), document)
    found = error.value.findings
    assert [f.code for f in found] == [code]
    assert (found[0].line, found[0].column) == place
    assert word in f"{found[0].message}; {found[0].suggestion}"
