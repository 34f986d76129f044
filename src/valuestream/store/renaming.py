"""A step or a stream renamed, and its name carried to where it is named."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from valuestream.model.names import identify
from valuestream.store.draft import Draft
from valuestream.store.errors import Refused
from valuestream.store.fields import conflict
from valuestream.store.handles import Handled
from valuestream.store.namings import (
    Relinked,
    Renamed,
    in_stream,
    items_of,
    links,
    links_to_step,
    links_to_stream,
)
from valuestream.store.operations import UNSEEN, RenameStep, RenameStream
from valuestream.store.past import Past
from valuestream.store.snapshot import Snapshot
from valuestream.text.document import Document
from valuestream.text.edit import apply_at_once
from valuestream.text.edits import EditRefused, SetValue

Others = Mapping[str, Document]


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
    here = list(in_stream(draft.document.data, renamed)) if is_top else []
    here += links(draft.document.data, links_to_step(stream, renamed))
    draft = draft.at_once([name, *here])
    draft = draft.note(*_events_lost(data, old))
    return _elsewhere(draft, links_to_step(stream, renamed), others)


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
    change = links_to_stream(renamed)
    draft = draft.at_once([name, *links(draft.document.data, change)])
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


def _elsewhere(draft: Draft, change: Relinked, others: Others) -> Draft:
    """With the links of other documents changed, too."""
    for document in others.values():
        edits = list(links(document.data, change)) if document.root else []
        if edits:
            after = apply_at_once(document, edits)
            draft = replace(draft, others=(*draft.others, after))
            draft = draft.note(f"{document.name} names it by its new name now")
    return draft


def new_names(data: dict[str, Any], handled: Handled, now: Snapshot) -> tuple[Renamed, ...]:
    """The steps of an older text that have another name now."""
    found = []
    places = now.handled.places
    steps_now = items_of(now.readable.document.data.get("steps"))
    for element, step in zip(handled.below, items_of(data.get("steps")), strict=False):
        old = step.get("step")
        at = places.get(element.handle, ())[1:2]
        new = steps_now[int(at[0])].get("step") if at else old
        if isinstance(old, str) and isinstance(new, str) and old != new:
            found.append(Renamed(old, _id(step), new))
    return tuple(found)


def with_names(document: Document, names: tuple[Renamed, ...]) -> Document:
    """An older text with the names that its steps have now, so that it can be compared."""
    for renamed in names:
        steps = items_of(document.data.get("steps"))
        at = next((i for i, step in enumerate(steps) if step.get("step") == renamed.old), None)
        if at is not None:
            own = SetValue(("steps", at, "step"), renamed.new)
            with suppress(EditRefused):
                document = apply_at_once(document, [own, *in_stream(document.data, renamed)])
    return document
