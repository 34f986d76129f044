"""A document at one version: what everyone who looks at it sees."""

from dataclasses import dataclass
from typing import Any

from valuestream.model.findings import Finding, Place
from valuestream.model.goals import Goals
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.store.errors import NoElement
from valuestream.store.handles import Handled, Seen
from valuestream.text.document import Document
from valuestream.text.nodes import Scalar, plain


@dataclass(frozen=True)
class Held:
    """A document and the handles of its elements."""

    document: Document
    handled: Handled

    @property
    def seen(self) -> Seen:
        """From which handles are carried on."""
        return self.document.data, self.handled


@dataclass(frozen=True)
class Snapshot:
    """A document as it is in its file, and what was last good of it.

    Attributes:
        key: Its path in the folder.
        version: Grows with every change; also from one start of the store to the next.
        document: What is in the file.
        readable: The last document that was YAML: the file's, but in the middle of an edit.
        good: The last one without any fault; the first one where there never was such.
    """

    key: str
    version: int
    document: Document
    readable: Held
    good: Held

    def after(self, document: Document, handled: Handled) -> "Snapshot":
        """The next version."""
        now = Held(document, handled)
        readable = now if document.root is not None else self.readable
        good = now if document.content or not self.good.document.content else self.good
        return Snapshot(document.name, self.version + 1, document, readable, good)

    @property
    def text(self) -> str:
        """What is in the file."""
        return self.document.text

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The faults of what is in the file."""
        return self.document.findings

    @property
    def stream(self) -> Stream | None:
        """The stream to show: the file's, or the last good one while the file is at fault."""
        return self.document.stream or self.good.document.stream

    @property
    def goals(self) -> Goals | None:
        """The goals to show, likewise."""
        return self.document.goals or self.good.document.goals

    @property
    def workspace(self) -> Workspace | None:
        """What streams share, likewise."""
        return self.document.workspace or self.good.document.workspace

    @property
    def digest(self) -> str:
        """Of the file's bytes."""
        return self.document.digest or ""

    @property
    def tag(self) -> str:
        """An entity tag for HTTP: differs wherever the version or the bytes do."""
        return f'"{self.version}-{self.digest[:16]}"'

    @property
    def handled(self) -> Handled:
        """The handles of the elements in the file."""
        return self.readable.handled

    @property
    def handles(self) -> tuple[str, ...]:
        """The handles of the shown steps (of goals: of the key results), in their order."""
        shown = self.readable if self.document.content else self.good
        return tuple(element.handle for element in shown.handled.below)

    def place(self, handle: str | None) -> Place:
        """Where an element stands; () for the document. Raises NoElement where it is gone."""
        if handle is None:
            return ()
        if handle not in self.handled.places:
            raise NoElement("this element is not there any more; look at what is there now")
        return self.handled.places[handle]

    def handle(self, place: Place) -> str | None:
        """The handle of the element at a place, or of the nearest around it."""
        found = (self.handled.at.get(place[:end]) for end in range(len(place), 0, -1))
        return next(filter(None, found), None)

    def value(self, handle: str | None, key: Place = ()) -> Any:
        """What the file says at a key of an element; None where nothing stands there."""
        node = self.document.node((*self.place(handle), *key))
        if node is None and key[-1:] == ("receives",):
            # `value: text` says what is received.
            above = self.document.node((*self.place(handle), *key[:-1]))
            node = above if isinstance(above, Scalar) else None
        return None if node is None else plain(node)

    def name(self, handle: str | None) -> str:
        """An element in a sentence."""
        if handle is None:
            return self.key
        data = self.value(handle)
        named = (data.get(key) for key in ("step", "key result")) if isinstance(data, dict) else ()
        return repr(next((str(name) for name in named if name is not None), handle))
