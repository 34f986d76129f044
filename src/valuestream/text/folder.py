"""Folders of texts: which files they have, and what is wrong in and between them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from valuestream.model.stream import Stream
from valuestream.model.workspace import Workspace
from valuestream.text.document import SHARED, Document, read
from valuestream.text.nodes import Scalar

ENDINGS = (".stream.yaml", ".stream.yml", ".goals.yaml", ".goals.yml")
_LINKING = ("detailed in", "develops", "changes", "measure")
"""The keys by which a text speaks of another; without them the others are not read."""


@dataclass(frozen=True)
class Folder:
    """The documents of a workspace: a folder with all below it but other workspaces' folders."""

    path: Path
    documents: tuple[Document, ...] = field(default=())

    @cached_property
    def workspace(self) -> Workspace | None:
        """What its valuestream.yaml holds; None where there is none without faults."""
        return next((d.workspace for d in self.documents if d.workspace), None)

    @cached_property
    def streams(self) -> tuple[tuple[Document, Stream], ...]:
        """The streams without faults, and their documents."""
        return tuple((d, d.stream) for d in self.documents if d.stream)

    @cached_property
    def by_name(self) -> dict[str, Stream | None]:
        """The streams by id and by name, case-folded; None for one with faults."""
        found: dict[str, Stream | None] = {}
        for document in self.documents:
            written = document.node(("stream",))
            if document.stream is None and isinstance(written, Scalar):
                found.setdefault(written.text.casefold(), None)
        for _, stream in self.streams:
            found.setdefault(stream.stream.casefold(), stream)
        for _, stream in self.streams:
            found[stream.key.casefold()] = stream
        return found


def files(paths: Iterable[str | Path]) -> tuple[Path, ...]:
    """The texts among the paths: files as named, folders with all that is below them."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if _is_folder(path):
            found.update(dict.fromkeys(_texts_below(path)))
        else:
            found[path] = None
    return tuple(found)


@dataclass(frozen=True)
class CheckedFolder:
    """A workspace, and those of its documents that were asked for."""

    folder: Folder
    documents: tuple[Document, ...]


def read_folders(paths: Iterable[str | Path]) -> tuple[CheckedFolder, ...]:
    """The workspaces of the paths' files, each file read once, in the order of the paths."""
    given = [Path(path) for path in paths]
    named = frozenset(_absolute(path) for path in given if _is_folder(path))
    asked: dict[Path, list[Path]] = {}
    for path in files(given):
        asked.setdefault(_home(path, named), []).append(path)
    return tuple(_read(home, own, named) for home, own in asked.items())


def _read(home: Path, asked: Sequence[Path], named: frozenset[Path]) -> CheckedFolder:
    documents = tuple(map(read, asked))
    seen = {_absolute(p) for p in asked}
    if not any(link in d.text for d in documents for link in _LINKING):
        beside: Iterable[Path] = _shared_in(home)
    elif home in named or any(_shared_in(home)):
        beside = workspace_files(home)
    else:
        # A lone file's folder may be anybody's: what lies below it is not looked through.
        beside = (p for p in sorted(home.iterdir()) if p.name.lower().endswith(ENDINGS))
    others = tuple(read(p) for p in beside if _absolute(p) not in seen)
    return CheckedFolder(Folder(home, (*documents, *others)), documents)


def _home(path: Path, named: frozenset[Path]) -> Path:
    """The folder of a file's workspace.

    The nearest one with a valuestream.yaml, else the nearest one named, else the file's own.
    """
    own = _absolute(path).parent
    above = (own, *own.parents)
    shared = (folder for folder in above if any(_shared_in(folder)))
    return next(shared, None) or next((folder for folder in above if folder in named), own)


def _shared_in(folder: Path) -> list[Path]:
    return [folder / name for name in SHARED if (folder / name).is_file()]


def _texts_below(folder: Path) -> Iterator[Path]:
    """The texts in a folder and below it; hidden folders are left out."""
    for here, _, names in _walk(folder):
        yield from (here / name for name in names)


def workspace_files(folder: Path) -> Iterator[Path]:
    """The texts in a folder and below it, without those of other workspaces."""
    for here, folders, names in _walk(folder):
        if here != folder and any(name in SHARED for name in names):
            folders.clear()
        else:
            yield from (here / name for name in names)


def _walk(folder: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "node_modules")
        texts = [n for n in sorted(names) if n in SHARED or n.lower().endswith(ENDINGS)]
        yield Path(where), folders, texts


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100, since links stay what they are


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
