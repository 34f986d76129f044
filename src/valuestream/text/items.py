"""Which items of two lists are the same: steps by their names, whatever their places."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

from valuestream.model.names import identify

_NAMES = ("step", "objective", "key result")
_ALIKE = 0.6
_MOST_COMPARED = 40_000
"""Above so many pairs of renamed items none is looked for: it would take long."""


def names(items: object) -> list[str] | None:
    """The ids of a list's items, each once; None where it is no list of named items."""
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        return None
    found = [_name(item) for item in items]
    known = [name for name in found if name is not None]
    return known if len(known) == len(found) == len(set(known)) else None


def shown(item: dict[str, Any]) -> str:
    """The name of an item as it is written."""
    return next(str(item[key]) for key in _NAMES if key in item)


def _name(item: dict[str, Any]) -> str | None:
    if isinstance(item.get("id"), str):
        return str(item["id"])
    written = next((item[key] for key in _NAMES if key in item), None)
    return None if written is None else identify(str(written))


def pairs(before: Sequence[dict[str, Any]], after: Sequence[dict[str, Any]]) -> dict[int, int]:
    """For each item of the one list that is in the other, its place there.

    Items of one name are the same. Of the rest those that are most alike are: a step that was
    renamed keeps much of what it says.
    """
    places = {name: place for place, name in enumerate(names(list(after)) or ())}
    found = {
        place: places[name]
        for place, name in enumerate(names(list(before)) or ())
        if name in places
    }
    left = [place for place in range(len(before)) if place not in found]
    taken = set(found.values())
    free = [place for place in range(len(after)) if place not in taken]
    if len(left) * len(free) > _MOST_COMPARED:
        return found
    likeness = [(_alike(before[a], after[b]), -abs(a - b), a, b) for a in left for b in free]
    for like, _, a, b in sorted(likeness, reverse=True):
        if like >= _ALIKE and a not in found and b not in found.values():
            found[a] = b
    return found


def _alike(one: dict[str, Any], other: dict[str, Any]) -> float:
    """From 0 to 1: the names' likeness, or the share of what else they say that is the same."""
    same_letters = SequenceMatcher(None, shown(one).casefold(), shown(other).casefold()).ratio()
    keys = {key for key in (*one, *other) if key not in (*_NAMES, "id")}
    if len(keys) < 2 and "value" not in keys:
        # As much work as another's is no sign of being the same; the same value is.
        return same_letters
    same = sum(1 for key in keys if key in one and key in other and one[key] == other[key])
    return max(same_letters, same / len(keys))
