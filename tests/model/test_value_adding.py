"""Which steps add value, which are needed all the same, and which are neither."""

import pytest

from valuestream.model.value_adding import classified
from valuestream.text import parse

STREAM = """\
stream: S
steps:
  - {step: Tell, value: Knows what comes}
  - {step: Check, gives: result}
  - {step: Enter, needs: Result}
  - {step: Ask, value: 'TODO: what?'}
  - {step: Archive, adds: necessary}
"""


def found(text=STREAM):
    return {c.step: c for c in classified(parse(text).stream)}


@pytest.mark.parametrize(
    ("step", "adds", "reason"),
    [
        ("Tell", "value", "the customer receives from it: Knows what comes"),
        ("Check", "necessary", "'Enter' needs 'Result', and no other step gives it"),
        ("Enter", "nothing", "no value is said, and no later step needs what only it gives"),
        ("Ask", None, "nobody has said yet what the customer receives from it"),
        ("Archive", "necessary", "as declared"),
    ],
)
def test_a_step_is_classified_with_the_reason(step, adds, reason):
    assert (found()[step].adds, found()[step].reason) == (adds, reason)


def test_what_is_declared_is_not_proposed():
    assert found()["Archive"].is_declared
    assert not found()["Check"].is_declared


def test_what_two_steps_give_makes_neither_necessary():
    text = STREAM.replace("{step: Tell,", "{step: Tell, gives: result,")
    assert found(text)["Check"].adds == "nothing"


def test_another_word_is_a_fault():
    (fault,) = parse(STREAM.replace("necessary", "needed")).findings
    assert (fault.code, fault.line) == ("VS023", 7)
    assert "value, necessary or nothing" in fault.suggestion
