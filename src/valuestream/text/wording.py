"""What pydantic found, in the words of the texts: a sentence and what to do, by kind of error."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from valuestream.model.element import Element
from valuestream.model.findings import Place
from valuestream.model.names import did_you_mean, nearest
from valuestream.text.keys import KEYS
from valuestream.text.nodes import Mapping, Node, Scalar, Sequence
from valuestream.text.scalars import write
from valuestream.text.shape import elements, keys, words


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error of pydantic's, at the node that it is about."""

    kind: str
    place: Place
    context: dict[str, Any]
    node: Node | None
    element: type[Element] | None
    """The element that the key stands in."""
    root: type[Element]

    @property
    def key(self) -> str:
        """The key that the place ends in, or the nearest above it."""
        return next((p for p in reversed(self.place) if isinstance(p, str)), "")

    @property
    def what(self) -> str:
        """What it is about, as the start of a sentence."""
        if self.place and isinstance(self.place[-1], int):
            return f"item {self.place[-1] + 1} of {self.key!r}"
        return (repr(self.key) if self.key else "a name") if self.place else "the text"


Worded = tuple[str, str, str]
"""Code, message, suggestion."""


def in_words(mistake: Mistake) -> Worded:
    """The code, the sentence and the suggestion for a mistake."""
    wording = _BY_TYPE.get(mistake.kind)
    if wording is None:
        return "VS022", f"{mistake.what} cannot be understood", _for_example(mistake)
    return wording(mistake)


def shown(node: Node | None) -> str:
    """What is written, in a sentence: `a number (12)`."""
    if isinstance(node, Mapping):
        return "a mapping of keys and values"
    if isinstance(node, Sequence):
        return "a list" if node.items else "an empty list"
    value = node.value if node else None
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"a text ({_cut(value)!r})"
    return f"{'true or false' if isinstance(value, bool) else 'a number'} ({_cut(node.text)})"  # type: ignore[union-attr]


