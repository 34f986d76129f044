"""The folder of a workspace: which names lie in it, and its files read, written, moved."""

import glob
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from valuestream.improvements.lock import locked_folder
from valuestream.model.findings import Finding
from valuestream.store import journal
from valuestream.store.errors import NoDocument, Refused, Unsaved
from valuestream.text.document import SHARED, Document, parse, read
from valuestream.text.edits import ChangedOutside, EditRefused
from valuestream.text.files import write as write_file
from valuestream.text.folder import ENDINGS, workspace_files
from valuestream.text.source import LIMIT, digest

TRASH = ".valuestream-trash"
_LONGEST_NAME = 200
_LEFT = 60.0
"""So many seconds old, a half-written file is nobody's any more."""


class Disk:
    """A workspace's folder."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise Refused(f"{folder} is no folder; name the folder of a workspace")

    def path(self, key: str) -> Path:
        """The path of a document. Raises NoDocument where it would lie outside of the folder."""
        parts = PurePosixPath(key).parts
        if not key or "\0" in key or "\\" in key or key.startswith("/") or ".." in parts:
            raise NoDocument(
                f"{_shown(key)} is no name in this folder; give one such as a.stream.yaml"
            )
        if any(part.startswith(".") for part in parts) or not _is_text(parts[-1] if parts else ""):
            ends = ", ".join(e for e in ENDINGS if e.endswith("yaml"))
            raise NoDocument(f"{_shown(key)} is no document; its name ends in {ends}")
        path = self.folder / key
        try:
            inside = Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.folder))
        except (OSError, ValueError):
            inside = False
        if not inside:
            raise NoDocument(f"{_shown(key)} leads out of this folder; copy the file into it")
        return path

    def keys(self) -> tuple[str, ...]:
        """The documents that are there, by name."""
        found = (p.relative_to(self.folder).as_posix() for p in workspace_files(self.folder))
        return tuple(sorted(found))

    def sign(self, key: str) -> tuple[int, ...] | None:
        """What changes when the file does, without reading it; None where it is gone."""
        try:
            seen = (self.folder / key).stat()
        except (OSError, ValueError):
            return None
        return seen.st_mtime_ns, seen.st_size, seen.st_ino

    def read(self, key: str) -> Document:
        """The document in a file; faults, also of the disk's, are its findings."""
        try:
            return read(self.path(key), key)
        except NoDocument as refused:
            why, _, advice = str(refused).partition("; ")
            return Document(key, "", findings=(Finding("VS001", "error", why, advice, file=key),))

    def digest(self, key: str) -> str | None:
        """Of the file's bytes now; None where it is gone or cannot be read."""
        try:
            return digest(self.path(key).read_bytes())
        except OSError:
            return None

    def write(self, document: Document) -> Document:
        """Writes a document to its file; as it is on the disk then.

        Raises Unsaved where the disk refuses, and ChangedOutside where somebody else was first.
        """
        path = self.path(document.name)
        if len(document.text.encode(errors="replace")) + 3 > LIMIT:
            raise Unsaved(f"{document.name} would be larger than {LIMIT:,} bytes; split the stream")
        try:
            if document.digest is not None and not os.access(path, os.W_OK):
                raise PermissionError(13, "it is read-only")
            # Under its own path, so that only the file that was read is replaced.
            return write_file(replace(document, path=path if document.digest else None), path)
        except ChangedOutside:
            raise
        except OSError as error:
            reason = error.strerror or str(error)
            raise Unsaved(
                f"{document.name} is not saved: {reason}; the file is what it was"
            ) from None

    @contextmanager
    def together(self, documents: Sequence[Document]) -> Iterator[None]:
        """While several documents are written: killed meanwhile, `finish` writes the rest.

        Raises Unsaved where the disk refuses.
        """
        if len(documents) < 2:
            yield
            return
        try:
            journal.begin(self.folder, documents)
        except OSError as error:
            raise Unsaved(f"nothing is saved: {error.strerror or error}") from None
        try:
            yield
        except Exception:
            journal.end(self.folder)  # It was taken back.
            raise
        journal.end(self.folder)

    def finish(self) -> None:
        """Writes the rest of what somebody began who was killed; never over others' work."""
        for own in journal.begun(self.folder):
            with suppress(NoDocument, Unsaved, ChangedOutside, EditRefused):
                if self.digest(own.key) == own.before:
                    self.write(replace(self.read(own.key), text=own.text))
        journal.end(self.folder)

    def create(self, key: str, text: str) -> Document:
        """Writes a new file. Raises Refused where there is one already."""
        path = self.path(key)
        if len(PurePosixPath(key).name.encode()) > _LONGEST_NAME:
            raise Refused(f"this name has more than {_LONGEST_NAME} bytes; choose a shorter one")
        if os.path.lexists(path):
            raise Refused(f"{key} is there already; choose another name")
        document = parse(text, key)
        if document.findings:
            fault = document.findings[0]
            raise Refused(f"{fault.message}; {fault.suggestion}".rstrip("; "), document.findings)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unsaved(f"{key} is not saved: {error.strerror}") from None
        return self.write(document)

    def move(self, key: str, to: str) -> None:
        """Gives a file another name. Raises Refused where that is taken, Unsaved by the disk."""
        self._move(self.path(key), self.path(to), to)

    def throw_away(self, key: str) -> str:
        """Moves a file into the trash; its name there."""
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}+{key.replace('/', '+')}"
        self._move(self.path(key), self.folder / TRASH / name, name)
        return name

    def take_back(self, name: str, key: str) -> None:
        """Moves a file out of the trash."""
        if PurePosixPath(name).name != name:
            raise NoDocument(f"{_shown(name)} is no name in the trash")
        self._move(self.folder / TRASH / name, self.path(key), key)

    def _move(self, path: Path, to: Path, name: str) -> None:
        try:
            to.parent.mkdir(parents=True, exist_ok=True)
            if os.path.lexists(to):
                raise Refused(f"{name} is there already; choose another name")
            path.rename(to)
        except FileNotFoundError:
            raise NoDocument(f"{path.name} is gone") from None
        except OSError as error:
            raise Unsaved(f"{path.name} stays where it is: {error.strerror}") from None

    def sweep(self) -> None:
        """Removes what a store that was killed in the middle of writing left."""
        for key in self.keys():
            path = self.folder / key
            for left in path.parent.glob(f".{glob.escape(path.name[:40])}.????????.tmp"):
                with suppress(OSError):
                    if time.time() - left.stat().st_mtime > _LEFT:
                        left.unlink()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While no other store writes in the folder."""
        try:
            held = locked_folder(self.folder)
            held.__enter__()
        except OSError as error:
            raise Unsaved(f"nothing can be saved: {self.folder}: {error.strerror}") from None
        try:
            yield
        finally:
            held.__exit__(None, None, None)


def _is_text(name: str) -> bool:
    return name in SHARED or name.lower().endswith(ENDINGS)


def _shown(key: str) -> str:
    return repr(key if len(key) <= 80 else key[:79] + "…")
