"""An edit of several files, written down before the first of them is written.

No order of writing makes every state between valid: one file has the new name while another has
the old one. So whoever opens the folder after a kill finishes what was begun.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from valuestream.text.document import Document
from valuestream.text.whole import write_whole

NAME = ".valuestream-unfinished"


@dataclass(frozen=True, slots=True)
class Begun:
    """A file that was to be written: its document's key, its digest before, its text after."""

    key: str
    before: str
    text: str


def begin(folder: Path, documents: Sequence[Document]) -> None:
    """Writes down what is to be written. Raises OSError where the disk refuses."""
    rows = [[d.name, d.digest, d.text] for d in documents]
    write_whole(folder / NAME, json.dumps(rows).encode())


def begun(folder: Path) -> tuple[Begun, ...]:
    """What was begun and not ended; nothing where it cannot be read."""
    path = folder / NAME
    with suppress(OSError, ValueError, TypeError):
        rows = json.loads(path.read_bytes()) if path.is_file() else []
        return tuple(Begun(str(key), str(before), str(text)) for key, before, text in rows)
    return ()


def end(folder: Path) -> None:
    """Forgets it: all of it is written, or none."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
