"""YAML to nodes: one pass over the events, so that hostile texts are answered early."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from valuestream.text.fault import Fault, Unreadable
from valuestream.text.lines import Lines
from valuestream.text.nodes import Mapping, Node, Scalar, Sequence
from valuestream.text.yaml_faults import in_words

_READ_OTHERWISE = re.compile(
    r"[\t\ufeff\x85\u2028\u2029]|^\.\.\.|[|>][-+0-9]*#|[|>][^\n\r]*[\n\r]+[ ]*(?:[\n\r#]|\Z)",
    re.MULTILINE,
)
"""Where libyaml, which follows YAML 1.1, has other events: tabs, some signs, odd blocks."""
_ASK_THE_CAREFUL = Fault("VS006", 0, "this is no YAML", "ask the careful parser")
DEPTH = 40
"""How deep a text may nest. A step's sub-steps take two each."""


def compose(text: str) -> tuple[Node | None, list[Fault]]:
    """The node of the one document in a text (None if it holds nothing), and doubled keys.

    Raises Unreadable where the text is no YAML or uses what a stream has no place for.
    """
    try:
        return _composed(text, _quick_events(text))
    except Unreadable:
        return _composed(text, _careful_events(text))


def compose_part(text: str, depth: int) -> Node | None:
    """The node of a part of a text that nests so deep in it.

    Raises Unreadable where there is a fault, or where there may be one.
    """
    root, faults = _composed(text, _quick_events(text), depth)
    if faults:
        raise Unreadable(faults[0])
    return root


def _composed(text: str, events: Iterable[Any], depth: int = 0) -> tuple[Node | None, list[Fault]]:
    composer = _Composer(text, depth)
    for event in events:
        composer.take(event)
    return composer.root, composer.faults


def _quick_events(text: str) -> Iterator[Any]:
    """Libyaml's events, twenty times sooner.

    Raises Unreadable where only the careful parser is right, or has words for what is wrong.
    """
    # Here, since whoever reads no text should not wait for it.
    import yaml

    if _READ_OTHERWISE.search(text) or not yaml.__with_libyaml__:
        raise Unreadable(_ASK_THE_CAREFUL)
    try:
        yield from yaml.parse(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        raise Unreadable(_ASK_THE_CAREFUL) from None


def _careful_events(text: str) -> Iterator[Any]:
    """By YAML 1.2 to the letter, and with words for what is wrong."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.scanner import Scanner

    class ShallowScanner(Scanner):
        """Stops at once where brackets nest too deep: the scanner takes long to give up."""

        def fetch_flow_collection_start(self, TokenClass: Any, to_push: Any) -> None:  # noqa: N803
            if len(self.flow_context) >= DEPTH:
                raise Unreadable(_too_deep(self.reader.get_mark().index))
            super().fetch_flow_collection_start(TokenClass, to_push)

    yaml = YAML(typ="safe", pure=True)
    yaml.Scanner = ShallowScanner
    try:
        yield from yaml.parse(text)
    except YAMLError as error:
        raise Unreadable(in_words(error, Lines(text))) from None


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    start: int
    flow: bool
    is_mapping: bool
    parts: list[Any] = field(default_factory=list)
    key: Scalar | None = None
    keys: dict[str, int] = field(default_factory=dict)


class _Composer:
    def __init__(self, text: str, depth: int) -> None:
        self.text = text
        self.depth = depth
        self.lines = Lines(text)
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        kind, start = type(event).__name__, event.start_mark.index
        if kind == "DocumentStartEvent":
            self._document(start)
        elif kind == "AliasEvent" or getattr(event, "anchor", None):
            raise Unreadable(_anchor(start, event.anchor, kind == "AliasEvent"))
        elif getattr(event, "tag", None):
            raise Unreadable(_tag(start, event.tag))
        elif kind == "ScalarEvent":
            self._add(self._scalar(event))
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._open(start, bool(event.flow_style), kind == "MappingStartEvent")
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self._close(event.end_mark.index)

    def _document(self, start: int) -> None:
        self.documents += 1
        if self.documents > 1:
            message = "a second document starts here, and a file holds one"
            raise Unreadable(Fault("VS011", start, message, "move it to a file of its own"))

    def _scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):
            # A block's end mark lies behind its last line end.
            end = start + len(self.text[start:end].rstrip())
        return Scalar(start, end, event.value, event.style or None)

    def _open(self, start: int, flow: bool, is_mapping: bool) -> None:
        if len(self.stack) + self.depth >= DEPTH:
            raise Unreadable(_too_deep(start))
        if self.stack and self.stack[-1].is_mapping and self.stack[-1].key is None:
            message = "a list or a mapping stands where a key is meant"
            raise Unreadable(Fault("VS015", start, message, "write a text as the key"))
        self.stack.append(_Open(start, flow, is_mapping))

    def _close(self, end: int) -> None:
        ended = self.stack.pop()
        made = Mapping if ended.is_mapping else Sequence
        self._add(made(ended.start, end, ended.flow, tuple(ended.parts)))

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if not parent.is_mapping:
            parent.parts.append(node)
        elif parent.key is None:
            assert isinstance(node, Scalar)  # _open refuses the others
            self._note_key(parent, node)
            parent.key = node
        else:
            parent.parts.append((parent.key, self._behind(parent.key, node)))
            parent.key = None

    def _behind(self, key: Scalar, value: Node) -> Node:
        """A value that is not written at all stands behind its key's colon.

        YAML has its place wherever the next thing comes.
        """
        if not isinstance(value, Scalar) or value.end > value.start:
            return value
        colon = re.compile(r"\s*:").match(self.text, key.end)
        place = colon.end() if colon else key.end
        return replace(value, start=place, end=place)

    def _note_key(self, parent: _Open, key: Scalar) -> None:
        first = parent.keys.setdefault(key.text, key.start)
        if first != key.start:
            line, column = self.lines.place(first)
            message = f"the key {key.text!r} stands here twice, first at line {line}:{column}"
            advice = "keep one of the two; where both are meant, write one list"
            self.faults.append(Fault("VS012", key.start, message, advice))


def _too_deep(start: int) -> Fault:
    message = f"lists and mappings nest more than {DEPTH} deep here"
    return Fault("VS008", start, message, "give a deep step a stream of its own, by 'detailed in'")


def _anchor(start: int, name: str, is_alias: bool) -> Fault:
    sign, what = ("*", "an alias") if is_alias else ("&", "an anchor")
    message = f"{what} ({sign}{name}) has no place in a stream's text"
    advice = f"write the value out where it is meant; a text that begins with {sign} needs quotes"
    return Fault("VS009", start, message, advice)


def _tag(start: int, tag: Any) -> Fault:
    shown = str(tag).replace("tag:yaml.org,2002:", "!!")
    message = f"a tag ({shown}) has no place in a stream's text"
    return Fault("VS010", start, message, "leave it out; a text that begins with ! needs quotes")
