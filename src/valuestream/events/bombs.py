"""Compressed files that hold vastly more than they seem to."""

import gzip
import zipfile
import zlib
from pathlib import Path

from valuestream.events.errors import EventsError

_ENOUGH = 200 << 20
"""So many bytes may be in any file, however small it is."""
_RATIO = 150
"""Logs shrink to a tenth or a fortieth; a thousandth is all that gzip can do, on one letter."""
_PIECE = 1 << 20


def refuse_bomb(path: Path) -> None:
    """Raises EventsError for a file that was made to fill memory or disk, or is broken gzip."""
    with path.open("rb") as file:
        mark = file.read(4)
    if mark.startswith(b"\x1f\x8b"):
        packed, unpacked = _gzip(path)
    elif mark == b"PK\x03\x04":
        packed, unpacked = _zip(path)
    else:
        return
    if unpacked > _ENOUGH and unpacked > _RATIO * packed:
        raise EventsError(
            f"{path} would fill the disk when it is unpacked: more than {_RATIO} times its size; "
            "give the log as it is, not compressed"
        )


def _gzip(path: Path) -> tuple[int, int]:
    """The bytes of a gzip file, up to where there is enough, and what they unpack to."""
    taken = 0
    try:
        with path.open("rb") as file, gzip.open(file) as unpacked:
            while taken <= _ENOUGH and (piece := unpacked.read(_PIECE)):
                taken += len(piece)
            return file.tell(), taken
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise EventsError(f"{path} is no whole gzip file; compress it again") from error


def _zip(path: Path) -> tuple[int, int]:
    """The bytes of a workbook, and what it says that they unpack to; its reader finds it broken."""
    try:
        with zipfile.ZipFile(path) as parts:
            return path.stat().st_size, sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError):
        return 1, 0
