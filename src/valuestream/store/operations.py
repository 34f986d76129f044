"""Operations: small named edits on elements, as values that travel as JSON.

Steps are addressed by handles, which a snapshot gives. What an author saw goes with the operation
(`was`, `base`), so that nothing is written over that somebody else wrote meanwhile.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from valuestream.model.findings import Place


class Unseen(Enum):
    """What `was` is where the author did not say what was there."""

    UNSEEN = "unseen"


UNSEEN = Unseen.UNSEEN


def key_of(written: str | list[str | int] | Place) -> Place:
    """A key path: `value.promise`, or its parts where a key holds a dot."""
    return tuple(written.split(".")) if isinstance(written, str) else tuple(written)


@dataclass(frozen=True, slots=True)
class SetField:
    """Writes a field of an element; None takes the field away.

    Attributes:
        element: The handle of a step, sub-step or key result; None for the document itself.
        key: The path of its key: `value.promise`, or `("scenarios", "a.b", "why")`.
        value: A text, number, bool, list or mapping. A text that is typed where a number is meant
            is written as the number.
        was: What the author saw there (None: nothing). Left out, whatever is there is replaced.
    """

    element: str | None
    key: Any
    value: Any
    was: Any = UNSEEN

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", key_of(self.key))


@dataclass(frozen=True, slots=True)
class AddStep:
    """Adds a step behind another one, or as the first.

    Attributes:
        after: The step that it stands behind; None for the first place.
        fields: What it says, its name under `step`; without one it is called 'New step'.
        before: Where cases go on from it, if `after` leads there by `then`: it comes between.
        within: The step of which it is a sub-step.
    """

    after: str | None
    fields: dict[str, Any]
    before: str | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class RemoveStep:
    """Removes a step; what led to it leads to where it led."""

    element: str


@dataclass(frozen=True, slots=True)
class MoveStep:
    """Puts a step behind another one of its list, or first."""

    element: str
    after: str | None


@dataclass(frozen=True, slots=True)
class SplitStep:
    """Makes several steps of one: the first name is the step's, the others follow it."""

    element: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeSteps:
    """Merges steps into a neighbour, which does their work, too."""

    elements: tuple[str, ...]
    into: str


@dataclass(frozen=True, slots=True)
class MakeParallel:
    """Does steps that follow each other at the same time."""

    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unparallel:
    """Does steps one after the other that were done at the same time, in their order."""

    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connect:
    """Adds a way from a step to another, or gives it another share."""

    element: str
    to: str
    share: str | None = None


@dataclass(frozen=True, slots=True)
class Disconnect:
    """Takes away the way from a step to another."""

    element: str
    to: str


@dataclass(frozen=True, slots=True)
class RenameStep:
    """Gives a step another name, and carries it to where the step is named, in all documents."""

    element: str
    name: str
    was: Any = UNSEEN


@dataclass(frozen=True, slots=True)
class RenameStream:
    """Gives a stream another name, and carries it to where the stream is named."""

    name: str
    was: Any = UNSEEN


@dataclass(frozen=True, slots=True)
class AddScenario:
    """Writes a scenario of a stream under a name that none of its scenarios has.

    `scenario` is its data as the text has it: `{"why": …, "change": [{"step": …, …}]}`.
    """

    name: str
    scenario: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SetText:
    """Writes the whole text, as an editor does, on the version that it was made from."""

    text: str
    base: int


Operation: TypeAlias = (
    SetField
    | AddStep
    | RemoveStep
    | MoveStep
    | SplitStep
    | MergeSteps
    | MakeParallel
    | Unparallel
    | Connect
    | Disconnect
    | RenameStep
    | RenameStream
    | AddScenario
    | SetText
)
