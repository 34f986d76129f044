"""Writing files: whole or not at all."""

import os
import tempfile
from pathlib import Path

from valuestream.model.errors import InputError


def write(path: Path, content: str | bytes) -> None:
    """Writes the file, or leaves what was there. Raises InputError where its folder is missing."""
    if not path.parent.is_dir():
        raise InputError(f"{path.parent} is no folder; make it first, or write elsewhere")
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    data = content.encode() if isinstance(content, str) else content
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp's files are the owner's alone; a written file has the usual rights.
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_new(path: Path, content: str | bytes) -> None:
    """Writes the file where there is none. Raises InputError where there is one."""
    if path.exists():
        raise InputError(f"{path} is there already; give another name, or remove it first")
    write(path, content)
