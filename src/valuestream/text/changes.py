"""What differs between two texts, element by element: not lines, but steps and what they say."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from valuestream.text.items import names, pairs, shown

Kind = Literal["added", "removed", "moved", "renamed", "changed"]
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: What happened.
        way: The elements it lies in, by their names: `("Check-in", "value", "promise")`.
        before: What was there; None where nothing was. Of a moved step the one that it stood
            behind; None where it was the first.
        after: What is there now, likewise.
    """

    kind: Kind
    way: tuple[str, ...]
    before: Any = None
    after: Any = None

    @property
    def says(self) -> str:
        """The change in a line."""
        where = " / ".join(self.way)
        if self.kind == "moved":
            return f"{where}: moved {f'behind {self.after}' if self.after else 'to the start'}"
        if self.kind == "renamed":
            return f"{where}: renamed {self.after}"
        if self.kind in ("added", "removed") and _is_item(self.before or self.after):
            return f"{where}: {self.kind}"
        if self.before is None:
            return f"{where}: {_in_words(self.after)} added"
        if self.after is None:
            return f"{where}: {_in_words(self.before)} removed"
        return f"{where}: {_in_words(self.before)} → {_in_words(self.after)}"


def changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[Change, ...]:
    """The differences of two texts' data, in the order of the new text."""
    return tuple(_of_mappings(before, after, ()))


def _of_mappings(
    one: dict[str, Any], other: dict[str, Any], way: tuple[str, ...]
) -> Iterator[Change]:
    for key in [*other, *(key for key in one if key not in other)]:
        before, after = one.get(key, _ABSENT), other.get(key, _ABSENT)
        if before == after and type(before) is type(after):
            continue
        yield from _of_values(key, before, after, way)


def _of_values(key: str, before: Any, after: Any, way: tuple[str, ...]) -> Iterator[Change]:
    if key == "value":
        before, after = spelled_out(before, after)
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_mappings(before, after, (*way, key))
    elif names(before) is not None and names(after) is not None:
        yield from _of_items(before, after, way)
    elif before is _ABSENT:
        yield Change("added", (*way, key), None, after)
    elif after is _ABSENT:
        yield Change("removed", (*way, key), before, None)
    else:
        yield Change("changed", (*way, key), before, after)


def spelled_out(*values: Any) -> tuple[Any, ...]:
    """Values of which one is a mapping, all as mappings: a mere text is what is received."""
    if not any(isinstance(value, dict) for value in values):
        return values
    return tuple({"receives": v} if isinstance(v, str) else v for v in values)


def _of_items(
    before: list[dict[str, Any]], after: list[dict[str, Any]], way: tuple[str, ...]
) -> Iterator[Change]:
    same = pairs(before, after)
    origin = {b: a for a, b in same.items()}
    in_order = stayed(same)
    for place, item in enumerate(after):
        if place not in origin:
            yield Change("added", (*way, shown(item)), None, item)
            continue
        old = before[origin[place]]
        here = (*way, shown(old))
        if shown(old) != shown(item):
            yield Change("renamed", here, shown(old), shown(item))
        if origin[place] not in in_order:
            yield Change("moved", here, _ahead(before, origin[place]), _ahead(after, place))
        unnamed = [{k: v for k, v in i.items() if v != shown(i)} for i in (old, item)]
        yield from _of_mappings(unnamed[0], unnamed[1], (*way, shown(item)))
    for place, item in enumerate(before):
        if place not in same:
            yield Change("removed", (*way, shown(item)), item, None)


def _ahead(items: list[dict[str, Any]], place: int) -> str | None:
    return shown(items[place - 1]) if place else None


def stayed(same: dict[int, int]) -> set[int]:
    """The items that keep their order: as many as can (the longest rising subsequence)."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for place in sorted(same):
        length = bisect_left(tails, same[place])
        previous[place] = ends[length - 1] if length else None
        tails[length : length + 1] = [same[place]]
        ends[length : length + 1] = [place]
    found: set[int] = set()
    at: int | None = ends[-1] if ends else None
    while at is not None:
        found.add(at)
        at = previous[at]
    return found


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and names([value]) is not None


def _in_words(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_in_words(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "; ".join(map(_in_words, value)) or "nothing"
    return "nothing" if value is None else str(value).strip()
