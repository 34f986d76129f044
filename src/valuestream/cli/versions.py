"""A stream as it is, as a commit has it (`FILE@HEAD~3`), or as a scenario would (`FILE#NAME`)."""

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from valuestream.cli.inputs import open_stream, stream_of
from valuestream.model.errors import InputError

if TYPE_CHECKING:
    from valuestream.compare import Version
    from valuestream.model.stream import Stream
    from valuestream.text import Document


def open_version(which: str) -> "Version":
    """The stream of `FILE`, `FILE@COMMIT`, `FILE#SCENARIO` or both. Raises InputError."""
    from valuestream.compare import Version

    file, _, scenario = (which, "", "") if Path(which).exists() else which.partition("#")
    return Version.of(*_opened(file), scenario or None)


def _opened(which: str) -> "tuple[Document, Stream]":
    from valuestream.text import parse

    file, at, revision = which.rpartition("@")
    if not at or Path(which).exists():
        return open_stream(Path(which))
    path = Path(file)
    text = _in_commit(path, revision)
    return stream_of(parse(text, f"{path.name}@{revision}"), which)


def _in_commit(path: Path, revision: str) -> str:
    folder = path.parent if path.parent.is_dir() else Path()
    command = ["git", "-C", str(folder), "show", "--end-of-options", f"{revision}:./{path.name}"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise InputError("git is not there, which reads a commit's files; install it") from None
    if done.returncode:
        why = done.stderr.decode(errors="replace").strip().splitlines()
        raise InputError(
            f"{path}@{revision} cannot be read; git says: {why[-1] if why else 'nothing'}"
        )
    return done.stdout.decode(errors="replace")
