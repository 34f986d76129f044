"""A text that has been read: what it holds, what is wrong with it, and where things stand in it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from valuestream.model.errors import InputError
from valuestream.model.findings import Finding, Place
from valuestream.model.goals import Goals
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.text.comments import Silence, comment_texts, silences
from valuestream.text.compose import compose
from valuestream.text.fault import Fault, Unreadable
from valuestream.text.lines import Lines
from valuestream.text.nodes import Mapping, Node, at, offset, plain
from valuestream.text.source import BOM, Source, Undecodable, read_source
from valuestream.text.validate import validate

Content: TypeAlias = Stream | Goals | Workspace
_BY_ENDING: tuple[tuple[str, type[Content]], ...] = (
    (".stream.yaml", Stream),
    (".stream.yml", Stream),
    (".goals.yaml", Goals),
    (".goals.yml", Goals),
)
_BY_KEY: tuple[tuple[str, type[Content]], ...] = (
    ("stream", Stream),
    ("objective", Goals),
    ("workspace", Workspace),
)
SHARED = ("valuestream.yaml", "valuestream.yml")
"""The names of the file that holds what streams share."""


class Faulty(InputError):
    """A text that cannot be used. `findings` are all its faults."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("\n".join(map(_as_line, findings)))


class Known(NamedTuple):
    """What is known of a text without looking through it: its data and its comments."""

    data: dict[str, Any]
    comments: Counter[str]


@dataclass(frozen=True)
class Document:
    """A text with its faults. `content` is what it says, and None where a fault is in the way."""

    name: str
    text: str
    path: Path | None = None
    root: Mapping | None = None
    content: Content | None = None
    findings: tuple[Finding, ...] = ()
    has_bom: bool = False
    digest: str | None = None
    """Tells whether the file is still what was read; None where there is no file."""
    known: Known | None = field(default=None, repr=False, compare=False)

    @property
    def stream(self) -> Stream | None:
        """The stream in the text; None where it holds none or a fault is in the way."""
        return self.content if isinstance(self.content, Stream) else None

    @property
    def goals(self) -> Goals | None:
        """The goals in the text, likewise."""
        return self.content if isinstance(self.content, Goals) else None

    @property
    def workspace(self) -> Workspace | None:
        """What the streams of a folder share, likewise."""
        return self.content if isinstance(self.content, Workspace) else None

    @cached_property
    def data(self) -> dict[str, Any]:
        """The text's data, not to be changed; nothing where it cannot be read."""
        if self.known:
            return self.known.data
        return plain(self.root) if self.root else {}

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text)

    @cached_property
    def comments(self) -> Counter[str]:
        """The text's comments, and how often each stands there."""
        if self.known:
            return self.known.comments
        return Counter(comment_texts(self.root, self.lines) if self.root else ())

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """What the text's comments silence."""
        return silences(self.root, self.lines) if self.root else ()

    def node(self, place: Place) -> Node | None:
        """The node at a place; None where there is none."""
        return at(self.root, place) if self.root else None

    def locate(self, finding: Finding) -> Finding | None:
        """The finding with its file, line and column; None where a comment silences it."""
        place = self._place_of(finding)
        if any(silence.covers(finding, place) for silence in self.silences):
            return None
        line, column = self.lines.place(offset(self.root, place)) if self.root else (1, 1)
        step = finding.step or _step_at(self.root, place)
        return replace(finding, file=self.name, line=line, column=column, step=step)

    def _place_of(self, finding: Finding) -> Place:
        """The place, or that of the step that the finding names."""
        if finding.place or finding.step is None or self.stream is None:
            return finding.place
        index = self.stream.place(finding.step)
        return () if index is None else ("steps", index)


def read(path: str | Path, name: str | None = None) -> Document:
    """The document in a file. Never raises for bad input: the faults are its findings.

    They name the file as its path does, or by another name.
    """
    name = str(path) if name is None else name
    try:
        path = Path(path)
        source = read_source(path)
    except Undecodable as error:
        return _refused(name, Path(path), error.fault, error.text)
    except Unreadable as error:
        return _refused(name, Path(path), error.fault, "")
    return document_of(name, path, source)


def parse(text: str, name: str = "<text>") -> Document:
    """The document in a text. Never raises for bad input: the faults are its findings."""
    return document_of(name, None, Source(text.removeprefix(BOM), text.startswith(BOM)))


def load(path: str | Path) -> Stream:
    """The stream in a file. Raises Faulty, whose `findings` are all that is wrong with it."""
    document = read(path)
    if document.stream is not None:
        return document.stream
    if document.findings:
        raise Faulty(document.findings)
    message = "this file holds no stream"
    raise Faulty((_finding(document, Fault("VS014", 0, message, "name a .stream.yaml file")),))


def document_of(name: str, path: Path | None, source: Source) -> Document:
    """The document in a text that has been read from its file."""
    document = Document(name, source.text, path, has_bom=source.has_bom, digest=source.digest)
    try:
        root, faults = compose(source.text)
        mapping = _mapping(root)
    except Unreadable as error:
        return replace(document, findings=(_finding(document, error.fault),))
    document = replace(document, root=mapping)
    model = model_of(name, mapping)
    if model is None:
        message = "neither the file's name nor its keys say what it holds"
        faults.append(Fault("VS014", mapping.start, message, "begin it with 'stream: NAME'"))
        return replace(document, findings=_sorted(document, faults))
    content, invalid = validate(model, mapping)
    findings = _sorted(document, [*faults, *invalid])
    return replace(document, content=None if findings else content, findings=findings)


def _mapping(root: Node | None) -> Mapping:
    if root is None:
        advice = "write 'stream: NAME', or start by 'valuestream new NAME'"
        raise Unreadable(Fault("VS005", 0, "the file is empty", advice))
    if not isinstance(root, Mapping):
        advice = "begin it with 'stream: NAME' on a line of its own"
        raise Unreadable(Fault("VS013", root.start, "this text has no keys", advice))
    return root


def model_of(name: str, root: Mapping) -> type[Content] | None:
    """What a file holds, by its name, else by its keys."""
    if Path(name).name.lower() in SHARED:
        return Workspace
    for ending, model in _BY_ENDING:
        if name.lower().endswith(ending):
            return model
    unnamed = Stream if name == "<text>" else None
    return next((model for key, model in _BY_KEY if key in root), unnamed)


def _refused(name: str, path: Path, fault: Fault, text: str) -> Document:
    document = Document(name, text, path)
    return replace(document, text="", findings=(_finding(document, fault),))


def _sorted(document: Document, faults: Iterable[Fault]) -> tuple[Finding, ...]:
    ordered = sorted(faults, key=lambda fault: (fault.offset, fault.code))
    return tuple(_finding(document, fault) for fault in ordered)


def _finding(document: Document, fault: Fault) -> Finding:
    line, column = document.lines.place(fault.offset)
    return Finding(
        fault.code,
        "error",
        fault.message,
        fault.suggestion,
        fault.place,
        step=_step_at(document.root, fault.place),
        file=document.name,
        line=line,
        column=column,
    )


def _step_at(root: Mapping | None, place: Place) -> str | None:
    """The name of the step that a place lies in."""
    name = at(root, (*place[:2], "step")) if root and place[:1] == ("steps",) else None
    return getattr(name, "text", None)


def _as_line(finding: Finding) -> str:
    where = f"{finding.file}:{finding.line}:{finding.column}"
    return f"{where}: {finding.code} {finding.message}; {finding.suggestion}"
