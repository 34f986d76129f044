"""Which element of the model stands at a place of a text, and which keys it has."""

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from valuestream.model.element import Element
from valuestream.model.findings import Place
from valuestream.text.keys import ELEMENTS


def element_at(root: type[Element], place: Place) -> type[Element] | None:
    """The element whose keys stand at a place; None where none is meant there."""
    current: type[Element] | None = root
    skip_name = False
    for part in place:
        if isinstance(part, int) or current is None:
            continue
        if skip_name:
            skip_name = False
            continue
        annotation = fields(current).get(part)
        current = _element_in(annotation)
        skip_name = _is_named(annotation)
    return None if skip_name else current


@cache
def fields(element: type[Element]) -> dict[str, Any]:
    """The annotation of each key, as the text writes the key."""
    return {f.alias or name: f.annotation for name, f in element.model_fields.items()}


def keys(element: type[Element]) -> tuple[str, ...]:
    """The keys of an element, as the text writes them."""
    return tuple(fields(element))


@cache
def is_required(element: type[Element], key: str) -> bool:
    """Whether an element cannot be without a key."""
    by_alias = {f.alias or name: f for name, f in element.model_fields.items()}
    return key in by_alias and by_alias[key].is_required()


@cache
def elements(root: type[Element]) -> tuple[type[Element], ...]:
    """The element and all that can stand below it."""
    found = [root]
    for element in found:
        below = map(_element_in, fields(element).values())
        found += [e for e in dict.fromkeys(below) if e and e not in found]
    return tuple(found)


def words(element: type[Element]) -> str:
    """An element in a sentence: `a step`."""
    return ELEMENTS[element.__name__][0]


def _element_in(annotation: Any) -> type[Element] | None:
    return next((a for a in _parts(annotation) if _is_element(a)), None)


def _is_named(annotation: Any) -> bool:
    return any(getattr(part, "__origin__", None) is dict for part in _parts(annotation))


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def _is_element(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Element)
