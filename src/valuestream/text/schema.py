"""JSON Schema of the texts, for editors: made from the model, told in the words of `keys`."""

from typing import Any, Literal

from valuestream.model.answers import Answers
from valuestream.model.element import Element
from valuestream.model.goals import Goals
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.text.keys import ELEMENTS, KEYS, Key

Kind = Literal["stream", "goals", "workspace", "design"]
_ROOTS: dict[str, type[Element]] = {
    "stream": Stream,
    "goals": Goals,
    "workspace": Workspace,
    "design": Answers,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: Kind = "stream") -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a kind of file.

    It knows keys and shapes. What names what, and whether a text is a duration, `check` knows.
    """
    root = _ROOTS[kind]
    made = root.model_json_schema(by_alias=True)
    elements = made.pop("$defs", {})
    described = {name: _element(name, part) for name, part in elements.items()}
    own = _element(root.__name__, made)
    return {"$schema": _DIALECT, **own, "$defs": described}


def _element(name: str, part: dict[str, Any]) -> dict[str, Any]:
    if name not in ELEMENTS:
        return part
    properties = {
        key: _property(KEYS[name][key], value) for key, value in part["properties"].items()
    }
    head = {
        "title": ELEMENTS[name][0].split(" ", 1)[-1].capitalize(),
        "description": ELEMENTS[name][1],
    }
    return {**part, **head, "properties": properties}


def _property(key: Key, written: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in written.items() if k not in ("title", "default", "description")}
    # A key with nothing behind it counts as not written.
    if "anyOf" in kept and not any(p.get("type") == "null" for p in kept["anyOf"]):
        kept["anyOf"] = (
            [*kept["anyOf"], {"type": "null"}] if "default" in written else kept["anyOf"]
        )
    default = (
        {"default": written["default"]} if written.get("default") not in (None, [], {}) else {}
    )
    said = {"description": key.meaning[0].upper() + key.meaning[1:]}
    return {**said, **kept, **default, "examples": list(key.examples)}
