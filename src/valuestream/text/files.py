"""Texts back into their files: whole or not at all, and never over somebody's work."""

import os
from dataclasses import replace
from pathlib import Path

from valuestream.text.document import Document
from valuestream.text.edits import ChangedOutside, EditRefused
from valuestream.text.source import BOM, digest
from valuestream.text.whole import write_whole


def write(document: Document, path: str | Path | None = None) -> Document:
    """Writes a document to its file, or to another path; the document as it is on the disk now.

    Raises ChangedOutside where the file is no longer what was read, or where another path holds a
    file already, and OSError where the disk refuses. The file appears whole or stays as it was.
    """
    target = Path(path) if path is not None else document.path
    if target is None:
        raise EditRefused(f"{document.name} has no file yet; name one to write to")
    # Through a link to the file itself, which would be replaced otherwise.
    real = Path(os.path.realpath(target))
    _refuse_changed(document, target, real)
    try:
        data = (BOM * document.has_bom + document.text).encode()
    except UnicodeEncodeError as error:
        raise EditRefused(f"{document.name} cannot be written as UTF-8: {error.reason}") from None
    write_whole(real, data)
    return replace(document, path=target, digest=digest(data))


def _refuse_changed(document: Document, target: Path, real: Path) -> None:
    is_own = document.path is not None and Path(os.path.realpath(document.path)) == real
    try:
        now = digest(real.read_bytes())
    except FileNotFoundError:
        if is_own and document.digest is not None:
            raise ChangedOutside(
                f"{target} is gone since it was read; write it under a name"
            ) from None
        return
    if is_own and now != document.digest:
        raise ChangedOutside(f"{target} has changed since it was read; read it again, then edit it")
    if not is_own:
        raise ChangedOutside(f"{target} is there already; choose another name or remove it")
