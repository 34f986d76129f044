"""An outcome laid over today's stream: what it does not need lights up."""

import pytest

from valuestream.design.needed import lit, overlay
from valuestream.draw import draw, draw_lit
from valuestream.model.errors import InputError
from valuestream.model.money import Cost
from valuestream.templates import template
from valuestream.text import parse

STREAM = """stream: Dinner
outcome: Full and happy
steps:
  - {step: Ask, gives: wish, needs: hunger}
  - {step: Stamp, needs: wish, gives: stamped form, by: Clerk, work: 30 min, wait: 1 h, value: Sees a stamp}
  - {step: Cook, needs: [wish, something from elsewhere], gives: dinner}
  - {step: Chat}
  - {step: Cook again, gives: dinner, cost: 4 EUR}
  - {step: Serve, needs: dinner, gives: served}
"""


def laid(text: str = STREAM, *outcome: str):
    document = parse(text)
    costs = {"Clerk": Cost.parse("20 EUR/h")}
    return overlay(document, document.stream, outcome, costs)


def test_what_is_not_needed_is_told_with_its_reason_and_its_cost():
    found = laid()
    assert found.outcome == ("Full and happy",)
    # The second cook needs nothing, so that neither the first nor the question is needed.
    assert found.needed == (4, 5)
    assert [one.step.step for one in found.unneeded] == ["Ask", "Stamp", "Cook"]
    stamp, cook = found.unneeded[1:]
    assert (stamp.seconds, stamp.money) == (5400, (10, "EUR"))
    assert stamp.why == "nothing on the way needs 'stamped form'"
    assert cook.why == "'Cook again' gives 'dinner', too"
    assert found.unknown == (3,)
    assert found.is_proven


def test_without_a_second_cook_the_first_is_needed():
    found = laid(STREAM.replace("Cook again, gives: dinner", "Cook again, gives: seconds"))
    assert [found.stream.steps[p].step for p in found.needed] == ["Ask", "Cook", "Serve"]


def test_an_outcome_can_be_named_and_must_be_given():
    assert laid(STREAM, "stamped form").needed == (0, 1)
    with pytest.raises(InputError, match="no known step gives 'diner'; did you mean 'dinner'"):
        laid(STREAM, "diner")
    with pytest.raises(InputError, match="the last step, 'Serve', does not say what it gives"):
        laid(STREAM.replace(", gives: served", ""))


def test_a_need_that_only_a_later_step_gives_comes_from_elsewhere():
    text = (
        "stream: S\nsteps:\n  - {step: A, needs: b, gives: a}\n  - {step: B, needs: a, gives: b}\n"
    )
    assert laid(text).needed == (0, 1)
    assert laid(text, "a").needed == (0,)


@pytest.mark.parametrize(
    "name", ["hotel-check-in", "loan-application", "software-change", "hiring"]
)
def test_templates_need_all_their_steps(name):
    assert laid(template(name).text).unneeded == ()


def test_the_steps_light_up_and_nothing_else_changes():
    found = laid()
    words, note = lit(found)
    assert set(words) == {0, 1, 2}
    assert "Nothing is known of 4" in note
    picture = draw_lit(found.stream, words, note)
    plain = draw(found.stream)
    assert picture.svg.count("mark-lit") - plain.svg.count("mark-lit") == 3
    assert picture.svg.count(">not needed<") == 3
    assert draw_lit(found.stream, {}, "").svg.count("mark-lit") == plain.svg.count("mark-lit")
