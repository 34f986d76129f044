"""What can be written where one stands in a text: keys and what they mean, names, values."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from valuestream.model.element import Element
from valuestream.model.findings import Place
from valuestream.model.stream import Stream
from valuestream.text.keys import KEYS, Key
from valuestream.text.scalars import write
from valuestream.text.shape import element_at, fields
from valuestream.text.standing import Standing, standing, steps

Kind = Literal["key", "name", "value", "example"]
_MOST = 40
_NAMED = {
    ("Stream", "calendar"): "calendars",
    ("Stream", "customer"): "customers",
    ("Stream", "log"): "logs",
    ("Step", "by"): "roles",
    ("Step", "process"): "processes",
    ("Step", "then"): "steps",
    ("Step", "detailed in"): "streams",
    ("Change", "step"): "steps",
    ("Change", "then"): "steps",
    ("Change", "by"): "roles",
    ("Change", "merge into"): "steps",
    ("Change", "together with"): "steps",
    ("Information", "from"): "steps",
    ("Information", "to"): "steps",
    ("Role", "calendar"): "calendars",
    ("Workspace", "calendar"): "calendars",
}
"""Which names stand behind a key."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the workspace has names for."""

    calendars: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    processes: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    streams: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that can be written: how it is shown, what is written, what it means."""

    shown: str
    written: str
    meaning: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Completion:
    """What can stand in place of the text from `start` to `end`, what fits best first."""

    start: int
    end: int
    suggestions: tuple[Suggestion, ...] = ()


def complete(
    text: str, offset: int, names: Names = Names(), root: type[Element] = Stream
) -> Completion:
    """What can be written at an offset of a text, which need not be without faults.

    Offsets count characters. Nothing is suggested inside of comments.
    """
    offset = max(0, min(offset, len(text)))
    at = standing(text, offset)
    if at is None:
        return Completion(offset, offset)
    typed = text[at.start : offset].lstrip("'\"")
    has_colon = re.match(r"[\w -]*(?=:)", text[offset:]) if at.is_key else None
    possible = list(_possible(text, at, names, root, has_colon=has_colon is not None))
    end = offset + (has_colon.end() if has_colon else 0)
    return Completion(at.start, end, tuple(_fitting(possible, typed))[:_MOST])


def _possible(
    text: str, at: Standing, names: Names, root: type[Element], *, has_colon: bool
) -> Iterator[Suggestion]:
    element = element_at(root, at.place)
    if at.is_key and element is not None:
        for name, key in KEYS.get(element.__name__, {}).items():
            if name not in at.beside:
                yield Suggestion(name, name if has_colon else f"{name}: ", key.meaning, "key")
    elif at.is_key or at.is_value:
        yield from _values(text, at, names, root)


def _values(text: str, at: Standing, names: Names, root: type[Element]) -> Iterator[Suggestion]:
    found = _key_of(at.place, root)
    if found is None:
        return
    element, name = found
    key = KEYS.get(element.__name__, {}).get(name, Key(""))
    known = _NAMED.get((element.__name__, name))
    every = steps(text) if known == "steps" else getattr(names, known or "", ())
    as_key = ": " if at.is_key and not at.is_value and at.in_flow else ""
    for one in every:
        yield Suggestion(one, write(one, flow=at.in_flow) + as_key, "", "name")
    choices = _choices(fields(element).get(name))
    for choice in choices:
        yield Suggestion(str(choice), write(choice, flow=at.in_flow), "", "value")
    if not choices and not every and key.meaning:
        yield from _examples(key, at)


def _examples(key: Key, at: Standing) -> Iterator[Suggestion]:
    for example in key.examples:
        one = example[0] if isinstance(example, list) and len(example) == 1 else example
        if isinstance(one, str | int | float):
            written = write(one, flow=at.in_flow)
            yield Suggestion(written, written, key.meaning, "example")


def _key_of(place: Place, root: type[Element]) -> tuple[type[Element], str] | None:
    """The nearest key of an element at or above a place."""
    for end in range(len(place), 0, -1):
        name = place[end - 1]
        if isinstance(name, str):
            element = element_at(root, place[: end - 1])
            if element is not None:
                return (element, name) if name in fields(element) else None
    return None


def _choices(annotation: Any) -> tuple[Any, ...]:
    """The few values that a key can have."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return next((found for part in get_args(annotation) if (found := _choices(part))), ())


def _fitting(possible: Iterable[Suggestion], typed: str) -> list[Suggestion]:
    """Those that begin with what is typed, then those with a word that does."""
    wanted = typed.casefold()
    ranked = [(_rank(one.shown.casefold(), wanted), one) for one in possible]
    kept = [(rank, one) for rank, one in ranked if rank < 2]
    return [one for _, one in sorted(kept, key=lambda ranked: ranked[0])]


def _rank(shown: str, wanted: str) -> int:
    if shown.startswith(wanted):
        return 0
    return 1 if any(word.startswith(wanted) for word in re.split(r"[\s/-]+", shown)) else 2
