"""A step or a stream renamed, and its name carried to where it is named."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from valuestream.model.findings import Place
from valuestream.model.names import identify
from valuestream.store.draft import Draft
from valuestream.store.errors import Refused
from valuestream.store.fields import conflict
from valuestream.store.handles import Handled
from valuestream.store.operations import UNSEEN, RenameStep, RenameStream
from valuestream.store.past import Past
from valuestream.store.snapshot import Snapshot
from valuestream.text.document import Document
from valuestream.text.edit import apply_at_once
from valuestream.text.edits import Edit, EditRefused, RenameKey, SetValue

Others = Mapping[str, Document]
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


def rename_step(draft: Draft, operation: RenameStep, past: Past, others: Others) -> Draft:
    """With the step's new name wherever the step is named."""
    place = draft.snapshot.place(operation.element)
    data = draft.snapshot.value(operation.element)
    key = "key result" if isinstance(data, dict) and "key result" in data else "step"
    old = draft.snapshot.value(operation.element, (key,))
    if old == operation.name:
        return draft
    if operation.was is not UNSEEN and operation.was != old:
        raise conflict(draft, operation.element, (key,), old, operation.name, past)
    name = SetValue((*place, key), _name(operation.name))
    if key != "step" or not isinstance(old, str):
        return draft.edit(name)
    renamed = Renamed(old, _id(data), operation.name)
    stream = _stream_names(draft.document.data)
    is_top = len(place) == 2
    here = list(_in_stream(draft.document.data, renamed)) if is_top else []
    here += _links(draft.document.data, _of_step(stream, renamed))
    draft = draft.at_once([name, *here])
    draft = draft.note(*_events_lost(data, old))
    return _elsewhere(draft, _of_step(stream, renamed), others)


def rename_stream(draft: Draft, operation: RenameStream, past: Past, others: Others) -> Draft:
    """With the stream's new name wherever the stream is named."""
    old = draft.snapshot.value(None, ("stream",))
    if old == operation.name:
        return draft
    if operation.was is not UNSEEN and operation.was != old:
        raise conflict(draft, None, ("stream",), old, operation.name, past)
    name = SetValue(("stream",), _name(operation.name))
    if not isinstance(old, str):
        return draft.edit(name)
    renamed = Renamed(old, _id(draft.document.data), operation.name)
    change = _of_stream(renamed)
    draft = draft.at_once([name, *_links(draft.document.data, change)])
    return _elsewhere(draft, change, others)


def _name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip():
        raise Refused("a name has at least one letter; write one")
    return name


def _id(data: dict[str, Any]) -> str | None:
    return data["id"] if isinstance(data.get("id"), str) else None


def _stream_names(data: dict[str, Any]) -> frozenset[str]:
    name = str(data.get("stream", ""))
    return frozenset({name.casefold(), (_id(data) or identify(name)).casefold()})


def _events_lost(data: dict[str, Any], old: str) -> Iterator[str]:
    if not any(key in data for key in ("events", "from", "states", "sub-steps")):
        yield f"events named {old!r} belong to it no more unless its 'events' say so"


def _in_stream(data: dict[str, Any], renamed: Renamed) -> Iterator[Edit]:
    """Where the steps of a stream name one of them."""
    for index, step in enumerate(_items(data.get("steps"))):
        here: Place = ("steps", index)
        yield from in_ways(step.get("then"), (*here, "then"), renamed)
        yield from _promise(step.get("value"), (*here, "value"), renamed)
    for index, flow in enumerate(_items(data.get("information"))):
        yield from _keys(flow, ("from", "to"), ("information", index), renamed)
    scenarios = data.get("scenarios")
    for name, scenario in scenarios.items() if isinstance(scenarios, dict) else ():
        changes = scenario.get("change") if isinstance(scenario, dict) else None
        for index, change in enumerate(_items(changes)):
            place: Place = ("scenarios", name, "change", index)
            yield from _keys(change, ("step", "merge into", "together with"), place, renamed)
            yield from in_ways(change.get("then"), (*place, "then"), renamed)


def _items(value: Any) -> list[dict[str, Any]]:
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


Relinked = Callable[[str], str | None]
"""A link such as `stream / step`, as it is after the renaming; None where it is not meant."""


def _of_step(stream: frozenset[str], renamed: Renamed) -> Relinked:
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


def _of_stream(renamed: Renamed) -> Relinked:
    def relinked(link: str) -> str | None:
        whole = renamed.now(link)
        if whole is not None:
            return whole
        name, slash, rest = link.partition("/")
        new = renamed.now(name) if slash else None
        return None if new is None else f"{new} / {rest.strip()}"

    return relinked


def _links(data: dict[str, Any], change: Relinked) -> Iterator[Edit]:
    """Where a document names streams, or steps of them."""
    yield from _links_of_steps(data.get("steps"), ("steps",), change)
    for index, delivery in enumerate(_items(data.get("deliveries"))):
        yield from _listed(delivery.get("changes"), ("deliveries", index, "changes"), change)
    for index, result in enumerate(_items(data.get("key results"))):
        yield from _listed(result.get("measure"), ("key results", index, "measure"), change)


def _links_of_steps(steps: Any, place: Place, change: Relinked) -> Iterator[Edit]:
    for index, step in enumerate(_items(steps)):
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


def _elsewhere(draft: Draft, change: Relinked, others: Others) -> Draft:
    """With the links of other documents changed, too."""
    for document in others.values():
        edits = list(_links(document.data, change)) if document.root else []
        if edits:
            after = apply_at_once(document, edits)
            draft = replace(draft, others=(*draft.others, after))
            draft = draft.note(f"{document.name} names it by its new name now")
    return draft


def new_names(data: dict[str, Any], handled: Handled, now: Snapshot) -> tuple[Renamed, ...]:
    """The steps of an older text that have another name now."""
    found = []
    places = now.handled.places
    steps_now = _items(now.readable.document.data.get("steps"))
    for element, step in zip(handled.below, _items(data.get("steps")), strict=False):
        old = step.get("step")
        at = places.get(element.handle, ())[1:2]
        new = steps_now[int(at[0])].get("step") if at else old
        if isinstance(old, str) and isinstance(new, str) and old != new:
            found.append(Renamed(old, _id(step), new))
    return tuple(found)


def with_names(document: Document, names: tuple[Renamed, ...]) -> Document:
    """An older text with the names that its steps have now, so that it can be compared."""
    for renamed in names:
        steps = _items(document.data.get("steps"))
        at = next((i for i, step in enumerate(steps) if step.get("step") == renamed.old), None)
        if at is not None:
            own = SetValue(("steps", at, "step"), renamed.new)
            with suppress(EditRefused):
                document = apply_at_once(document, [own, *_in_stream(document.data, renamed)])
    return document
