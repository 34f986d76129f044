"""A workspace that many edit at once: a folder of texts, live."""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from valuestream.model.findings import Finding
from valuestream.store.disk import Disk
from valuestream.store.doing import do, refuse_faults
from valuestream.store.draft import Draft
from valuestream.store.errors import Conflict, NoDocument, Refused, Unsaved
from valuestream.store.feed import MOST, Change, Feed, Subscription, Touched, touched
from valuestream.store.handles import Handled, carried, first
from valuestream.store.merging import Contradiction, brought_together, theirs_first
from valuestream.store.operations import Operation
from valuestream.store.past import Past, Revision, slice_between
from valuestream.store.presence import Presence
from valuestream.store.snapshot import Snapshot
from valuestream.text.document import Document
from valuestream.text.edits import ChangedOutside, EditRefused
from valuestream.text.folder import Folder
from valuestream.text.links import faults_between

Doing = Callable[[Snapshot, Past], Draft]


@dataclass(frozen=True, slots=True)
class Applied:
    """What an operation led to: `change` is None where everything was so already."""

    snapshot: Snapshot
    change: Change | None


@dataclass(frozen=True, slots=True)
class Trashed:
    """A document that was deleted: its key, and its file's name in the trash."""

    key: str
    name: str
    author: str | None
    at: datetime


@dataclass
class _Kept:
    """A document and its past."""

    snapshot: Snapshot
    past: Past
    sign: tuple[int, ...] | None = None


Step = tuple[tuple[str, int], ...]
"""What one operation made: documents and their versions."""


@dataclass
class _Stacks:
    """What a person can take back in a document, and do again."""

    undo: list[Step] = field(default_factory=list)
    redo: list[Step] = field(default_factory=list)


