"""Two people's changes of one text brought together, element by element."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from valuestream.text.changes import spelled_out
from valuestream.text.items import names, pairs, shown

_ABSENT: Any = object()


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both changed, each in another way; the merge keeps ours."""

    way: tuple[str, ...]
    ours: Any
    theirs: Any

    @property
    def says(self) -> str:
        """The conflict in a line."""
        where = " / ".join(self.way)
        return f"{where}: {_in_words(self.ours)} here, {_in_words(self.theirs)} there"


@dataclass
class Merged:
    """The data that holds both changes, and where the two contradict each other."""

    data: Any
    conflicts: list[Conflict] = field(default_factory=list)


def merge(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> Merged:
    """Our data with their changes since the base that both started from."""
    merged = Merged(None)
    merged.data = _value(merged.conflicts, (), base, ours, theirs)
    return merged


def _value(
    conflicts: list[Conflict], way: tuple[str, ...], base: Any, ours: Any, theirs: Any
) -> Any:
    if _same(ours, theirs) or _same(base, theirs):
        return ours
    if _same(base, ours):
        return theirs
    if way and way[-1] == "value":
        base, ours, theirs = spelled_out(base, ours, theirs)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _mapping(conflicts, way, base if isinstance(base, dict) else {}, ours, theirs)
    if names(ours) is not None and names(theirs) is not None:
        return _items(conflicts, way, base if names(base) is not None else [], ours, theirs)
    conflicts.append(Conflict(way, *(None if v is _ABSENT else v for v in (ours, theirs))))
    return theirs if ours is _ABSENT else ours


def _same(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and bool(one == other))


def _mapping(
    conflicts: list[Conflict],
    way: tuple[str, ...],
    base: dict[str, Any],
    ours: dict[str, Any],
    theirs: dict[str, Any],
) -> dict[str, Any]:
    merged = {}
    for key in _in_order(list(ours), list(theirs)):
        parts = (part.get(key, _ABSENT) for part in (base, ours, theirs))
        value = _value(conflicts, (*way, key), *parts)
        if value is not _ABSENT:
            merged[key] = value
    return merged


def _in_order(ours: list[Any], theirs: list[Any]) -> list[Any]:
    """Ours, and what only they have behind what it stands behind there."""
    merged = list(ours)
    for place, key in enumerate(theirs):
        if key not in merged:
            behind = next((k for k in reversed(theirs[:place]) if k in merged), None)
            merged.insert(0 if behind is None else merged.index(behind) + 1, key)
    return merged


def _items(
    conflicts: list[Conflict],
    way: tuple[str, ...],
    base: list[dict[str, Any]],
    ours: list[dict[str, Any]],
    theirs: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """The items of both. Each is known by its place in the base, a new one by its name."""
    our, their = _keyed(base, ours), _keyed(base, theirs)
    old = dict(enumerate(base))
    merged = []
    for key in _order(conflicts, way, list(range(len(base))), list(our), list(their)):
        parts = [part.get(key, _ABSENT) for part in (old, our, their)]
        name = next(shown(part) for part in reversed(parts) if part is not _ABSENT)
        value = _value(conflicts, (*way, name), *parts)
        if value is not _ABSENT:
            merged.append(value)
    return merged


def _keyed(
    base: list[dict[str, Any]], items: list[dict[str, Any]]
) -> dict[int | str, dict[str, Any]]:
    origin = {after: before for before, after in pairs(base, items).items()}
    known = names(items) or []
    return {origin.get(place, known[place]): item for place, item in enumerate(items)}


def _order(
    conflicts: list[Conflict],
    way: tuple[str, ...],
    base: Sequence[Any],
    ours: list[Any],
    theirs: list[Any],
) -> list[Any]:
    """All keys in the order of who moved any; ours where both did, each in another way."""
    kept = [key for key in base if key in ours and key in theirs]
    own, other = ([key for key in side if key in kept] for side in (ours, theirs))
    if own == kept:
        return _in_order(theirs, ours)
    if other not in (kept, own):
        conflicts.append(Conflict((*way, "order"), "moved", "moved in another way"))
    return _in_order(ours, theirs)


def _in_words(value: Any) -> str:
    return "removed" if value is None else repr(value)