def _cut(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


def _example(mistake: Mistake) -> object:
    name = mistake.element.__name__ if mistake.element else ""
    known = KEYS.get(name, {}).get(mistake.key)
    return known.examples[0] if known and known.examples else None


def _for_example(mistake: Mistake) -> str:
    example = _example(mistake)
    if isinstance(example, str | int | float):
        return f"write such as '{mistake.key}: {write(example)}'"
    return "see docs/text.md for what it can hold"


def _text(mistake: Mistake) -> Worded:
    message = f"{mistake.what} is {shown(mistake.node)}, and a text is meant"
    if isinstance(mistake.node, Scalar) and not mistake.node.is_empty:
        return "VS022", message, f'write it in quotes: "{_cut(mistake.node.text)}"'
    if isinstance(mistake.node, Mapping):
        return "VS022", message, "write one text; one that holds ': ' needs quotes"
    return "VS022", message, _for_example(mistake)


def _list(mistake: Mistake) -> Worded:
    message = f"{mistake.what} is {shown(mistake.node)}, and a list is meant"
    example = _example(mistake)
    if isinstance(example, list) and isinstance(example[0], dict):
        first = next(iter(example[0]))
        return "VS022", message, f"write a line for each item, such as '- {first}: …'"
    return "VS022", message, "write the items in brackets: [one, other]"


def _mapping(mistake: Mistake) -> Worded:
    message = f"{mistake.what} is {shown(mistake.node)}, and a mapping of keys and values is meant"
    if isinstance(_example(mistake), str):
        message = f"{mistake.what} is {shown(mistake.node)}, and a text or a mapping is meant"
        return "VS022", message, _for_example(mistake)
    if mistake.key in ("steps", "sub-steps") and isinstance(mistake.node, Scalar):
        name = write(mistake.node.text or "NAME")
        return "VS022", message, f"write '- step: {_cut(name)}'"
    return "VS022", message, "write 'key: value' on lines of their own below it, indented"


def _flag(mistake: Mistake) -> Worded:
    message = f"{mistake.what} is {shown(mistake.node)}, and true or false is meant"
    return "VS022", message, f"write '{mistake.key}: true', or leave it out"


def _number(mistake: Mistake) -> Worded:
    message = f"{mistake.what} is {shown(mistake.node)}, and a figure is meant"
    return "VS022", message, "write such as 90 %, 40 min, 8 EUR or 4.5"


def _holidays(mistake: Mistake) -> Worded:
    message = f"{mistake.what} is {shown(mistake.node)}, and a country's code or days are meant"
    return "VS022", message, "write such as PT, or [2026-12-24, 2026-12-31]"


def _either(mistake: Mistake) -> Worded:
    return _holidays(mistake) if mistake.key == "holidays" else _number(mistake)


def _missing(mistake: Mistake) -> Worded:
    element = words(mistake.element) if mistake.element else "the element"
    meaning = KEYS[mistake.element.__name__][mistake.key].meaning if mistake.element else ""
    what = element.replace("a ", "this ", 1) if element.startswith("a ") else element
    verb = "have" if element == "the goals" else "has"
    message = f"{what} {verb} no {mistake.key!r}: {meaning}"
    example = _example(mistake)
    if isinstance(example, list):
        return "VS021", message, f"write '{mistake.key}:' and its items below"
    return "VS021", message, f"write such as '{mistake.key}: {example}'"


def _unknown(mistake: Mistake) -> Worded:
    element = mistake.element or mistake.root
    message = f"{words(element)} has no key {mistake.key!r}"
    here = keys(element)
    if element.__name__ == "Step" and mistake.key in ("promise", "keep", "receives"):
        advice = f"it belongs to the step's value: 'value: {{receives: …, {mistake.key}: …}}'"
        return "VS020", message, advice.replace("receives: …, receives", "receives")
    elsewhere = [e for e in elements(mistake.root) if e is not element and mistake.key in keys(e)]
    near = nearest(mistake.key, here)
    if elsewhere:
        advice = f"it belongs to {words(elsewhere[0])}"
        return "VS020", message, advice + (f"; or did you mean {near!r}?" if near else "")
    return "VS020", message, did_you_mean(mistake.key, here)


def _word(mistake: Mistake) -> Worded:
    allowed = re.findall(r"'([^']*)'", mistake.context.get("expected", ""))
    if not isinstance(mistake.node, Scalar):
        message = f"{mistake.what} is {shown(mistake.node)}, and one of the words allowed is meant"
    else:
        message = f"{_cut(mistake.node.text)!r} is none of the words allowed for {mistake.key!r}"
    listed = f"write {' or '.join([', '.join(allowed[:-1]), allowed[-1]])}" if allowed else ""
    written = mistake.node.text if isinstance(mistake.node, Scalar) else ""
    near = nearest(written, allowed)
    return "VS023", message, f"did you mean {near!r}? {listed}" if near else listed


def _empty(mistake: Mistake) -> Worded:
    advice = "leave the key out, or write what is meant"
    if mistake.kind == "too_short":
        example = _example(mistake)
        first = next(iter(example[0])) if isinstance(example, list) else ""
        return (
            "VS024",
            f"{mistake.what} is an empty list",
            f"write at least one item: '- {first}: …'",
        )
    return "VS024", f"{mistake.what} is an empty text", advice


def _long(mistake: Mistake) -> Worded:
    limit = mistake.context.get("max_length", 2000)
    message = f"{mistake.what} is longer than {limit:,} characters"
    return "VS024", message, "shorten it; details have a place in a comment or a document"


def _half(mistake: Mistake) -> Worded:
    message = f"{mistake.what} holds half of a character (a lone surrogate)"
    return "VS022", message, "write the character anew"


def _id(mistake: Mistake) -> Worded:
    written = mistake.node.text if isinstance(mistake.node, Scalar) else ""
    message = f"{_cut(written)!r} is no id: it holds blanks or slashes"
    joined = "-".join(re.findall(r"[^\s/]+", written)) or "one-word"
    return "VS026", message, f"write {_cut(joined)!r}"


_CODE_OF_KEY = {
    **dict.fromkeys(("work", "wait", "mean", "sd", "min", "mode", "max", "values"), "VS030"),
    **dict.fromkeys(("right", "keep", "confidence", "share"), "VS031"),
    "cost": "VS032",
    **dict.fromkeys(("arrivals", "rate"), "VS033"),
    "people": "VS034",
    "promise": "VS035",
    "then": "VS036",
    **dict.fromkeys(("days", "hours", "time zone"), "VS037"),
    **dict.fromkeys(("on", "by", "holidays"), "VS025"),
}


def _said_by_the_model(mistake: Mistake) -> Worded:
    """The model's own sentences: what is wrong; what to write."""
    message, _, advice = str(mistake.context.get("error", "")).partition("; ")
    message = message if len(message) <= 300 else f"{message[:299]}…"
    code = next((_CODE_OF_KEY[p] for p in reversed(mistake.place) if p in _CODE_OF_KEY), "VS022")
    if not isinstance(mistake.node, Scalar):
        # The model shows values as Python writes them; a list or mapping is better named.
        if mistake.node is None or message.endswith((" needs", "fall")) or "also needs" in message:
            return code, message, advice or _for_example(mistake)
        if message.startswith(("{", "[")):
            message = f"{mistake.what} is {shown(mistake.node)}, which is not understood here"
    elif mistake.node.is_empty:
        message = f"{mistake.what} is empty"
    return code, message, advice or _for_example(mistake)


_BY_TYPE: dict[str, Callable[[Mistake], Worded]] = {
    "string_type": _text,
    "tuple_type": _list,
    "model_type": _mapping,
    "model_attributes_type": _mapping,
    "dict_type": _mapping,
    "bool_type": _flag,
    "bool_parsing": _flag,
    "float_type": _number,
    "float_parsing": _number,
    "finite_number": _number,
    "either": _either,
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _word,
    "string_too_short": _empty,
    "too_short": _empty,
    "string_too_long": _long,
    "string_unicode": _half,
    "string_pattern_mismatch": _id,
    "value_error": _said_by_the_model,
}
