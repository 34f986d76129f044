"""What git knows of a document: who changed it when, and how it was then."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from valuestream.model.errors import InputError
from valuestream.store.errors import NoDocument
from valuestream.text.document import Document, parse

if TYPE_CHECKING:
    from valuestream.events.repository import Repository

_FORMAT = "%x1e%H%x1f%aI%x1f%an%x1f%s%x1f"
_COMMIT = re.compile("\x1e(?=[0-9a-f]{40,64}\x1f)")
"""Where the next one begins: what people write may hold the same signs."""
MOST = 500
"""So many commits are looked up."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that changed a document. `path` is the file's then, in the repository."""

    id: str
    author: str
    at: datetime
    message: str
    path: str


def history(path: Path) -> tuple[Commit, ...]:
    """The commits that changed a file, the latest first, also under names that it had before.

    At most `MOST` of them.
    """
    found = _repository(path)
    if found is None:
        return ()
    repository, name = found
    try:
        said = repository.git(
            "log", f"--max-count={MOST}", "--follow", "--no-ext-diff", "--no-textconv",
            "--name-only", "-z", f"--format={_FORMAT}", "HEAD", "--", name,
        )  # fmt: skip
    except InputError:
        return ()  # Nothing is committed yet.
    records = _COMMIT.split(said.decode(errors="replace"))[1:]
    return tuple(map(_commit, records))


def _commit(record: str) -> Commit:
    id_, at, rest = record.split("\x1f", 2)
    people, _, name = rest.rpartition("\x1f")
    author, _, message = people.partition("\x1f")
    return Commit(id_, author, datetime.fromisoformat(at), message, name.strip("\0\n"))


def document(path: Path, commit: Commit) -> Document:
    """A file as a commit has it. Raises NoDocument where it has none."""
    found = _repository(path)
    try:
        data = found[0].git("cat-file", "blob", f"{commit.id}:{commit.path}") if found else None
    except InputError as error:
        raise NoDocument(str(error)) from None
    if data is None:
        raise NoDocument(f"{path.name} is in no git repository")
    return parse(data.decode(errors="replace"), f"{path.name}@{commit.id[:10]}")


def _repository(path: Path) -> "tuple[Repository, str] | None":
    """The repository that a file lies in, and the file's path in it."""
    # Here, since whoever edits need not wait for what reads events.
    from valuestream.events.repository import Repository

    own = path.resolve()
    top = next((folder for folder in own.parents if (folder / ".git").exists()), None)
    if top is None:
        return None
    return Repository(top / ".git", str(path)), own.relative_to(top).as_posix()
