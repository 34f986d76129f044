"""What a change touched, by handles: fields, and elements that came, went or moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from valuestream.model.findings import Place
from valuestream.store.handles import Handled, Seen
from valuestream.text.changes import stayed

How = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Touched:
    """A field that changed, or (without a key) an element that came, went or moved."""

    element: str | None
    key: Place = ()
    how: How = "changed"


def touched(before: Seen, after: Seen) -> tuple[Touched, ...]:
    """What differs between two versions."""
    return tuple(_compared(*before, *after, None))


def _compared(
    before: Any, old: Handled, after: Any, new: Handled, element: str | None
) -> Iterator[Touched]:
    lists = {handled.key for handled in (old, new) if handled.below}
    yield from (Touched(element, key) for key in _differing(before, after, lists))
    was = {inner.handle: (at, inner) for at, inner in enumerate(old.below)}
    now = {inner.handle: (at, inner) for at, inner in enumerate(new.below)}
    yield from (Touched(handle, (), "removed") for handle in was if handle not in now)
    yield from (Touched(handle, (), "added") for handle in now if handle not in was)
    yield from (Touched(handle, (), "moved") for handle in _moved(list(was), list(now)))
    for handle in now:
        if handle in was:
            (a, one), (b, other) = was[handle], now[handle]
            x, y = before[old.key][a], after[new.key][b]
            if x is not y and x != y:
                yield from _compared(x, one, y, other, handle)


def _moved(was: list[str], now: list[str]) -> list[str]:
    """Those that left the order which the others keep."""
    if was == now:
        return []
    there = set(now)
    ranks = {handle: rank for rank, handle in enumerate(h for h in was if h in there)}
    both = [handle for handle in now if handle in ranks]
    kept = stayed({at: ranks[handle] for at, handle in enumerate(both)})
    return [handle for at, handle in enumerate(both) if at not in kept]


def _differing(before: object, after: object, lists: set[str]) -> list[Place]:
    """The keys that differ; within mappings, the keys in them."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return [] if before == after else [()]
    found: list[Place] = []
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if key in lists or (one is other and key in before and key in after):
            continue
        if key == "value":
            one, other = ({"receives": v} if isinstance(v, str) else v for v in (one, other))
        if isinstance(one, dict) and isinstance(other, dict):
            found += ((key, *rest) for rest in _differing(one, other, set()))
        elif one != other or (key in before) != (key in after):
            found.append((key,))
    return found
