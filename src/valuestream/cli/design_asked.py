"""The conversation of `valuestream design` in a terminal."""

import sys
from typing import TYPE_CHECKING

from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.design.conversation import Question
    from valuestream.design.library import Library
    from valuestream.design.problem import Measure
    from valuestream.model.answers import Answers

_BACK = "back"


def talk(
    library: "Library",
    by: "Measure",
    customer: str | None,
    brings: tuple[str, ...] | None,
    name: str | None,
) -> "Answers":
    """Asks until all is settled; nothing is written meanwhile.

    Questions go to standard error, so that the result can be piped. Raises InputError where the
    input ends before.
    """
    from valuestream.design.conversation import Conversation, answered, question, undone

    one = Conversation(library, by, customer=customer, brings=brings, name=name)
    _say("From the outcome backwards. 'back' takes the last answer back, Ctrl-C leaves.\n")
    while (asked := question(one)) is not None:
        _show(asked)
        text = _answer()
        if text.strip().casefold() == _BACK:
            one = undone(one)
            continue
        try:
            one = answered(one, text)
        except InputError as error:
            _say(f"  {error}\n")
    return one.answers


def _show(asked: "Question") -> None:
    _say(f"\n{asked.asks}\n")
    wide = max((len(choice.answer) for choice in asked.choices), default=0)
    for choice in asked.choices:
        _say(f"  {choice.answer:>{wide}}  {choice.meaning}\n")
    _say(f"[{asked.default}] > " if asked.default else "> ")


def _answer() -> str:
    line = sys.stdin.readline()
    if not line:
        _say("\n")
        raise InputError(
            "the input ended before all was answered, and nothing is written; give the rest, or "
            "all of it by --answers FILE"
        )
    return line.rstrip("\n")


def _say(text: str) -> None:
    print(text, end="", file=sys.stderr, flush=True)
