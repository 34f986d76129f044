"""Compressed files that hold vastly more than they seem to."""

import gzip
import zlib
from pathlib import Path

from valuestream.events.errors import EventsError

_ENOUGH = 200 << 20
"""So many bytes may be in any file."""
_RATIO = 150
"""Logs shrink to a tenth or a fortieth; a thousandth is all that gzip can do, on one letter."""
_PIECE = 1 << 20


def refuse_bomb(path: Path) -> None:
    """Raises EventsError for a gzip file that was made to fill memory or disk, or is broken."""
    with path.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return
        file.seek(0)
        taken = 0
        try:
            with gzip.open(file) as unpacked:
                while piece := unpacked.read(_PIECE):
                    taken += len(piece)
                    if taken > _ENOUGH:
                        break
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise EventsError(f"{path} is no whole gzip file; compress it again") from error
        if taken > _ENOUGH and taken > _RATIO * file.tell():
            raise EventsError(
                f"{path} would fill the disk when it is unpacked: more than {_RATIO} times its "
                "size; give the log as it is, not compressed"
            )
