"""The documents of a folder in memory: each with its versions, as the disk has it."""

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from valuestream.store.disk import Disk
from valuestream.store.draft import Draft
from valuestream.store.errors import NoDocument, Refused, Unsaved
from valuestream.store.feed import Change, Feed
from valuestream.store.handles import Handled, carried, first
from valuestream.store.past import Past, Revision, slice_between
from valuestream.store.snapshot import Held, Snapshot
from valuestream.store.touched import Touched, touched
from valuestream.text.document import Document
from valuestream.text.edits import ChangedOutside, EditRefused

_TRIES = 5
"""How often an operation is done anew since the file changed between look and writing."""
Doing = Callable[[Snapshot, Past], Draft]
Made = tuple[tuple[str, int], ...]
"""What one operation made: documents and their versions."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What an operation led to: `change` is None where everything was so already."""

    snapshot: Snapshot
    change: Change | None


@dataclass
class Kept:
    """A document and its past."""

    snapshot: Snapshot
    past: Past
    sign: tuple[int, ...] | None


class Shelf:
    """All documents of a folder. Whoever calls it holds the store's lock."""

    def __init__(self, disk: Disk, feed: Feed) -> None:
        self._disk, self._feed = disk, feed
        self.kept: dict[str, Kept] = {}
        self._gone: dict[str, Kept] = {}
        self._session, self._count = secrets.token_hex(3), 0

    def fresh(self) -> str:
        """A handle that nothing else has, nor had before the store was opened."""
        self._count += 1
        return f"{self._session}-{self._count}"

    def of(self, key: str) -> Kept:
        """A document. Raises NoDocument where there is none."""
        if key not in self.kept:
            self._disk.path(key)
            raise NoDocument(f"there is no {key[:200]!r} in this folder")
        return self.kept[key]

    def keep(self, key: str, author: str | None, operation: str) -> Applied:
        """Takes in a file that was not there before, or is there again with what it was."""
        if key in self._gone and operation != "create":
            kept = self.kept[key] = self._gone.pop(key)
            self._take_over(kept, self._disk.read(key))
            kept.sign = self._disk.sign(key)
            return Applied(kept.snapshot, self.tell(kept.snapshot, author, operation))
        # Versions go on from one start of a store to the next: an old page's are never taken for
        # new ones.
        version = time.time_ns() // 1_000_000
        document = self._disk.read(key)
        held = Held(document, first(document.data, self.fresh))
        snapshot = Snapshot(key, version, document, held, held)
        self.kept[key] = Kept(snapshot, Past(version), self._disk.sign(key))
        return Applied(snapshot, self.tell(snapshot, author, operation))

    def tell(
        self, snapshot: Snapshot, author: str | None, operation: str, key: str | None = None
    ) -> Change:
        """Tells everyone of a whole document."""
        to = snapshot.key if key else None
        at = datetime.now(UTC)
        change = Change(key or snapshot.key, snapshot.version, author, operation, (), at, to)
        self._feed.publish(change)
        return change

    def drop(self, key: str, author: str | None) -> None:
        """Forgets a file that is gone."""
        self._gone[key] = self.kept.pop(key)
        self.tell(self._gone[key].snapshot, author, "delete")

    def look(self, key: str) -> None:
        """Takes over a file as it is now, if it seems to have changed."""
        kept, sign = self.kept.get(key), self._disk.sign(key)
        if kept is None:
            self.keep(key, None, "outside")
        elif sign is None:
            self.drop(key, None)
        elif sign != kept.sign:
            with suppress(NoDocument):
                self.reread(key)

    def reread(self, key: str) -> Kept:
        """Takes over what others wrote to the file. Raises NoDocument if it is gone."""
        kept = self.of(key)
        sign, digest = self._disk.sign(key), self._disk.digest(key)
        if sign is None and digest is None:
            self.drop(key, None)
            raise NoDocument(f"{key} is gone from the folder; nothing is written")
        if digest is None or digest != kept.snapshot.digest:
            self._take_over(kept, self._disk.read(key))
        kept.sign = sign
        return kept

    def _take_over(self, kept: Kept, document: Document) -> None:
        handled = kept.snapshot.handled
        if document.root is not None:
            # Of a file that was only half written when it was looked at, the rest comes back.
            earlier = kept.past.held_before_last(kept.snapshot.document)
            sources = [kept.snapshot.readable.seen, *([earlier.seen] if earlier else [])]
            handled = carried(document.data, sources, self.fresh)
        if document.text != kept.snapshot.text or document.findings != kept.snapshot.findings:
            self.advance(document, handled, None, "outside")
        else:
            kept.snapshot = replace(kept.snapshot, document=document)

    def do(self, key: str, doing: Doing, author: str, name: str) -> tuple[Applied, Made]:
        """Carries something out on the document as it is on the disk, and saves it."""
        for _ in range(_TRIES):
            with suppress(ChangedOutside):
                return self._done(key, doing, author, name)
        raise Unsaved(f"{key} changes again and again from outside; nothing is written")

    def _done(self, key: str, doing: Doing, author: str, name: str) -> tuple[Applied, Made]:
        kept = self.reread(key)
        before = kept.snapshot
        try:
            draft = doing(before, kept.past)
        except EditRefused as error:
            raise Refused(str(error)) from None
        if draft.document.text == before.text and not draft.others:
            return Applied(before, None), ()
        own, *others = self._saved((draft.document, *draft.others))
        change = self.advance(own, draft.handled, author, name, draft.notes)
        made = [(key, change.version)]
        for document in others:
            # Only names changed in it: its elements are the same.
            handled = self.kept[document.name].snapshot.handled
            made.append((document.name, self.advance(document, handled, author, name).version))
        return Applied(kept.snapshot, change), tuple(made)

    def _saved(self, documents: tuple[Document, ...]) -> list[Document]:
        """All written, or none: what was written first is written back."""
        saved: list[Document] = []
        with self._disk.together(documents):
            try:
                for document in documents:
                    saved.append(self._disk.write(document))  # noqa: PERF401
            except (Unsaved, ChangedOutside):
                self._write_back(saved)
                raise
            except EditRefused as error:
                self._write_back(saved)
                raise Unsaved(str(error)) from None
        return saved

    def _write_back(self, saved: list[Document]) -> None:
        for written in saved:
            before = self.kept[written.name].snapshot.document
            try:
                self._disk.write(replace(before, digest=written.digest))
            except (Unsaved, ChangedOutside):
                self.reread(written.name)

    def advance(
        self,
        document: Document,
        handled: Handled,
        author: str | None,
        operation: str,
        notes: tuple[str, ...] = (),
    ) -> Change:
        """The document's next version, told to everyone."""
        kept = self.kept[document.name]
        before, after = kept.snapshot, kept.snapshot.after(document, handled)
        kept.snapshot, kept.sign = after, self._disk.sign(document.name)
        fields = _touched(before, after)
        at = datetime.now(UTC)
        stretch = slice_between(before.text, after.text)
        kept.past.add(
            Revision(after.version, author, operation, at, fields, *stretch, before.handled)
        )
        change = Change(after.key, after.version, author, operation, fields, at, None, notes)
        self._feed.publish(change)
        return change

    def rename(self, key: str, to: str, author: str) -> Applied:
        """Takes over that a file has another name now; its past goes along."""
        kept = self.kept.pop(key)
        self.kept[to] = kept
        kept.snapshot = kept.snapshot.after(self._disk.read(to), kept.snapshot.handled)
        kept.sign = self._disk.sign(to)
        return Applied(kept.snapshot, self.tell(kept.snapshot, author, "rename", key))


def _touched(before: Snapshot, after: Snapshot) -> tuple[Touched, ...]:
    return touched(before.readable.seen, after.readable.seen)
