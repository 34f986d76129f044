"""Files that appear whole, or stay as they were."""

import os
import shutil
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Writes a file, or leaves what was there; an existing file keeps its rights.

    Raises OSError where the disk refuses.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, name)
        else:
            # mkstemp's files are the owner's alone; a written file has the usual rights.
            Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
        _settle(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _settle(folder: Path) -> None:
    """Sees to it that a power cut leaves the new file, where folders can be synchronised at all."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@cache
def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
