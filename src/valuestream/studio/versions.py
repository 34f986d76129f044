"""States of a stream that can be looked at side by side, and what was done between them.

An address calls them: "" what is there now, `version:N` since the studio was opened, `commit:ID` of
git, `scenario:NAME`, `stream:NAME` another stream.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from valuestream.compare import Version
from valuestream.model.errors import InputError
from valuestream.store import Commit, NoDocument, Revision
from valuestream.store import commits as git
from valuestream.studio.studio import Studio
from valuestream.studio.workspace import Kept
from valuestream.text import Document
from valuestream.text.changes import changes

SHOWN = 40
"""So many of the latest commits, and of what was done since, are told in words."""
_SAID = 6


@dataclass(frozen=True, slots=True)
class Done:
    """Something that was done: who, when, with which words, and what it changed.

    `name` and `before` are the states after and before it; `before` is None where nothing was.
    `more` counts the changes that are not said.
    """

    name: str
    before: str | None
    who: str | None
    at: datetime
    words: str
    says: tuple[str, ...]
    more: int


def version_of(studio: Studio, kept: Kept, past: tuple[Commit, ...], name: str) -> Version:
    """The state that an address calls so. Raises InputError where it cannot be had."""
    kind, _, which = name.partition(":")
    if kind == "scenario":
        return _readable(kept.document, which)
    if kind == "stream":
        return _readable(studio.stream(which).document)
    return _readable(document_of(studio, kept, past, name))


def document_of(studio: Studio, kept: Kept, past: tuple[Commit, ...], name: str) -> Document:
    """The text of a state of the stream itself. Raises InputError where it cannot be had."""
    kind, _, which = name.partition(":")
    found: Document | None = None
    if kind == "":
        found = kept.document
    elif kind == "version" and which.isdecimal() and len(which) < 20:
        found = studio.store.document_at(kept.key, int(which))
    elif kind == "commit":
        commit = next((c for c in past if c.id == which), None)
        found = _document_in(kept.snapshot.document.path, commit) if commit else None
    if found is None:
        raise NoDocument(f"there is no {name[:80]!r} of {kept.title}; choose one from the lists")
    return found


@lru_cache(maxsize=64)
def _document_in(path: Path, commit: Commit) -> Document:
    return git.document(path, commit)


def _readable(document: Document, scenario: str = "") -> Version:
    if document.stream is None:
        fault = document.findings[0].message if document.findings else "it is empty"
        raise InputError(f"{document.name} cannot be drawn: {fault}; choose another one")
    return Version.of(document, document.stream, scenario or None)


def since_opened(studio: Studio, kept: Kept) -> tuple[Done, ...]:
    """What was done to a stream since the studio was opened, the latest first."""
    return tuple(_since(studio, kept))


def _since(studio: Studio, kept: Kept) -> Iterator[Done]:
    for revision in reversed(studio.store.revisions(kept.key)[-SHOWN:]):
        before = studio.store.version_before(kept.key, revision.version)
        says = _revised(studio, kept.key, before, revision)
        who = studio.names.get(revision.author or "", revision.author)
        yield Done(
            f"version:{revision.version}",
            f"version:{before}",
            who,
            revision.at,
            revision.operation,
            says[:_SAID],
            len(says[_SAID:]),
        )


@lru_cache(maxsize=2000)
def _revised(studio: Studio, key: str, before: int, revision: Revision) -> tuple[str, ...]:
    one = studio.store.document_at(key, before)
    other = studio.store.document_at(key, revision.version)
    return _said(one, other) if one and other else ()


def committed(kept: Kept, past: tuple[Commit, ...]) -> tuple[Done, ...]:
    """The latest commits that changed a stream, the latest first."""
    path = kept.snapshot.document.path
    found = []
    for at, commit in enumerate(past[:SHOWN]):
        earlier = past[at + 1] if at + 1 < len(past) else None
        says = _between(path, earlier, commit) if path and earlier else ()
        found.append(
            Done(
                f"commit:{commit.id}",
                f"commit:{earlier.id}" if earlier else None,
                commit.author,
                commit.at,
                commit.message,
                says[:_SAID],
                len(says[_SAID:]),
            )
        )
    return tuple(found)


@lru_cache(maxsize=2000)
def _between(path: Path, earlier: Commit, commit: Commit) -> tuple[str, ...]:
    try:
        return _said(_document_in(path, earlier), _document_in(path, commit))
    except InputError:
        # A commit that took the file away has no text.
        return ()


def _said(one: Document, other: Document) -> tuple[str, ...]:
    return tuple(change.says for change in changes(one.data, other.data))
