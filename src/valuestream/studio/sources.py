"""The event logs of a workspace: those that it names, those of its streams, those lying about."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path

from valuestream.improvements import NAME as ACTS
from valuestream.measure import NamedLog, log_of
from valuestream.measure.logs import named_log
from valuestream.model.errors import InputError
from valuestream.store import NoDocument, Refused, Store
from valuestream.store.operations import SetField
from valuestream.studio.uploads import endings
from valuestream.studio.workspace import Contents, Kept
from valuestream.text.document import SHARED
from valuestream.text.scalars import write

_MOST = 60
_SELDOM = (".txt", ".bundle")
"""Files that are rarely logs: named they are read, but they are not looked for."""


@dataclass(frozen=True, slots=True)
class Source:
    """A log: what texts call it, where it is, which streams are measured on it.

    `name` is its name in valuestream.yaml, empty where it has none; `file` is as a text says it.
    """

    name: str
    file: str
    log: NamedLog
    streams: tuple[Kept, ...] = ()

    @property
    def is_file(self) -> bool:
        """Whether it is one file that is there."""
        return Path(self.log.source).is_file()

    @property
    def is_missing(self) -> bool:
        """Whether it is not there."""
        return self.log.is_missing

    @property
    def kind(self) -> str:
        """What it is by its ending, such as `csv`."""
        if "://" in self.file or has_magic(self.file) or Path(self.log.source).is_dir():
            return ""
        ending = next((e for e in endings() if self.file.lower().endswith(e)), "")
        return ending.removeprefix(".")

    @property
    def size(self) -> int | None:
        """Its bytes, where it is a file."""
        try:
            return Path(self.log.source).stat().st_size if self.is_file else None
        except OSError:
            return None


def sources(contents: Contents) -> tuple[Source, ...]:
    """The logs that texts name, those of valuestream.yaml first."""
    shared = contents.shared
    used: dict[NamedLog, list[Kept]] = {}
    said: dict[NamedLog, str] = {}
    for kept in contents.streams:
        log = _log(kept)
        if log is not None and kept.stream is not None:
            used.setdefault(log, []).append(kept)
            said.setdefault(log, kept.stream.log or "")
    found = []
    for name, named in (shared.logs if shared else {}).items():
        own = named_log(contents.path, named, shared.time_zone if shared else None)
        found.append(Source(name, named.file, own, tuple(used.pop(own, ()))))
    found += [Source("", said[log], log, tuple(streams)) for log, streams in used.items()]
    return tuple(found)


def lying(contents: Contents) -> tuple[Source, ...]:
    """Files of the folder that may be logs and that no text names."""
    named = {os.path.realpath(source.log.source) for source in sources(contents)}
    found = []
    for path in _files(contents.path):
        if os.path.realpath(path) not in named:
            file = path.relative_to(contents.path).as_posix()
            found.append(Source("", file, NamedLog(str(path))))
            if len(found) == _MOST:
                break
    return tuple(found)


def name_log(store: Store, contents: Contents, name: str, file: str, by: str) -> None:
    """Gives a file of the folder a name in valuestream.yaml, which is made if it is missing.

    Raises Refused where the name is taken, or no such log is there.
    """
    own, place = " ".join(name.split()), file.strip()
    if not own or not place:
        raise Refused("a log needs a name and a file; write both")
    known = {one.file for one in (*sources(contents), *lying(contents)) if one.is_file}
    if place not in known and not _is_log_inside(contents.path, place):
        raise Refused(
            f"{place[:80]!r} is no log in the workspace's folder; lay it there, and name it as "
            "seen from there"
        )
    shared, logs = shared_logs(store, contents.path, by)
    if own in logs:
        raise Refused(f"{own[:80]!r} is the name of a log already; choose another one")
    store.apply(shared, SetField(None, ("logs", own), {"file": place}), by)


def _is_log_inside(folder: Path, file: str) -> bool:
    path = folder / file
    inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    return inside and path.is_file() and file.lower().endswith(endings())


def shared_logs(store: Store, folder: Path, by: str) -> tuple[str, dict[str, dict[str, str]]]:
    """The document that streams share, made if it is missing, and the logs that it names."""
    for key in SHARED:
        try:
            return key, store.document(key).document.data.get("logs") or {}
        except NoDocument:
            continue
    store.create(SHARED[0], f"workspace: {write(folder.name or 'Workspace')}\n", by)
    return SHARED[0], {}


def _log(kept: Kept) -> NamedLog | None:
    try:
        return log_of(kept.document)
    except InputError:
        return None


def _files(folder: Path) -> Iterator[Path]:
    wanted = tuple(ending for ending in endings() if ending not in _SELDOM)
    for where, folders, names in os.walk(folder):
        here = Path(where)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f != "node_modules")
        if here != folder and any(name in SHARED for name in names):
            folders.clear()
            continue
        for name in sorted(names):
            path = here / name
            # A link may lead out of the folder.
            if name == ACTS or name.startswith(".") or path.is_symlink():
                continue
            if name.lower().endswith(wanted):
                yield path
