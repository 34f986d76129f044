"""Where texts name steps and streams, and the edits that give these another name there."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from valuestream.model.findings import Place
from valuestream.model.names import identify
from valuestream.text.edits import Edit, RenameKey, SetValue

_OF_PROMISE = re.compile(r"(.*\s(?:of|from|since|after)\s+)(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A name that becomes another. What names it by an id that stays is left alone."""

    old: str
    id: str | None
    new: str

    def now(self, written: Any) -> str | None:
        """The new name, where the old one is written; None for another one."""
        if not isinstance(written, str):
            return None
        folded = written.strip().casefold()
        by_name = folded == self.old.casefold()
        by_made_id = self.id is None and folded == identify(self.old).casefold()
        return self.new if by_name or by_made_id else None


Relinked = Callable[[str], str | None]
"""A link such as `stream / step`, as it is after the renaming; None where it is not meant."""


def in_stream(data: dict[str, Any], renamed: Renamed) -> Iterator[Edit]:
    """Where the steps of a stream name one of them."""
    for index, step in enumerate(items_of(data.get("steps"))):
        here: Place = ("steps", index)
        yield from in_ways(step.get("then"), (*here, "then"), renamed)
        yield from _promise(step.get("value"), (*here, "value"), renamed)
    for index, flow in enumerate(items_of(data.get("information"))):
        yield from _keys(flow, ("from", "to"), ("information", index), renamed)
    scenarios = data.get("scenarios")
    for name, scenario in scenarios.items() if isinstance(scenarios, dict) else ():
        changes = scenario.get("change") if isinstance(scenario, dict) else None
        for index, change in enumerate(items_of(changes)):
            place: Place = ("scenarios", name, "change", index)
            yield from _keys(change, ("step", "merge into", "together with"), place, renamed)
            yield from in_ways(change.get("then"), (*place, "then"), renamed)


def items_of(value: Any) -> list[dict[str, Any]]:
    """The items of a list, with nothing in place of what is no mapping."""
    items = value if isinstance(value, list) else []
    return [item if isinstance(item, dict) else {} for item in items]


def _keys(
    data: dict[str, Any], keys: tuple[str, ...], place: Place, renamed: Renamed
) -> Iterator[Edit]:
    for key in keys:
        if (new := renamed.now(data.get(key))) is not None:
            yield SetValue((*place, key), new)


def in_ways(then: Any, place: Place, renamed: Renamed) -> Iterator[Edit]:
    """Where the ways on from a step lead to one."""
    if (new := renamed.now(then)) is not None:
        yield SetValue(place, new)
    elif isinstance(then, list):
        for index, way in enumerate(then):
            yield from in_ways(way, (*place, index), renamed)
    elif isinstance(then, dict) and isinstance(then.get("together"), list):
        yield from in_ways(then["together"], (*place, "together"), renamed)
    elif isinstance(then, dict):
        for key in then:
            if (new := renamed.now(key)) is not None:
                yield RenameKey((*place, key), new)


def _promise(value: Any, place: Place, renamed: Renamed) -> Iterator[Edit]:
    promise = value.get("promise") if isinstance(value, dict) else None
    found = _OF_PROMISE.fullmatch(promise) if isinstance(promise, str) else None
    if found and (new := renamed.now(found[2])) is not None:
        yield SetValue((*place, "promise"), found[1] + new)


def links_to_step(stream: frozenset[str], renamed: Renamed) -> Relinked:
    """For links to a step of the stream that has these names."""

    def relinked(link: str) -> str | None:
        parts = link.split("/")
        if len(parts) < 2 or parts[0].strip().casefold() not in stream:
            return None
        # A name may hold slashes itself, and a measure ends in a figure.
        for end in range(len(parts), 1, -1):
            new = renamed.now("/".join(parts[1:end]))
            if new is not None:
                return " / ".join([parts[0].strip(), new, *(p.strip() for p in parts[end:])])
        return None

    return relinked


def links_to_stream(renamed: Renamed) -> Relinked:
    """For links to a stream, or to a step of it."""

    def relinked(link: str) -> str | None:
        whole = renamed.now(link)
        if whole is not None:
            return whole
        name, slash, rest = link.partition("/")
        new = renamed.now(name) if slash else None
        return None if new is None else f"{new} / {rest.strip()}"

    return relinked


def links(data: dict[str, Any], change: Relinked) -> Iterator[Edit]:
    """Where a document names streams, or steps of them."""
    yield from _links_of_steps(data.get("steps"), ("steps",), change)
    for index, delivery in enumerate(items_of(data.get("deliveries"))):
        yield from _listed(delivery.get("changes"), ("deliveries", index, "changes"), change)
    for index, result in enumerate(items_of(data.get("key results"))):
        yield from _listed(result.get("measure"), ("key results", index, "measure"), change)


def _links_of_steps(steps: Any, place: Place, change: Relinked) -> Iterator[Edit]:
    for index, step in enumerate(items_of(steps)):
        here = (*place, index)
        yield from _listed(step.get("develops"), (*here, "develops"), change)
        yield from _listed(step.get("detailed in"), (*here, "detailed in"), change)
        yield from _links_of_steps(step.get("sub-steps"), (*here, "sub-steps"), change)


def _listed(links: Any, place: Place, change: Relinked) -> Iterator[Edit]:
    if isinstance(links, str) and (new := change(links)) is not None:
        yield SetValue(place, new)
    for index, link in enumerate(links if isinstance(links, list) else ()):
        if isinstance(link, str) and (new := change(link)) is not None:
            yield SetValue((*place, index), new)
