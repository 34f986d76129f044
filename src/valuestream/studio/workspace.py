"""The workspace that a studio shows: what its store holds, as pages name it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import RLock

from valuestream.model.goals import Goals
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.store import NoDocument, Snapshot, Store
from valuestream.studio.addresses import stream_address
from valuestream.text import Document
from valuestream.text.folder import Folder

_ENDINGS = (".stream.yaml", ".stream.yml")


@dataclass(frozen=True)
class Kept:
    """A stream of the workspace, by the name in its address: its file's without the ending.

    `count` tells how often it changed since the studio was opened.
    """

    name: str
    snapshot: Snapshot
    count: int

    @property
    def key(self) -> str:
        """What the store calls it."""
        return self.snapshot.key

    @property
    def version(self) -> int:
        """Its version."""
        return self.snapshot.version

    @property
    def document(self) -> Document:
        """Its text as pages show it: the file's, or the last one without faults."""
        snapshot = self.snapshot
        return snapshot.document if snapshot.document.stream else snapshot.good.document

    @property
    def stream(self) -> Stream | None:
        """The stream; None where there never was one without faults."""
        return self.document.stream

    @property
    def is_faulty(self) -> bool:
        """Whether what is in the file has faults, so that it can only be mended in the text."""
        return self.snapshot.document.stream is None

    @property
    def address(self) -> str:
        """Where its page is."""
        return stream_address(self.name)

    def handle(self, place: int) -> str:
        """What operations call the step at a place, counted from 0."""
        handles = self.snapshot.handles
        return handles[place] if place < len(handles) else ""

    @cached_property
    def title(self) -> str:
        """What it is called."""
        node = self.document.node(("stream",))
        return getattr(node, "text", None) or self.name


@dataclass(frozen=True)
class Contents:
    """All that the workspace holds, in one of its revisions."""

    revision: int
    path: Path
    folder: Folder
    streams: tuple[Kept, ...]

    @property
    def shared(self) -> Workspace | None:
        """What `valuestream.yaml` says."""
        return self.folder.workspace

    @property
    def title(self) -> str:
        """What the workspace is called."""
        return self.shared.workspace if self.shared else self.path.name

    @property
    def goals(self) -> tuple[Goals, ...]:
        """The goals of all its texts."""
        return tuple(d.goals for d in self.folder.documents if d.goals)

    def of_kind(self, kind: str) -> tuple[Kept, ...]:
        """The streams of a kind; those that were never without faults are of the kind "faulty"."""
        return tuple(k for k in self.streams if (k.stream.kind if k.stream else "faulty") == kind)

    @cached_property
    def _by_name(self) -> dict[str, Kept]:
        return {kept.name: kept for kept in self.streams}

    def of(self, name: str) -> Kept:
        """The stream of that name. Raises NoDocument where there is none."""
        if name not in self._by_name:
            raise NoDocument(f"there is no stream {name[:200]!r} in this workspace")
        return self._by_name[name]


class LiveWorkspace:
    """The store's documents, gathered anew when one of them changed."""

    def __init__(self, folder: Path, wake: Callable[[], None]) -> None:
        self.store = Store(folder)
        self.path = folder.absolute()
        self._lock = RLock()
        self._revision = 0
        self._stale = True
        self._versions: tuple[tuple[str, int], ...] = ()
        self._counts: dict[str, tuple[int, int]] = {}
        self._contents: Contents | None = None

        def woken() -> None:
            self._stale = True
            wake()

        self.changes = self.store.subscribe(woken)

    def contents(self) -> Contents:
        """What it holds now. It stays the same object until a document changes."""
        with self._lock:
            if self._contents is None or self._stale:
                self._stale = False
                versions = tuple((s.key, s.version) for s in self.store.documents())
                if self._contents is None or versions != self._versions:
                    self._versions = versions
                    self._revision += 1
                    self._contents = self._gathered()
            return self._contents

    def _gathered(self) -> Contents:
        documents = tuple(d for s in self.store.documents() if (d := s.document))
        kept = (Kept(stream_name(s.key), s, self._count(s)) for s in self.store.streams())
        ordered = tuple(sorted(kept, key=lambda one: one.title.casefold()))
        return Contents(self._revision, self.path, Folder(self.path, documents), ordered)

    def _count(self, snapshot: Snapshot) -> int:
        version, count = self._counts.get(snapshot.key, (0, 0))
        if snapshot.version != version:
            count += 1
            self._counts[snapshot.key] = (snapshot.version, count)
        return count


def stream_name(key: str) -> str:
    """What pages call a stream: its document's key without the ending."""
    ending = next((e for e in _ENDINGS if key.lower().endswith(e)), "")
    return key[: len(key) - len(ending)]
