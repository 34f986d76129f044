"""A workspace that many edit at once: a folder of texts, live."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from valuestream.model.findings import Finding
from valuestream.store import commits
from valuestream.store.commits import Commit
from valuestream.store.disk import Disk
from valuestream.store.doing import do
from valuestream.store.draft import Draft
from valuestream.store.errors import NoDocument, Refused, Unsaved
from valuestream.store.feed import MOST, Feed, Subscription
from valuestream.store.identities import improved_places, keeping_ids
from valuestream.store.merging import brought_together, theirs_first
from valuestream.store.operations import Operation, SetText
from valuestream.store.past import Past, Revision
from valuestream.store.presence import Presence
from valuestream.store.shelf import Applied, Doing, Made, Shelf
from valuestream.store.snapshot import Snapshot
from valuestream.store.undoing import Stacks, Together, without
from valuestream.store.watch import Watch
from valuestream.text.document import Document
from valuestream.text.folder import Folder
from valuestream.text.links import faults_between


@dataclass(frozen=True, slots=True)
class Trashed:
    """A document that was deleted: its key, and its file's name in the trash."""

    key: str
    name: str
    author: str
    at: datetime


class Store:
    """The documents of a folder. Safe between threads, and between stores on one folder."""

    def __init__(self, folder: str | Path) -> None:
        self._disk = Disk(folder)
        self._lock = threading.RLock()
        self._feed = Feed()
        self._shelf = Shelf(self._disk, self._feed)
        self._stacks: dict[tuple[str, str], Stacks] = {}
        self._trash: dict[str, Trashed] = {}
        self._watch: Watch | None = None
        self.presence = Presence(self._feed.publish)
        self._disk.sweep()
        with suppress(Unsaved), self._alone():
            pass  # What somebody began who was killed is finished now.
        self.refresh()

    # What is there

    def documents(self) -> tuple[Snapshot, ...]:
        """All documents, by key; those with faults, too."""
        with self._lock:
            return tuple(kept.snapshot for _, kept in sorted(self._shelf.kept.items()))

    def streams(self) -> tuple[Snapshot, ...]:
        """The streams; those with faults, too."""
        return tuple(s for s in self.documents() if ".stream.y" in s.key.lower())

    def document(self, key: str) -> Snapshot:
        """A document as it is now. Raises NoDocument where there is none."""
        with self._lock:
            return self._shelf.of(key).snapshot

    def folder(self) -> Folder:
        """The documents as a workspace, for what is said between them."""
        return Folder(self._disk.folder, tuple(s.document for s in self.documents()))

    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """All faults, each document's own and those between them, by key."""
        folder = self.folder()
        between = faults_between(folder, datetime.now(UTC).date())
        found = {d.name: (*d.findings, *between.get(d.name, ())) for d in folder.documents}
        return {key: findings for key, findings in found.items() if findings}

    def subscribe(self, wake: Callable[[], None] | None = None, most: int = MOST) -> Subscription:
        """Hears of every change from now on; `wake` is called, from any thread, at each."""
        return self._feed.subscribe(wake, most)

    def history(self, key: str) -> tuple[Commit, ...]:
        """The commits that changed a document, the latest first; none where there is no git."""
        return commits.history(self._disk.path(key))

    def revisions(self, key: str) -> tuple[Revision, ...]:
        """What was done to a document since the store was opened, the oldest first."""
        with self._lock:
            return tuple(self._shelf.of(key).past.revisions)

    def document_at(self, key: str, version: int) -> Document | None:
        """A document as it was at a version since then; None for one that is not known."""
        with self._lock:
            kept = self._shelf.of(key)
            return kept.past.document_at(version, kept.snapshot.document)

    def version_before(self, key: str, version: int) -> int:
        """The version that was there before one."""
        with self._lock:
            return self._shelf.of(key).past.before(version)

    def document_in(self, key: str, commit: Commit) -> Document:
        """A document as a commit of its history has it."""
        return commits.document(self._disk.path(key), commit)

    # What changes it

    def apply(self, key: str, operation: Operation, author: str) -> Applied:
        """Does an operation; when this returns, it is on the disk.

        Raises Refused with a sentence: Conflict where somebody was first, NoElement, NoDocument,
        Unsaved where the disk refuses. Nothing has changed then.
        """

        def doing(snapshot: Snapshot, past: Past) -> Draft:
            if len(self._shelf.kept) > 1:
                self.look()
            kept = self._shelf.kept.items()
            others = {name: other.snapshot.document for name, other in kept if name != key}
            draft = do(operation, snapshot, past, others, self._shelf.fresh)
            if isinstance(operation, SetText):
                return draft  # Whoever writes the text has their say.
            return keeping_ids(draft, lambda: self._improved(key))

        with self._alone():
            try:
                applied, made = self._shelf.do(key, doing, author, type(operation).__name__)
            except Unsaved as error:
                raise Unsaved(str(error), operation) from None
            if made:
                self._stack(key, author).did(made)
            return applied

    def undo(self, key: str, author: str) -> Applied:
        """Takes back the author's last operation on a document, whatever others did since.

        Raises Conflict where somebody changed the same since, and Refused where nothing is left.
        """
        return self._back(key, author, "undo", brought_together)

    def undo_anyway(self, key: str, author: str) -> Applied:
        """As `undo`; where somebody changed the same since, it is again what it was before."""
        return self._back(key, author, "undo", theirs_first)

    def redo(self, key: str, author: str) -> Applied:
        """Does again what the author took back last."""
        return self._back(key, author, "redo", brought_together)

    def skip_undo(self, key: str, author: str) -> None:
        """Leaves the author's last operation as it is, so that the one before can be undone."""
        with self._lock:
            del self._stack(key, author).undo[-1:]

    def can(self, key: str, author: str) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        with self._lock:
            stacks = self._stack(key, author)
            return bool(stacks.undo), bool(stacks.redo)

    # Files

    def create(self, key: str, text: str, author: str) -> Applied:
        """A new document. Raises Refused where its name is taken or its text is faulty."""
        with self._alone():
            self._disk.create(key, text)
            for name, who in list(self._stacks):
                if name == key:
                    del self._stacks[name, who]
            return self._shelf.keep(key, author, "create")

    def rename(self, key: str, to: str, author: str) -> Applied:
        """Gives a document's file another name; handles, versions and undo go along."""
        with self._alone():
            self._shelf.reread(key)
            self._disk.move(key, to)
            for name, who in list(self._stacks):
                if name == key:
                    self._stacks[to, who] = self._stacks.pop((key, who))
            for stacks in self._stacks.values():
                stacks.renamed(key, to)
            return self._shelf.rename(key, to, author)

    def delete(self, key: str, author: str) -> Trashed:
        """Moves a document into the folder's trash, from where it can be restored."""
        with self._alone():
            self._shelf.reread(key)
            name = self._disk.throw_away(key)
            self._trash[name] = Trashed(key, name, author, datetime.now(UTC))
            self._shelf.drop(key, author)
            return self._trash[name]

    def trash(self) -> tuple[Trashed, ...]:
        """What was deleted since the store was opened, the latest last."""
        with self._lock:
            return tuple(self._trash.values())

    def restore(self, name: str, author: str) -> Applied:
        """Brings a deleted document back, by its name in the trash."""
        with self._alone():
            if name not in self._trash:
                raise NoDocument(f"{name[:200]!r} is not in the trash")
            key = self._trash[name].key
            self._disk.take_back(name, key)
            del self._trash[name]
            return self._shelf.keep(key, author, "restore")

    # What others do to the files

    def refresh(self) -> None:
        """Looks which files are there, and reads those that changed."""
        with self._lock:
            there = self._disk.keys()
            for key in (*there, *(key for key in list(self._shelf.kept) if key not in there)):
                self._shelf.look(key)

    def look(self) -> None:
        """Reads the known files that changed: cheaper than `refresh`, which finds new ones, too."""
        with self._lock:
            for key in list(self._shelf.kept):
                self._shelf.look(key)

    def watch(self) -> None:
        """From now on, takes over what changes outside by itself, until it is closed."""
        with self._lock:
            self._watch = self._watch or Watch(self)

    def close(self) -> None:
        """Watches no more."""
        if self._watch:
            self._watch.stop()

    # Inside

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock, self._disk.alone():
            self._disk.finish()
            yield

    def _improved(self, key: str) -> frozenset[str]:
        return improved_places(self._disk.path(key), datetime.now(UTC))

    def _stack(self, key: str, author: str) -> Stacks:
        return self._stacks.setdefault((key, author), Stacks())

    def _back(self, key: str, author: str, name: str, together: Together) -> Applied:
        """Takes back what is on top of one stack, and puts that on the other one."""
        with self._alone():
            self._shelf.of(key)
            stacks = self._stack(key, author)
            pair = (stacks.undo, stacks.redo)
            source, target = pair if name == "undo" else pair[::-1]
            if not source:
                raise Refused(f"there is nothing of yours to {name} in {key}")
            doing = self._taking_back(source[-1], together)
            applied, made = self._shelf.do(key, doing, author, name)
            source.pop()
            if made:
                target.append(made)
            return applied

    def _taking_back(self, made: Made, together: Together) -> Doing:
        (_, own), *others = made

        def doing(snapshot: Snapshot, past: Past) -> Draft:
            draft = without(snapshot, past, own, together, self._shelf.fresh)
            for name, version in others:
                if name in self._shelf.kept:
                    kept = self._shelf.reread(name)
                    back = without(kept.snapshot, kept.past, version, together, self._shelf.fresh)
                    draft = replace(draft, others=(*draft.others, back.document))
            return draft

        return doing
