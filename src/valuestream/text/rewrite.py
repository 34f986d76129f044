"""A text brought to other data by edits: what both have keeps its lines, comments and quotes."""

from typing import Any

from valuestream.model.findings import Place
from valuestream.text.document import Document
from valuestream.text.edit import apply_only, refuse_lost_comments
from valuestream.text.edits import (
    Edit,
    EditRefused,
    InsertStep,
    MoveStep,
    RemoveKey,
    RemoveStep,
    SetValue,
)
from valuestream.text.items import names, pairs

_LISTS_OF_STEPS = ("steps", "sub-steps")


class _WrittenAnew(RemoveKey):
    """Removes what the next edit adds again: lines that cannot be written over."""


def rewrite(document: Document, goal: dict[str, Any]) -> Document:
    """The document whose data are the goal's. Raises EditRefused where edits do not lead there."""
    if document.root is None:
        raise EditRefused(f"{document.name} cannot be edited before its faults are mended")
    most = 20 + 4 * _size(goal) + 4 * _size(document.data)
    for _ in range(most):
        edit = _of_mapping(document.data, goal, ())
        if edit is None:
            return document
        after = apply_only(document, edit)
        if isinstance(edit, _WrittenAnew):
            refuse_lost_comments(document, after)
        document = after
    raise EditRefused(f"{document.name} does not become what it should be; edit it by hand")


def _size(value: Any) -> int:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(map(_size, parts))


def _of_mapping(now: dict[str, Any], goal: dict[str, Any], place: Place) -> Edit | None:
    """The first edit that brings a mapping nearer to the goal; None where it is there."""
    for key, wanted in goal.items():
        here = (*place, key)
        if key not in now:
            return SetValue(here, wanted)
        if edit := _of_value(now[key], wanted, here):
            return edit
    return next((RemoveKey((*place, key)) for key in now if key not in goal), None)


def _of_value(now: Any, wanted: Any, place: Place) -> Edit | None:
    if now is wanted or (type(now) is type(wanted) and now == wanted):
        return None
    if place[-1] in _LISTS_OF_STEPS and names(now) is not None and names(wanted) is not None:
        return _of_steps(now, wanted, place)
    if isinstance(now, dict) and isinstance(wanted, dict):
        return _of_mapping(now, wanted, place)
    if isinstance(now, list) and isinstance(wanted, list) and len(now) == len(wanted):
        parts = zip(now, wanted, strict=True)
        edits = (_of_value(one, other, (*place, at)) for at, (one, other) in enumerate(parts))
        return next((edit for edit in edits if edit), None)
    if isinstance(now, dict | list):
        # An item of a list has no key to remove: the list goes as a whole.
        key = max(at for at, part in enumerate(place) if isinstance(part, str))
        return _WrittenAnew(place[: key + 1])
    return SetValue(place, wanted)


def _of_steps(now: list[dict[str, Any]], wanted: list[dict[str, Any]], place: Place) -> Edit | None:
    same = pairs(now, wanted)
    gone = [at for at in range(len(now)) if at not in same]
    origin = {b: a for a, b in same.items()}
    for at, step in enumerate(wanted):
        if at not in origin:
            return InsertStep(min(at, len(now)), step, place)
    if gone:
        return RemoveStep((*place, gone[0]))
    for at in range(len(wanted)):
        if origin[at] != at:
            return MoveStep((*place, origin[at]), at)
    for at, (step, goal) in enumerate(zip(now, wanted, strict=True)):
        if edit := _of_mapping(step, goal, (*place, at)):
            return edit
    return None
