"""What is answered where a stream is designed from its outcome backwards."""

from typing import Literal

from valuestream.model.element import Element, Text, Texts
from valuestream.model.stream import Step


class Answers(Element):
    """The contents of a `.design.yaml`: the outcome, what the customer brings, what is settled."""

    design: Text
    """The name of the stream that is designed."""
    outcome: Texts
    """The things that the customer is to hold at the end."""
    customer: Text | None = None
    request: Text | None = None
    brings: Texts = ()
    """What the customer brings."""
    smallest_by: Literal["steps", "time", "cost"] = "steps"
    choices: dict[Text, Text] = {}
    """By a thing, the step that is to give it: `stream / step`, or the name of a new one."""
    steps: tuple[Step, ...] = ()
    """New steps, which no stream has yet."""
