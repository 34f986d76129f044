"""Writing files: whole or not at all."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.draw import Picture


def write(path: Path, content: str | bytes) -> None:
    """Writes the file, or leaves what was there. Raises InputError where its folder is missing."""
    from valuestream.text.whole import write_whole

    if not path.parent.is_dir():
        raise InputError(f"{path.parent} is no folder; make it first, or write elsewhere")
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file in it")
    write_whole(path, content.encode() if isinstance(content, str) else content)


def write_picture(path: Path, picture: "Picture") -> None:
    """Writes a picture as its file's ending says; says that it did, and what it could not show."""
    ending = path.suffix.lower()
    if ending == ".svg":
        write(path, picture.standalone)
    else:
        write(path, picture.png() if ending == ".png" else picture.pdf())
    print(f"{path} written", file=sys.stderr)
    for note in picture.notes:
        print(f"valuestream: {note}", file=sys.stderr)


def write_new(path: Path, content: str | bytes) -> None:
    """Writes the file where there is none. Raises InputError where there is one."""
    if path.exists():
        raise InputError(f"{path} is there already; give another name, or remove it first")
    write(path, content)
