"""What changes when a log is written to, seen without reading it."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from glob import escape, has_magic, iglob
from itertools import islice
from pathlib import Path

from valuestream.events.repository import is_repository

_MOST = 2000
"""So many files of a folder or a pattern are looked at."""
_LONGEST = 4096


def sign_of(source: str) -> object:
    """Another value once the files of a log are others; None where it is none of files."""
    if "://" in source:
        return None
    path = Path(source)
    with suppress(OSError, ValueError):
        if is_repository(source):
            return sign_of_commits(path)
        pattern = f"{escape(source)}/**" if path.is_dir() else source
        # A name with brackets in it may be that of a file.
        is_one = path.is_file() or not has_magic(pattern)
        found = iglob(pattern, recursive=True)  # noqa: PTH207  (patterns may be absolute)
        return tuple(_signs((source,) if is_one else islice(found, _MOST)))
    return None


def sign_of_commits(folder: Path) -> object:
    """Another value once something is committed, or checked out; None outside of git.

    `folder` lies in a work tree, or is a bare repository.
    """
    above = (own / ".git" for own in (folder, *folder.absolute().parents))
    home = next((own for own in above if own.exists()), None)
    if home is None and is_repository(str(folder)):
        home = folder
    if home is None:
        return None
    with suppress(OSError, ValueError):
        # Of a work tree of its own, `.git` is a file that says where its folder is.
        if home.is_file():
            home = home.parent / _line(home).removeprefix("gitdir:").strip()
        shared = home / _line(home / "commondir")
        head = _line(home / "HEAD").removeprefix("ref:").strip()
        own = (home / "logs" / "HEAD", shared / head, shared / "packed-refs")
        return (head, *_signs(map(str, own)))
    return None


def _line(path: Path) -> str:
    """The line in one of git's small files; empty where it is none."""
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(_LONGEST).strip()


def _signs(paths: Iterable[str]) -> Iterator[tuple[str, int, int]]:
    for path in paths:
        with suppress(OSError):
            seen = Path(path).stat()
            yield path, seen.st_mtime_ns, seen.st_size
