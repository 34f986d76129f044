"""The file of a workspace's acts: `improvements.jsonl`, which is only ever appended to."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from valuestream.improvements.acts import Act
from valuestream.improvements.lines import Read, read_lines
from valuestream.improvements.lock import locked, read_locked
from valuestream.model.errors import InputError
from valuestream.text.document import SHARED

NAME = "improvements.jsonl"


def home(folder: Path) -> Path:
    """The workspace's folder: the nearest at or above with acts or a valuestream.yaml, else this.

    Raises InputError where there is no such folder.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; name the folder of a workspace")
    own = folder.resolve()
    names = (NAME, *SHARED)
    found = (f for f in (own, *own.parents) if any((f / name).is_file() for name in names))
    above = next(found, own)
    return folder if above == own else above


def read(folder: Path) -> Read:
    """The acts in a workspace's folder; none where it has no file yet."""
    path = folder / NAME
    if not path.exists():
        return Read(str(path))
    _refuse_special(path.stat().st_mode, path)
    return read_lines(read_locked(path), str(path))


def in_folders(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The folders with acts among the paths and below them; hidden ones are left out."""
    found: dict[Path, None] = {}
    for path in paths:
        for here, below, names in os.walk(path):
            below[:] = sorted(f for f in below if not f.startswith(".") and f != "node_modules")
            if NAME in names:
                found[Path(here)] = None
    return tuple(found)


def append(folder: Path, acts_after: Callable[[Read], Sequence[Act]]) -> tuple[Act, ...]:
    """Appends the acts that follow from those that are there, and gives them back.

    Nobody else writes between the look and the writing. A half line that an interrupted writer
    left stays, is named when read, and the new acts begin on a line of their own. Raises OSError
    where the disk refuses, and whatever `acts_after` raises; the file then is what it was.
    """
    path = folder / NAME
    with _opened(path) as handle:
        known = _all(handle)
        acts = tuple(acts_after(read_lines(known, str(path))))
        start = b"" if not known or known.endswith(b"\n") else b"\n"
        _write(handle, start + "".join(f"{act.line}\n" for act in acts).encode(), len(known))
    return acts


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """The file for reading and appending, locked. Refused first acts leave none behind."""
    is_new = not path.exists()
    with locked(path) as handle:
        _refuse_special(os.fstat(handle).st_mode, path)
        try:
            yield handle
        except BaseException:
            if is_new and not os.fstat(handle).st_size:
                # Windows removes no file that is open: there an empty one stays.
                with suppress(OSError):
                    path.unlink()
            raise


def _refuse_special(mode: int, path: Path) -> None:
    if not stat.S_ISREG(mode):
        raise InputError(f"{path} is no regular file; move it away")


def _all(handle: int) -> bytes:
    with os.fdopen(os.dup(handle), "rb") as file:
        file.seek(0)
        return file.read()


def _write(handle: int, data: bytes, size: int) -> None:
    """All in one write, or nothing."""
    try:
        written = os.write(handle, data)
        os.fsync(handle)
    except OSError:
        os.ftruncate(handle, size)
        raise
    if written < len(data):
        os.ftruncate(handle, size)
        raise InputError("the act could only be written in part; make room on the disk")
