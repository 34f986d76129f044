"""New parts of a text: keys and steps, written as a person would write them."""

from typing import Any

from valuestream.text.edits import EditRefused
from valuestream.text.scalars import write


def in_flow(data: Any) -> str:
    """Data on one line: `{step: A, by: [B, C]}`."""
    if isinstance(data, dict):
        pairs = (f"{_key(key, flow=True)}: {in_flow(value)}" for key, value in data.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(data, list | tuple):
        return "[" + ", ".join(map(in_flow, data)) + "]"
    return _scalar(data, flow=True)


def pair(key: str, value: Any, indent: int) -> list[str]:
    """A key and its value as lines; mappings and lists of mappings stand on lines of their own."""
    start = " " * indent + _key(key, flow=False) + ":"
    if isinstance(value, dict) and value:
        return [start, *(line for k, v in value.items() for line in pair(k, v, indent + 2))]
    if isinstance(value, list | tuple) and value and not all(map(_is_short, value)):
        return [start, *(line for item in value for line in dash(item, indent + 2))]
    if isinstance(value, list | tuple | dict):
        return [f"{start} {in_flow(value)}"]
    return [f"{start} {_scalar(value, flow=False)}"]


def dash(item: Any, indent: int) -> list[str]:
    """A list's item as lines, the first with its dash."""
    if not isinstance(item, dict) or not item:
        return [" " * indent + "- " + in_flow(item)]
    lines = [line for key, value in item.items() for line in pair(key, value, indent + 2)]
    return [" " * indent + "- " + lines[0].lstrip(), *lines[1:]]


def _is_short(item: Any) -> bool:
    return not isinstance(item, dict | list | tuple)


def _key(key: str, *, flow: bool) -> str:
    if not isinstance(key, str):
        raise EditRefused(f"{key!r} is no key; keys are texts")
    # An empty or a number-like key is a text all the same.
    return write(key, flow=flow)


def _scalar(value: Any, *, flow: bool) -> str:
    if value is None or isinstance(value, str | int | float):
        return write(value, flow=flow)
    raise EditRefused(f"a text cannot hold {value!r}; write it as a text")
