"""The workspace that a studio shows: its streams, goals and shared file, as they are on the disk."""

import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from valuestream.model.errors import InputError
from valuestream.model.goals import Goals
from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.studio.addresses import stream_address
from valuestream.text import Document
from valuestream.text.folder import Folder, files, read_folders

_ENDINGS = (".stream.yaml", ".stream.yml")


@dataclass(frozen=True)
class Kept:
    """A stream's text in the workspace: the name in its address, its document, its version."""

    name: str
    document: Document
    version: int

    @property
    def stream(self) -> Stream | None:
        """The stream; None where a fault is in the way."""
        return self.document.stream

    @property
    def address(self) -> str:
        """Where its page is."""
        return stream_address(self.name)

    @property
    def is_editable(self) -> bool:
        """Whether it can be changed here."""
        return False

    def handle(self, place: int) -> str:
        """What operations call the step at a place."""
        return self.stream.steps[place].key if self.stream else ""

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
        """The streams of a kind; those with faults in their text are of the kind "faulty"."""
        return tuple(k for k in self.streams if (k.stream.kind if k.stream else "faulty") == kind)

    def of(self, name: str) -> Kept | None:
        """The stream of that name; None where there is none."""
        return next((kept for kept in self.streams if kept.name == name), None)


class LiveWorkspace:
    """A folder of texts, looked at anew when one of its files has changed."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise InputError(f"{path} is no folder; name one that is there")
        self.path = path.absolute()
        self._lock = threading.Lock()
        self._stamp: object = None
        self._contents: Contents | None = None

    def contents(self) -> Contents:
        """What it holds now."""
        with self._lock:
            stamp = _stamp(self.path)
            if self._contents is None or stamp != self._stamp:
                revision = self._contents.revision + 1 if self._contents else 1
                self._contents = _read(self.path, revision)
                self._stamp = stamp
            return self._contents


def _stamp(path: Path) -> object:
    found = []
    for file in files([path]):
        status = file.stat()
        found.append((str(file), status.st_mtime_ns, status.st_size))
    return tuple(found)


def _read(path: Path, revision: int) -> Contents:
    folders = read_folders([path])
    documents = tuple(d for one in folders for d in one.folder.documents)
    streams = tuple(
        Kept(name, document, revision)
        for document in documents
        if document.path and (name := _name(document.path, path))
    )
    ordered = tuple(sorted(streams, key=lambda kept: kept.title.casefold()))
    return Contents(revision, path, Folder(path, documents), ordered)


def _name(file: Path, folder: Path) -> str | None:
    """The file's way from the folder without its ending; None for other texts."""
    for ending in _ENDINGS:
        if file.name.lower().endswith(ending):
            return file.absolute().relative_to(folder).as_posix()[: -len(ending)]
    return None
