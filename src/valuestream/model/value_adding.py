"""Lean's three classes of steps: declared, or proposed with the reason."""

from dataclasses import dataclass

from valuestream.model.graph import graph
from valuestream.model.needs import takers
from valuestream.model.stream import Adds, Stream


@dataclass(frozen=True, slots=True)
class Classified:
    """What a step adds: value, nothing but what is necessary, or nothing; None if not known."""

    step: str
    adds: Adds | None
    is_declared: bool
    reason: str


def classified(stream: Stream) -> tuple[Classified, ...]:
    """The class of each step, as declared by `adds`; else the one proposed.

    A step whose value the customer receives is value-adding. One without, that gives what a later
    step needs and no other gives, is necessary; what law or safety require cannot be known and is
    declared. One with neither adds nothing; where the value is still a question, nothing is said.
    """
    ways = graph(stream)
    found = []
    for place, step in enumerate(stream.steps):
        adds, reason = step.adds, "as declared"
        if adds is None:
            adds, reason = _proposed(stream, place, takers(stream, ways, place))
        found.append(Classified(step.step, adds, step.adds is not None, reason))
    return tuple(found)


def _proposed(
    stream: Stream, place: int, needed_by: tuple[tuple[str, str], ...]
) -> tuple[Adds | None, str]:
    step = stream.steps[place]
    if step.value is not None and step.has_value:
        return "value", f"the customer receives from it: {step.value.receives}"
    if needed_by:
        taker, need = needed_by[0]
        return "necessary", f"{taker!r} needs {need!r}, and no other step gives it"
    if step.value is not None:
        return None, "nobody has said yet what the customer receives from it"
    return "nothing", "no value is said, and no later step needs what only it gives"
