"""Taking out what is faulty, so that the rest of a stream can be looked at."""

import re
from dataclasses import dataclass, field
from typing import Any

from valuestream.model.findings import Place

_NAMED = ("steps", "sub-steps")
_STAND_IN = "\u2060"
"""Begins the name of a step whose own is at fault; nobody writes it."""


@dataclass
class Pruned:
    """What has been taken out: the places, and the texts that were lost with them."""

    places: set[Place] = field(default_factory=set)
    above: set[Place] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.places)

    def add(self, place: Place) -> None:
        """Notes that the part at a place was taken out."""
        self.places.add(place)
        self.above.update(place[:depth] for depth in range(len(place)))

    def holds(self, place: Place) -> bool:
        """Whether a place lies at or in what was taken out."""
        return any(place[:depth] in self.places for depth in range(len(place) + 1))

    def covers(self, place: Place) -> bool:
        """Whether a place lies at, in or above what was taken out."""
        return place in self.above or self.holds(place)

    def explains(self, place: Place, message: str) -> bool:
        """Whether a fault is there only because something was taken out."""
        return (
            self.holds(place) or _STAND_IN in message or any(repr(t) in message for t in self.lost)
        )


def without_stand_ins(text: str) -> str:
    """A message without the names that only stand in for others."""
    return re.sub(f",? ?{_STAND_IN}[-\\w]+", "", text).replace("known are,", "known are")


def prune(data: Any, place: Place, kind: str, pruned: Pruned) -> bool:
    """Takes a faulty part out of the data; False where the whole would go with it.

    A step that loses its name keeps its place under a name that stands in.
    """
    if kind == "missing" and _name_of(place) is None and place != ("stream",):
        place = place[:-1]
    while place and isinstance(place[-1], int) and _name_of(place) is None:
        place = place[:-1]
    if not place or place in (("steps",), ("key results",)):
        return False
    if place == ("stream",):
        data["stream"] = _STAND_IN
    elif (named := _name_of(place)) is not None:
        _stand_in(data, named, pruned)
    else:
        # Another mistake may have taken the parent out already.
        parent = _at(data, place[:-1])
        if isinstance(parent, dict):
            _note(parent.pop(str(place[-1]), None), pruned)
    pruned.add(place)
    return True


def _name_of(place: Place) -> Place | None:
    """The place of the step whose name, or which as a whole, a place is."""
    if len(place) >= 2 and isinstance(place[-1], int) and place[-2] in _NAMED:
        return place
    if len(place) >= 3 and place[-1] == "step" and place[-3] in _NAMED:
        return place[:-1]
    return None


def _stand_in(data: Any, place: Place, pruned: Pruned) -> None:
    steps = _at(data, place[:-1])
    index = place[-1]
    assert isinstance(index, int)
    step = steps[index] if isinstance(steps[index], dict) else {"step": steps[index]}
    written = step.get("step")
    _note(written, pruned)
    # A number that should stand in quotes is the name all the same.
    is_name = isinstance(written, str | int | float) and 0 < len(str(written)) <= 2000
    stand_in = _STAND_IN + "-".join(map(str, place))
    name = str(written) if is_name and place not in pruned.places else stand_in
    steps[index] = {"id": stand_in, **step, "step": name}


def _note(taken: Any, pruned: Pruned) -> None:
    """Notes the texts that are lost with a part."""
    if isinstance(taken, str):
        pruned.lost.add(taken)
    elif isinstance(taken, dict):
        for value in taken.values():
            _note(value, pruned)
    elif isinstance(taken, list):
        for value in taken:
            _note(value, pruned)


def _at(data: Any, place: Place) -> Any:
    for part in place:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
