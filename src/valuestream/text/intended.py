"""What the data of a text must be after an edit: the measure that the edited text is held to."""

from contextlib import suppress
from copy import deepcopy
from typing import Any

from valuestream.model.findings import Place
from valuestream.text.edits import (
    AddKey,
    Edit,
    EditRefused,
    InsertStep,
    MoveStep,
    RemoveKey,
    RemoveStep,
    RenameKey,
    SetValue,
)


def intended(data: Any, edit: Edit) -> Any:
    """The data after an edit. Raises EditRefused where there is nothing to edit at the place."""
    data = _copied(data, edit.steps if isinstance(edit, InsertStep) else edit.place)
    if isinstance(edit, SetValue):
        _set(data, edit.place, deepcopy(edit.value))
    elif isinstance(edit, AddKey):
        if not edit.place or _at(data, edit.place) is not None:
            raise EditRefused(f"{_shown(edit.place)} is there already; give another name")
        _set(data, edit.place, deepcopy(edit.data))
    elif isinstance(edit, RemoveKey):
        parent = _at(data, edit.place[:-1])
        if not edit.place or not isinstance(parent, dict) or edit.place[-1] not in parent:
            raise EditRefused(f"there is no {_shown(edit.place)} to remove")
        del parent[str(edit.place[-1])]
    elif isinstance(edit, RenameKey):
        _rename(data, edit)
    elif isinstance(edit, InsertStep):
        _insert(data, edit)
    elif isinstance(edit, RemoveStep):
        steps, index = _step(data, edit.place)
        if len(steps) == 1:
            raise EditRefused(
                "the last step of a list cannot be removed; a stream has at least one"
            )
        del steps[index]
    else:
        _move(data, edit)
    return data


def _copied(data: Any, place: Place) -> Any:
    """The data, with copies of what lies on the way to a place; the rest is shared."""
    if isinstance(data, dict):
        copy: Any = dict(data)
    elif isinstance(data, list):
        copy = list(data)
    else:
        return data
    if place:
        with suppress(KeyError, IndexError, TypeError):
            copy[place[0]] = _copied(copy[place[0]], place[1:])
    return copy


def same(one: Any, other: Any) -> bool:
    """Whether two data are equal, in their types and in the order of their keys too."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other or (one != one and other != other))  # noqa: PLR0124, not a number


def _set(data: Any, place: Place, value: Any) -> None:
    if not place:
        raise EditRefused("the whole text is no value; name a key")
    if isinstance(place[-1], int):
        items = _at(data, place[:-1])
        if not isinstance(items, list) or not 0 <= place[-1] < len(items):
            raise EditRefused(f"there is no {_shown(place)} to set")
        items[place[-1]] = value
        return
    parent = _at(data, place[:-1])
    if parent is None or (isinstance(parent, str) and is_value(place)):
        above, key = _at(data, place[:-2]), place[-2] if len(place) > 1 else None
        if not isinstance(above, dict) or not isinstance(key, str):
            raise EditRefused(f"there is no {_shown(place[:-1])} to set a key in")
        parent = {} if parent is None else {"receives": parent}
        above[key] = parent
    if not isinstance(parent, dict):
        raise EditRefused(f"{_shown(place[:-1])} has no keys")
    parent[place[-1]] = value


def is_value(place: Place) -> bool:
    """Whether a place is a key of a step's value, which may be written as a mere text."""
    return len(place) >= 4 and place[-2] == "value" and isinstance(place[-3], int)


def _rename(data: Any, edit: RenameKey) -> None:
    parent = _at(data, edit.place[:-1])
    if not isinstance(parent, dict) or not edit.place or edit.place[-1] not in parent:
        raise EditRefused(f"there is no {_shown(edit.place)} to rename")
    if edit.key in parent:
        raise EditRefused(f"{edit.key!r} is there already; give another name")
    pairs = [(edit.key if key == edit.place[-1] else key, part) for key, part in parent.items()]
    parent.clear()
    parent.update(pairs)


def _insert(data: Any, edit: InsertStep) -> None:
    parent = _at(data, edit.steps[:-1])
    if not edit.steps or not isinstance(parent, dict):
        raise EditRefused(f"there is no {_shown(edit.steps[:-1])} to add a step to")
    steps = parent.get(str(edit.steps[-1]))
    if steps is None:
        steps = parent[str(edit.steps[-1])] = []
    if not isinstance(steps, list) or not 0 <= edit.index <= len(steps):
        raise EditRefused(f"there is no place {edit.index} in {_shown(edit.steps)}")
    steps.insert(edit.index, deepcopy(edit.step))


def _move(data: Any, edit: MoveStep) -> None:
    steps, index = _step(data, edit.place)
    if not 0 <= edit.to < len(steps):
        raise EditRefused(f"there is no place {edit.to} in {_shown(edit.place[:-1])}")
    steps.insert(edit.to, steps.pop(index))


def _step(data: Any, place: Place) -> tuple[list[Any], int]:
    steps = _at(data, place[:-1]) if place else None
    index = place[-1] if place else None
    if not isinstance(steps, list) or not isinstance(index, int) or not 0 <= index < len(steps):
        raise EditRefused(f"there is no {_shown(place)}")
    return steps, index


def _at(data: Any, place: Place) -> Any:
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _shown(place: Place) -> str:
    return " / ".join(str(p + 1) if isinstance(p, int) else p for p in place) or "text"