class Store:
    """The documents of a folder. Safe between threads, and between stores on one folder."""

    def __init__(self, folder: str | Path) -> None:
        self.disk = Disk(folder)
        self._lock = threading.RLock()
        self._feed = Feed()
        self._kept: dict[str, _Kept] = {}
        self._stacks: dict[tuple[str, str], _Stacks] = {}
        self._trash: dict[str, Trashed] = {}
        self._session, self._count = secrets.token_hex(3), 0
        self.presence = Presence(self._feed.publish)
        self.refresh()

    # What is there

    def documents(self) -> tuple[Snapshot, ...]:
        """All documents, by key; those with faults, too."""
        with self._lock:
            return tuple(self._kept[key].snapshot for key in sorted(self._kept))

    def streams(self) -> tuple[Snapshot, ...]:
        """The streams; those with faults, too."""
        return tuple(s for s in self.documents() if ".stream.y" in s.key.lower())

    def document(self, key: str) -> Snapshot:
        """A document as it is now. Raises NoDocument where there is none."""
        with self._lock:
            if key not in self._kept:
                self.disk.path(key)
                raise NoDocument(f"there is no {key[:200]!r} in this folder")
            return self._kept[key].snapshot

    stream = document

    def folder(self) -> Folder:
        """The documents as a workspace, for what is said between them."""
        return Folder(self.disk.folder, tuple(s.document for s in self.documents()))

    def findings(self) -> dict[str, tuple[Finding, ...]]:
        """All faults, each document's own and those between them, by key."""
        folder = self.folder()
        between = faults_between(folder)
        found = {d.name: (*d.findings, *between.get(d.name, ())) for d in folder.documents}
        return {key: findings for key, findings in found.items() if findings}

    def subscribe(self, wake: Callable[[], None] | None = None, most: int = MOST) -> Subscription:
        """Hears of every change from now on; `wake` is called, from any thread, at each."""
        return self._feed.subscribe(wake, most)

    # What changes it

    def apply(self, key: str, operation: Operation, author: str) -> Applied:
        """Does an operation; when this returns, it is on the disk.

        Raises Refused with a sentence: Conflict where somebody was first, NoElement, NoDocument,
        Unsaved where the disk refuses. Nothing has changed then.
        """

        def doing(snapshot: Snapshot, past: Past) -> Draft:
            others = {k: o.snapshot.document for k, o in self._kept.items() if k != key}
            return do(operation, snapshot, past, others, self._fresh)

        with self._alone():
            applied, step = self._do(key, doing, author, type(operation).__name__, operation)
            if step:
                stacks = self._stack(key, author)
                stacks.undo.append(step)
                stacks.redo.clear()
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
            if self._stack(key, author).undo:
                self._stack(key, author).undo.pop()

    def can(self, key: str, author: str) -> tuple[bool, bool]:
        """Whether there is something to undo, and to redo."""
        with self._lock:
            stacks = self._stack(key, author)
            return bool(stacks.undo), bool(stacks.redo)

    # Files

    def create(self, key: str, text: str, author: str) -> Applied:
        """A new document. Raises Refused where its name is taken or its text is faulty."""
        with self._alone():
            self.refresh()
            document = self.disk.create(key, text)
            kept = self._keep(key, document)
            return Applied(kept.snapshot, self._tell(kept, author, "create"))

    def rename(self, key: str, to: str, author: str) -> Applied:
        """Gives a document's file another name; handles, versions and undo go along."""
        with self._alone():
            self._reread(key)
            kept = self._of(key)
            self.disk.move(key, to)
            self._kept.pop(key)
            document = replace(self.disk.read(to))
            kept.snapshot = replace(
                kept.snapshot,
                key=to,
                document=document,
                version=kept.snapshot.version + 1,
                good=document if document.content else kept.snapshot.good,
            )
            kept.sign = self.disk.sign(to)
            kept.past.revisions.append(self._revision(kept.snapshot, author, "rename"))
            self._kept[to] = kept
            for name, who in list(self._stacks):
                if name == key:
                    moved = self._stacks.pop((name, who))
                    self._stacks[to, who] = _renamed(moved, key, to)
            change = Change(key, kept.snapshot.version, author, "rename", (), _now(), to)
            self._feed.publish(change)
            return Applied(kept.snapshot, change)

    def delete(self, key: str, author: str) -> Trashed:
        """Moves a document into the folder's trash, from where it can be restored."""
        with self._alone():
            self._reread(key)
            kept = self._of(key)
            name = self.disk.throw_away(key)
            trashed = Trashed(key, name, author, _now())
            self._trash[name] = trashed
            self._gone(key, kept, author, "delete")
            return trashed

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
            self.disk.take_back(name, key)
            del self._trash[name]
            kept = self._keep(key, self.disk.read(key))
            return Applied(kept.snapshot, self._tell(kept, author, "restore"))

    # What others do to the files

    def refresh(self) -> None:
        """Looks which files are there and reads those that changed."""
        with self._lock:
            there = self.disk.keys()
            for key in there:
                self._look(key)
            for key in [k for k in self._kept if k not in there]:
                self._gone(key, self._kept[key], None, "delete")

    def look(self) -> None:
        """Reads the known files that changed; cheaper than `refresh`, which finds new ones, too."""
        with self._lock:
            for key in list(self._kept):
                self._look(key)

    def _look(self, key: str) -> None:
        kept = self._kept.get(key)
        sign = self.disk.sign(key)
        if kept is None:
            self._tell(self._keep(key, self.disk.read(key)), None, "outside")
        elif sign is None:
            self._gone(key, kept, None, "delete")
        elif sign != kept.sign:
            self._reread(key)

    def _reread(self, key: str) -> None:
        """Takes over what an editor, git or another store wrote."""
        kept = self._of(key)
        sign, digest = self.disk.sign(key), self.disk.digest(key)
        if digest is None and sign is None:
            self._gone(key, kept, None, "delete")
            raise NoDocument(f"{key} is gone from the folder; nothing is written")
        if digest is not None and digest == kept.snapshot.document.digest:
            kept.sign = sign
            return
        document = self.disk.read(key)
        snapshot = kept.snapshot
        handled = snapshot.handled
        if document.root is not None:
            before = (snapshot.document if snapshot.document.root else snapshot.good).data
            handled = carried(document.data, [(before, handled)], self._fresh)
        self._advance(key, document, handled, None, "outside", ())
        kept.sign = sign

    # Inside

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self._lock, self.disk.alone():
            yield

    def _fresh(self) -> str:
        self._count += 1
        return f"{self._session}-{self._count}"

    def _of(self, key: str) -> _Kept:
        self.document(key)
        return self._kept[key]

    def _keep(self, key: str, document: Document) -> _Kept:
        # Versions go on from one start of a store to the next: an old page's are never taken for
        # new ones.
        version = time.time_ns() // 1_000_000
        handled = first(document.data, self._fresh)
        snapshot = Snapshot(key, version, document, handled, document)
        self._kept[key] = _Kept(snapshot, Past(version), self.disk.sign(key))
        return self._kept[key]

    def _tell(self, kept: _Kept, author: str | None, operation: str) -> Change:
        change = Change(kept.snapshot.key, kept.snapshot.version, author, operation, (), _now())
        self._feed.publish(change)
        return change

    def _gone(self, key: str, kept: _Kept, author: str | None, operation: str) -> None:
        self._kept.pop(key, None)
        self._tell(kept, author, operation)

    def _stack(self, key: str, author: str) -> _Stacks:
        return self._stacks.setdefault((key, author), _Stacks())

    def _do(
        self, key: str, doing: Doing, author: str, name: str, operation: Operation | None
    ) -> tuple[Applied, Step]:
        """Carries something out on the document as it is on the disk, and saves it."""
        self._reread(key)
        kept = self._of(key)
        try:
            draft = doing(kept.snapshot, kept.past)
        except EditRefused as error:
            raise Refused(str(error)) from None
        if draft.document is kept.snapshot.document or (
            draft.document.text == kept.snapshot.text and not draft.others
        ):
            return Applied(kept.snapshot, None), ()
        for other in draft.others:
            self._reread(other.name)
        saved = self._saved((draft.document, *draft.others), operation)
        change = self._advance(key, saved[0], draft.handled, author, name, draft.notes)
        step = [(key, change.version)]
        for document in saved[1:]:
            handled = self._kept[document.name].snapshot.handled
            linked = self._advance(document.name, document, handled, author, name, ())
            step.append((document.name, linked.version))
        return Applied(kept.snapshot, change), tuple(step)

    def _saved(
        self, documents: tuple[Document, ...], operation: Operation | None
    ) -> list[Document]:
        """All written, or none: what was written first is written back."""
        saved: list[Document] = []
        try:
            for document in documents:
                saved.append(self.disk.write(document))  # noqa: PERF401
        except (Unsaved, ChangedOutside, EditRefused) as error:
            for written in saved:
                before = self._kept[written.name].snapshot.document
                self.disk.write(replace(before, digest=written.digest))
            raise Unsaved(str(error), operation) from None
        return saved

    def _advance(  # noqa: PLR0913, PLR0917
        self,
        key: str,
        document: Document,
        handled: Handled,
        author: str | None,
        operation: str,
        notes: tuple[str, ...],
    ) -> Change:
        """The document's next version, told to everyone."""
        kept = self._kept[key]
        before = kept.snapshot
        good = document if document.content or not before.good.content else before.good
        kept.snapshot = Snapshot(key, before.version + 1, document, handled, good)
        kept.sign = self.disk.sign(key)
        revision = self._revision(before, author, operation, kept.snapshot)
        kept.past.revisions.append(revision)
        change = Change(
            key,
            kept.snapshot.version,
            author,
            operation,
            revision.touched,
            revision.at,
            None,
            notes,
        )
        self._feed.publish(change)
        return change

    def _revision(
        self, before: Snapshot, author: str | None, operation: str, after: Snapshot | None = None
    ) -> Revision:
        after = after or before
        fields: tuple[Touched, ...] = ()
        if before.document.root and after.document.root:
            fields = touched(
                before.document.data, before.handled, after.document.data, after.handled
            )
        stretch = slice_between(before.text, after.text)
        version = after.version
        return Revision(version, author, operation, _now(), fields, *stretch, before.handled)

    def _back(
        self,
        key: str,
        author: str,
        name: str,
        together: Callable[[Document, Document, Document], Document],
    ) -> Applied:
        """Takes back one step of a stack and puts it on the other one."""
        with self._alone():
            stacks = self._stack(key, author)
            source, target = (
                (stacks.undo, stacks.redo) if name == "undo" else (stacks.redo, stacks.undo)
            )
            if not source:
                raise Refused(f"there is nothing of yours to {name} in {key}")
            step = source[-1]
            applied, made = self._do(
                key, self._taking_back(key, step, together), author, name, None
            )
            source.pop()
            if made:
                target.append(made)
            return applied

    def _taking_back(
        self, key: str, step: Step, together: Callable[[Document, Document, Document], Document]
    ) -> Doing:
        def doing(snapshot: Snapshot, past: Past) -> Draft:
            draft = self._without(snapshot, past, dict(step)[key], together)
            for name, version in step[1:]:
                if name in self._kept:
                    self._reread(name)
                    other = self._kept[name]
                    back = self._without(other.snapshot, other.past, version, together)
                    draft = replace(draft, others=(*draft.others, back.document))
            return draft

        return doing

    def _without(
        self,
        snapshot: Snapshot,
        past: Past,
        version: int,
        together: Callable[[Document, Document, Document], Document],
    ) -> Draft:
        """A document without what made a version of it."""
        draft = Draft.of(snapshot, self._fresh)
        revision = past.revision(version)
        base = past.document_at(version, snapshot.document)
        theirs = past.document_at(past.before(version), snapshot.document)
        assert revision is not None and base is not None and theirs is not None
        try:
            document = together(base, snapshot.document, theirs)
        except Contradiction as contradiction:
            raise _contradicts(contradiction, past, version) from None
        refuse_faults(snapshot.document, document)
        sources = [(snapshot.document.data, snapshot.handled), (theirs.data, revision.handled)]
        handled = carried(document.data, sources, self._fresh)
        return replace(draft, document=document, handled=handled)


def _contradicts(contradiction: Contradiction, past: Past, version: int) -> Conflict:
    one = contradiction.conflicts[0]
    since = [r for r in past.revisions if r.version > version]
    mine = past.revision(version)
    fields = {(t.element, t.key) for t in mine.touched} if mine else set()
    last = next(
        (r for r in reversed(since) if fields & {(t.element, t.key) for t in r.touched}),
        since[-1] if since else None,
    )
    return Conflict(" / ".join(one.way), one.ours, one.theirs, last)


def _renamed(stacks: _Stacks, key: str, to: str) -> _Stacks:
    def steps(of: list[Step]) -> list[Step]:
        return [tuple((to if k == key else k, v) for k, v in step) for step in of]

    return _Stacks(steps(stacks.undo), steps(stacks.redo))


def _now() -> datetime:
    return datetime.now(UTC)
