"""What can be changed in a text. Each edit is a value; `apply` in `edit` carries it out."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from valuestream.model.errors import InputError
from valuestream.model.findings import Place


class EditRefused(InputError):
    """The edit cannot be made without more change than was asked for; the text is as it was."""


class ChangedOutside(InputError):
    """The file is no longer what was read; writing would lose somebody's work."""


@dataclass(frozen=True, slots=True)
class SetValue:
    """Writes a value behind a key or as a list's item; adds the key where it is not there.

    A list or a mapping takes the place of a value on one line.
    At ("steps", 2, "value", "promise"), a value that is a mere text becomes a mapping first.
    """

    place: Place
    value: Any


@dataclass(frozen=True, slots=True)
class AddKey:
    """Adds a key that is not there, with data of any kind behind it, and what holds it.

    At ("scenarios", "a second desk"), the first scenario makes the key `scenarios`, too.
    """

    place: Place
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RemoveKey:
    """Removes a key with what stands behind it."""

    place: Place


@dataclass(frozen=True, slots=True)
class RenameKey:
    """Gives a key another name; what stands behind it stays."""

    place: Place
    key: str


@dataclass(frozen=True, slots=True)
class InsertStep:
    """Inserts a step before the one at an index (behind the last, at their number).

    `step` is its data as the text has it: keys to texts, numbers, lists and mappings.
    """

    index: int
    step: dict[str, Any]
    steps: Place = ("steps",)


@dataclass(frozen=True, slots=True)
class RemoveStep:
    """Removes a step with the comments that stand with it."""

    place: Place


@dataclass(frozen=True, slots=True)
class MoveStep:
    """Moves a step, with the comments that stand with it, so that it is the `to`-th from 0."""

    place: Place
    to: int


Edit: TypeAlias = SetValue | AddKey | RemoveKey | RenameKey | InsertStep | RemoveStep | MoveStep
