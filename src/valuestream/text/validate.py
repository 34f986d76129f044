"""The data of a text against the model: all faults at once, at their places."""

from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError

from valuestream.model.consistency import Inconsistency
from valuestream.model.element import Element
from valuestream.model.findings import Place
from valuestream.model.names import nearest
from valuestream.text.fault import Fault
from valuestream.text.nodes import Mapping, Node, Scalar, Sequence, child, key_offset, offset, plain
from valuestream.text.prune import Pruned, prune, without_stand_ins
from valuestream.text.shape import element_at, is_required, keys
from valuestream.text.wording import Mistake, in_words

Root = TypeVar("Root", bound=Element)
MOST = 500
"""How many faults of a text are told; nobody reads more."""
_ROUNDS = 6
"""How often what is faulty is taken out to look for what lies behind it."""


def validate(model: type[Root], root: Mapping) -> tuple[Root | None, list[Fault]]:
    """The element in a text, or None, and its faults.

    Where a part is faulty, the rest is looked at without it, so that names and shares that do not
    meet are told in the same breath.
    """
    data: Any = plain(root)
    pruned = Pruned()
    faults: list[Fault] = []
    for _ in range(_ROUNDS):
        found: list[Inconsistency] = []
        try:
            # by_name: only the keys as written; a name of Python's such as sub_steps is unknown.
            element = model.model_validate(
                data, context={"inconsistencies": found}, by_alias=True, by_name=False
            )
        except ValidationError as error:
            if error.error_count() > MOST:
                return None, faults + _many(error, model, root)
            mistakes = _mistakes(error, model, root)
            if not pruned:
                data = deepcopy(data)
            misspelt = set(filter(None, map(_meant, mistakes)))
            faults += [
                _fault(m, root)
                for m in mistakes
                if not (pruned.covers(m.place) or _says_nothing(m) or m.place in misspelt)
            ]
            taken_out = [prune(data, m.place, m.kind, pruned) for m in mistakes]
            if not all(taken_out):
                return None, faults
            continue
        faults += [
            _cross(i, root)
            for i in found
            if not pruned.explains(i.place, i.message.partition("; ")[0])
        ]
        return (None if faults else element), faults
    return None, faults


def _many(error: ValidationError, model: type[Element], root: Mapping) -> list[Fault]:
    """The first of very many faults, and how many more there are."""
    told = [_fault(m, root) for m in _mistakes(error, model, root)]
    more = f"{error.error_count() - MOST:,} more faults are not told"
    return [*told, Fault("VS019", root.end, more, "mend these first; is it the right file?")]


def _mistakes(error: ValidationError, model: type[Element], root: Mapping) -> list[Mistake]:
    """One mistake for each place; of a value that could be several things, the nearest."""
    by_place: dict[Place, Mistake] = {}
    alternatives: dict[Place, list[Mistake]] = {}
    for details in error.errors(include_url=False, include_input=False)[:MOST]:
        mistake, label_at = _locate(details, model, root)
        if _is_echo(mistake):
            continue
        if label_at is not None:
            alternatives.setdefault(mistake.place[:label_at], []).append(mistake)
        else:
            by_place.setdefault(mistake.place, mistake)
    for place, several in alternatives.items():
        deepest = max(several, key=lambda m: len(m.place))
        if len(deepest.place) == len(place) and not _is_a_text_at_fault(deepest):
            deepest = Mistake("either", place, {}, deepest.node, deepest.element, deepest.root)
        by_place.setdefault(deepest.place, deepest)
    return list(by_place.values())


def _is_echo(mistake: Mistake) -> bool:
    """Whether a list is only too short since its items are at fault themselves."""
    return (
        mistake.kind == "too_short"
        and isinstance(mistake.node, Sequence)
        and len(mistake.node.items) > 0
    )


def _is_a_text_at_fault(mistake: Mistake) -> bool:
    return mistake.kind.startswith("string_too")


