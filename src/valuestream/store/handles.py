"""Handles: names for the elements of a document that outlive renaming and moving."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from valuestream.model.findings import Place
from valuestream.text.edits import Edit, InsertStep, MoveStep, RemoveStep
from valuestream.text.items import names, pairs

LISTS = ("steps", "key results", "sub-steps")
"""The lists whose items have handles."""
Fresh = Callable[[], str]


@dataclass(frozen=True)
class Handled:
    """An element with a handle, and those in the one list that it has."""

    handle: str
    key: str
    below: "tuple[Handled, ...]" = ()

    @cached_property
    def places(self) -> dict[str, Place]:
        """The place of each handle, from top to bottom."""
        found: dict[str, Place] = {}
        for index, element in enumerate(self.below):
            found[element.handle] = (self.key, index)
            found.update({h: (self.key, index, *place) for h, place in element.places.items()})
        return found

    @cached_property
    def at(self) -> dict[Place, str]:
        """The handle at each place."""
        return {place: handle for handle, place in self.places.items()}


def first(data: dict[str, Any], fresh: Fresh) -> Handled:
    """New handles for all elements of a document."""
    return _named(data, "", (), fresh)


Seen = tuple[dict[str, Any], Handled]
"""A document's data at some time, and its handles then."""


def carried(data: dict[str, Any], sources: Sequence[Seen], fresh: Fresh) -> Handled:
    """The handles of the document's data, each kept from the first source that has the element."""
    return _named(data, "", sources, fresh)


def _named(data: dict[str, Any], handle: str, sources: Sequence[Seen], fresh: Fresh) -> Handled:
    key = next((k for k in LISTS if isinstance(data.get(k), list)), "steps")
    items = data.get(key)
    if not isinstance(items, list):
        return Handled(handle, key)
    own = [_items(seen, key) for seen in sources]
    for before, handled in own:
        if before is items or before == items:
            return Handled(handle, key, handled)
    return Handled(handle, key, _matched(items, own, fresh))


def _items(seen: Seen, key: str) -> tuple[list[Any], tuple[Handled, ...]]:
    data, handled = seen
    items = data.get(key)
    fits = isinstance(items, list) and handled.key == key and len(items) == len(handled.below)
    return (items or [], handled.below) if fits else ([], ())


def _matched(
    items: list[Any], sources: list[tuple[list[Any], tuple[Handled, ...]]], fresh: Fresh
) -> tuple[Handled, ...]:
    found: dict[int, list[Seen]] = {}
    handles: dict[int, str] = {}
    taken: set[str] = set()
    for before, handled in sources:
        for old, new in _same(before, items).items():
            if new not in handles and handled[old].handle not in taken:
                handles[new] = handled[old].handle
                taken.add(handles[new])
            found.setdefault(new, []).append((before[old], handled[old]))
    return tuple(
        _named(item, handles.get(at) or fresh(), found.get(at, ()), fresh)
        if isinstance(item, dict)
        else Handled(handles.get(at) or fresh(), "sub-steps")
        for at, item in enumerate(items)
    )


def _same(before: list[Any], after: list[Any]) -> dict[int, int]:
    """For each item of the one list its place in the other; what did not change is seen at once."""
    most = min(len(before), len(after))
    head = next((i for i in range(most) if before[i] != after[i]), most)
    tail = next((i for i in range(most - head) if before[-1 - i] != after[-1 - i]), most - head)
    same = {at: at for at in range(head)}
    same.update({len(before) - at: len(after) - at for at in range(1, tail + 1)})
    one, other = before[head : len(before) - tail], after[head : len(after) - tail]
    if names(one) is not None and names(other) is not None:
        same.update({a + head: b + head for a, b in pairs(one, other).items()})
    else:
        same.update({at + head: at + head for at in range(min(len(one), len(other)))})
    return same


def edited(handled: Handled, edit: Edit, fresh: Fresh) -> Handled:
    """The handles after an edit of the text."""
    match edit:
        case InsertStep(index, step, steps):
            new = _named(step, fresh(), (), fresh)
            return _changed(handled, steps, lambda below: [*below[:index], new, *below[index:]])
        case RemoveStep((*steps, int(at))):
            return _changed(handled, tuple(steps), lambda below: [*below[:at], *below[at + 1 :]])
        case MoveStep((*steps, int(at)), to):
            return _changed(handled, tuple(steps), lambda below: _moved(below, at, to))
        case _:
            return handled


def _moved(below: Sequence[Handled], index: int, to: int) -> list[Handled]:
    items = list(below)
    items.insert(to, items.pop(index))
    return items


def _changed(
    handled: Handled, steps: Place, change: Callable[[Sequence[Handled]], list[Handled]]
) -> Handled:
    """With the list at a place changed."""
    if len(steps) == 1:
        return replace(handled, key=str(steps[0]), below=tuple(change(handled.below)))
    index = steps[1]
    assert isinstance(index, int)
    inner = _changed(handled.below[index], steps[2:], change)
    return replace(handled, below=(*handled.below[:index], inner, *handled.below[index + 1 :]))
