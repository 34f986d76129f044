"""A file that one process at a time writes, and that nobody reads meanwhile.

The lock ends with the process, however it ends.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 40

    def _lock_alone(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

    def _lock_as_reader(handle: int) -> None:
        _lock_alone(handle)

else:
    import fcntl

    def _lock_alone(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _lock_as_reader(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_SH)


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """A handle that reads and appends, while nobody else has one. Makes the file if need be."""
    while True:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o666)
        try:
            _lock_alone(handle)
            # Git puts another file in its place: the lock of the old one keeps nobody out.
            if _is_still_there(handle, path):
                yield handle
                return
        finally:
            os.close(handle)


@contextmanager
def locked_folder(path: Path) -> Iterator[None]:
    """While nobody else has the folder locked; no file is made for it but on Windows."""
    if sys.platform == "win32":
        with locked(path / ".valuestream.lock"):
            yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        _lock_alone(handle)
        yield
    finally:
        os.close(handle)


def read_locked(path: Path) -> bytes:
    """A file's bytes, while nobody appends to it."""
    with path.open("rb") as file:
        _lock_as_reader(file.fileno())
        return file.read()


def _is_still_there(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
