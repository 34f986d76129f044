"""One field written: what was seen there is compared, and numbers are written as numbers."""

from typing import Any, get_args

from valuestream.model.findings import Place
from valuestream.store.draft import Draft
from valuestream.store.errors import Conflict, NoElement
from valuestream.store.operations import UNSEEN, SetField
from valuestream.store.past import Past
from valuestream.text.document import Document, model_of
from valuestream.text.nodes import Scalar
from valuestream.text.scalars import resolve
from valuestream.text.shape import element_at, fields


def set_field(draft: Draft, operation: SetField, past: Past) -> Draft:
    """With the field written, or taken away. Raises Conflict where another value is there."""
    if not operation.key:
        raise NoElement("a field needs a key, such as value.promise")
    place = (*draft.snapshot.place(operation.element), *operation.key)
    current = draft.snapshot.value(operation.element, operation.key)
    value = meant(draft.document, place, operation.value)
    if current == value and type(current) is type(value):
        return draft
    if operation.was is not UNSEEN and not _is_seen(draft.document, place, current, operation.was):
        raise conflict(draft, operation.element, operation.key, current, value, past)
    place = _written_place(draft.document, place)
    return draft.drop(place) if value is None else draft.set(place, value)


def conflict(  # noqa: PLR0913, PLR0917
    draft: Draft, element: str | None, key: Place, current: Any, mine: Any, past: Past
) -> Conflict:
    """That somebody changed a field meanwhile, and who."""
    last = past.last_of(element, key)
    where = f"{'.'.join(map(str, key))} of {draft.snapshot.name(element)}"
    return Conflict(where, current, mine, last)


def meant(document: Document, place: Place, value: Any) -> Any:
    """A value as its key means it: `2` people is a number, a step named `2` is a text."""
    if not isinstance(value, str):
        return value
    model = model_of(document.name, document.root) if document.root else None
    element = element_at(model, place[:-1]) if model else None
    known = fields(element).get(str(place[-1])) if element else None
    return value if known is None or _holds_texts(known) else resolve(value) or value


def _holds_texts(annotation: Any) -> bool:
    return annotation is str or any(map(_holds_texts, get_args(annotation)))


def _is_seen(document: Document, place: Place, current: Any, was: Any) -> bool:
    if current == was:
        return True
    node = document.node(place)
    return isinstance(node, Scalar) and isinstance(was, str) and was in (node.text, node.value)


def _written_place(document: Document, place: Place) -> Place:
    """Where it stands: `value: text` is what is received."""
    above = document.node(place[:-1])
    is_text = isinstance(above, Scalar) and not above.is_empty
    return place[:-1] if place[-2:] == ("value", "receives") and is_text else place
