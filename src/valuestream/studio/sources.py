"""The event logs of a workspace: those that it names, those of its streams, those lying about."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path

from valuestream.measure import NamedLog, log_of
from valuestream.measure.logs import named_log
from valuestream.model.errors import InputError
from valuestream.studio.uploads import endings
from valuestream.studio.workspace import Contents, Kept
from valuestream.text.document import SHARED

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
    for name, log in (shared.logs if shared else {}).items():
        own = named_log(contents.path, log, shared.time_zone if shared else None)
        found.append(Source(name, log.file, own, tuple(used.pop(own, ()))))
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
            if name.lower().endswith(wanted) and not name.startswith(".") and not path.is_symlink():
                yield path
