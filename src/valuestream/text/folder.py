"""Folders of texts: which files they have, and what is wrong in and between them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from valuestream.model.stream import Stream
from valuestream.model.system import System
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

    @property
    def title(self) -> str:
        """The workspace's name, else the folder's."""
        return self.workspace.workspace if self.workspace else _absolute(self.path).name

    @cached_property
    def streams(self) -> tuple[tuple[Document, Stream], ...]:
        """The streams without faults, and their documents."""
        return tuple((d, d.stream) for d in self.documents if d.stream)

    @cached_property
    def by_name(self) -> dict[str, Stream | None]:
        """The streams by id and by name, case-folded; None for one with faults."""
        streams = self.system.streams
        named = self.system.names.items()
        return {name: None if place is None else streams[place] for name, place in named}

    @cached_property
    def system(self) -> System:
        """The streams, in the order of `streams`, and how they build each other."""
        faulty = (d.node(("stream",)) for d in self.documents if d.stream is None)
        names = tuple(node.text for node in faulty if isinstance(node, Scalar))
        return System(tuple(stream for _, stream in self.streams), names)


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


def around(path: Path) -> Folder:
    """The workspace that a file stands in, with all its texts."""
    home = _home(path, frozenset())
    return Folder(home, tuple(map(read, _beside(home, is_workspace=any(_shared_in(home))))))


def workspace(path: Path) -> Folder:
    """The workspace that a file or a folder stands in, with all its texts.

    A folder that lies in none is one itself.
    """
    if not _is_folder(path):
        return around(path)
    home = _home(path / SHARED[0], frozenset())
    home = path if home == _absolute(path) else home
    return Folder(home, tuple(map(read, workspace_files(home))))


def _beside(home: Path, *, is_workspace: bool) -> Iterable[Path]:
    if is_workspace:
        return workspace_files(home)
    # A lone file's folder may be anybody's: what lies below it is not looked through.
    return (p for p in sorted(home.iterdir()) if p.name.lower().endswith(ENDINGS))


def _read(home: Path, asked: Sequence[Path], named: frozenset[Path]) -> CheckedFolder:
    documents = tuple(map(read, asked))
    seen = {_absolute(p) for p in asked}
    if not any(link in d.text for d in documents for link in _LINKING):
        beside: Iterable[Path] = _shared_in(home)
    else:
        beside = _beside(home, is_workspace=home in named or any(_shared_in(home)))
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
