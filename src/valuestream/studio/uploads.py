"""Files on their way into the workspace: in a hidden place of the folder until they are wanted."""

import os
import secrets
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path, PureWindowsPath

from valuestream.events.readers import readers
from valuestream.model.names import identify
from valuestream.store import Refused, Unsaved

HIDDEN = ".valuestream-uploads"
MOST = 2 << 30
"""So many bytes may a log have; a larger one is laid into the folder by hand."""
_SPARE = 256 << 20
"""So many bytes of the disk stay free."""
_LEFT = 86_400.0
"""So many seconds old, a file here is nobody's any more."""
_LONGEST_NAME = 60


class TooLarge(Refused):
    """A file has more bytes than may come in."""


def endings() -> tuple[str, ...]:
    """The endings of the files that can be read as logs, the longer ones first."""
    every = {ending for reader in readers() for ending in reader.SUFFIXES}
    return tuple(sorted(every, key=lambda ending: (-len(ending), ending)))


def safe_name(said: str) -> str:
    """The name of a file as the folder may have it. Raises Refused where it is no log by its end.

    Of what somebody said only letters, digits and the ending are kept: no folders, no markup.
    """
    name = PureWindowsPath(said).name
    ending = next((e for e in endings() if name.lower().endswith(e)), None)
    if ending is None:
        known = ", ".join(sorted(endings()))
        raise Refused(f"{name[-60:]!r} is no event log by its ending; logs end in {known}")
    stem = identify(name[: -len(ending)])[:_LONGEST_NAME].strip("-")
    return f"{stem or 'log'}{ending}"


async def receive(
    folder: Path, said: str, pieces: AsyncIterator[bytes], length: int | None
) -> Path:
    """Takes a file in, piece by piece; where it is now. Nothing is left where it is refused."""
    name = safe_name(said)
    if length is not None:
        _refuse_more(length)
    place = _inside(folder, HIDDEN) / secrets.token_hex(8)
    try:
        place.mkdir(parents=True, mode=0o700)
        _refuse_full(folder, length or 0)
        with (place / name).open("xb") as file:
            taken = 0
            async for piece in pieces:
                taken += len(piece)
                _refuse_more(taken)
                if taken % _SPARE < len(piece):
                    _refuse_full(folder, 0)
                file.write(piece)
        _refuse_empty(name, taken)
    except OSError as error:
        discard(place / name)
        raise Unsaved(f"{name} is not taken in: {error.strerror or error}") from None
    except BaseException:
        discard(place / name)
        raise
    return place / name


def _inside(folder: Path, name: str) -> Path:
    """A folder in the folder. Raises Refused where a link leads out of it."""
    place = folder / name
    if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(folder)):
        raise Refused(f"{name} leads out of the workspace's folder; make it a folder in it")
    return place


def _refuse_more(size: int) -> None:
    if size > MOST:
        raise TooLarge(
            f"a log that is sent here has at most {MOST >> 30} GB; lay a larger one into the "
            "workspace's folder, and choose it from there"
        )


def _refuse_empty(name: str, size: int) -> None:
    if not size:
        raise Refused(f"{name} is empty; a log needs rows")


def _refuse_full(folder: Path, size: int) -> None:
    if shutil.disk_usage(folder).free < size + _SPARE:
        raise Unsaved("the disk has no room for this file; free some, and try again")


def discard(path: Path) -> None:
    """Removes a file that was taken in, and the place it was in."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
    for place in (path.parent, path.parent.parent):
        with suppress(OSError):
            place.rmdir()


def sweep(folder: Path) -> None:
    """Removes what a studio left that ended all of a sudden."""
    for path in (folder / HIDDEN).glob("*/*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFT:
                discard(path)


def settle(path: Path, folder: Path) -> Path:
    """Moves a file that was taken in to `logs/`, under a name that is free; where it is then."""
    home = _inside(folder, "logs")
    ending = next(e for e in endings() if path.name.endswith(e))
    stem = path.name[: -len(ending)]
    try:
        home.mkdir(exist_ok=True)
        for number in range(1, 1000):
            to = home / (path.name if number == 1 else f"{stem}-{number}{ending}")
            with suppress(FileExistsError):
                # Whoever takes the name first has it; the file itself follows in one move.
                os.close(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
                path.replace(to)
                discard(path)
                return to
    except OSError as error:
        raise Unsaved(f"logs/{path.name} is not saved: {error.strerror}") from None
    raise Refused(f"there are too many logs named {path.name}; give the file another name")