def _meant(mistake: Mistake) -> Place | None:
    """The place of the needed key that an unknown one is most likely meant to be."""
    if mistake.kind != "extra_forbidden" or mistake.element is None:
        return None
    meant = nearest(mistake.key, keys(mistake.element))
    if meant is None or not is_required(mistake.element, meant):
        return None
    return (*mistake.place[:-1], meant)


def _says_nothing(mistake: Mistake) -> bool:
    """Whether it is a key with nothing behind it that could be left out: not said yet, no fault."""
    is_empty = isinstance(mistake.node, Scalar) and mistake.node.is_empty
    is_value = bool(mistake.place) and isinstance(mistake.place[-1], str)
    if not is_empty or not is_value or mistake.kind in ("extra_forbidden", "string_too_short"):
        return False
    return mistake.element is not None and not is_required(mistake.element, mistake.key)


def _locate(details: Any, model: type[Element], root: Mapping) -> tuple[Mistake, int | None]:
    """The mistake at its node, and how deep the way to it is where it is one of several."""
    node: Node | None = root
    place: list[str | int] = []
    label_at: int | None = None
    kind = details["type"]
    for index, part in enumerate(details["loc"]):
        is_last = index + 1 == len(details["loc"])
        inner, step = _down(node, part) if node is not None else (None, None)
        if inner is not None:
            node = inner
            place += [] if step is None else [step]
        elif is_last and kind in ("missing", "extra_forbidden"):
            place.append(part)
        elif isinstance(part, str) and part != "[key]" and not _is_key(model, place, part):
            label_at = len(place)
    depths = [depth for depth, part in enumerate(place) if isinstance(part, str)]
    element = element_at(model, tuple(place[: depths[-1]])) if depths else None
    context = details.get("ctx", {})
    return Mistake(kind, tuple(place), context, node, element, model), label_at


def _is_key(model: type[Element], place: list[str | int], part: str) -> bool:
    """Whether a part is a key of an element that is written as a mere text, such as `rate`."""
    element = element_at(model, tuple(place))
    return element is not None and part in keys(element)


def _down(node: Node, part: str | int) -> tuple[Node | None, str | int | None]:
    """The node below, and the part of the place that leads to it (None where it is the same)."""
    if isinstance(part, int) and isinstance(node, Mapping):
        # `then: {a: 5 %, b: 95 %}` is read as a list of its pairs.
        if "together" in node or part >= len(node.pairs):
            return node, None
        key, value = node.pairs[part]
        return value, key.text
    if isinstance(part, int) and isinstance(node, Scalar):
        return node, None
    return child(node, part), part


def _fault(mistake: Mistake, root: Mapping) -> Fault:
    code, message, suggestion = in_words(mistake)
    if mistake.kind == "missing":
        where = offset(root, mistake.place[:-1])
    elif mistake.kind == "extra_forbidden":
        where = key_offset(root, mistake.place)
    else:
        where = offset(root, mistake.place)
    return Fault(code, where, message, suggestion, mistake.place)


def _cross(found: Inconsistency, root: Mapping) -> Fault:
    message, _, suggestion = without_stand_ins(found.message).partition("; ")
    return Fault(_code(found), offset(root, found.place), message, suggestion, found.place)


_CODE_OF_KEY: dict[str | int, str] = {
    **dict.fromkeys(("step", "id"), "VS040"),
    "then": "VS042",
    "promise": "VS043",
    **dict.fromkeys(("events", "sub-steps"), "VS044"),
    **dict.fromkeys(("from", "to", "states"), "VS045"),
    **dict.fromkeys(("remove", "merge into", "together with"), "VS046"),
}


def _code(found: Inconsistency) -> str:
    if "measured between" in found.message:
        return "VS045"
    if found.message.startswith("no step is named"):
        return "VS041"
    return _CODE_OF_KEY.get(found.place[-1], "VS041")
