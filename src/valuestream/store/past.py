"""What happened to a document: every version can be had again, and who made it is known."""

from dataclasses import dataclass, field
from datetime import datetime

from valuestream.store.handles import Handled
from valuestream.store.snapshot import Held
from valuestream.store.touched import Touched
from valuestream.text.again import differing, reparse
from valuestream.text.document import Document

_ONE_BY_ONE = 8


@dataclass(frozen=True, slots=True)
class Revision:
    """The step from one version to the next. It replaces `old` at `start` by `new`."""

    version: int
    author: str | None
    operation: str
    at: datetime
    touched: tuple[Touched, ...]
    start: int
    old: str
    new: str
    handled: Handled
    """The handles before."""

    def before(self, after: str) -> str:
        """The text before, of the one after."""
        return after[: self.start] + self.old + after[self.start + len(self.new) :]


def slice_between(before: str, after: str) -> tuple[int, str, str]:
    """The one stretch in which two texts differ: where it starts, what was and what is there."""
    start, end = differing(before, after)
    return start, before[start:end], after[start : end + len(after) - len(before)]


@dataclass
class Past:
    """The revisions of a document since the store was opened, oldest first."""

    first: int
    revisions: list[Revision] = field(default_factory=list)

    def text_at(self, version: int, now: str) -> str | None:
        """The text at a version; None where the store does not know it."""
        if version != self.first and not any(r.version == version for r in self.revisions):
            return None
        for revision in reversed(self.revisions):
            if revision.version <= version:
                break
            now = revision.before(now)
        return now

    def document_at(self, version: int, now: Document) -> Document | None:
        """The document at a version, likewise."""
        text = self.text_at(version, now.text)
        if text is None:
            return None
        later = [r for r in reversed(self.revisions) if r.version > version]
        for revision in later if len(later) <= _ONE_BY_ONE else ():
            # Few and small changes are sooner taken back each by itself.
            now = reparse(now, revision.before(now.text))
        return reparse(now, text)

    def add(self, revision: Revision) -> None:
        """Notes the next one."""
        self.revisions.append(revision)

    def held_before_last(self, now: Document) -> Held | None:
        """The document before the last revision, and its handles; None where there was none."""
        if not self.revisions:
            return None
        document = self.document_at(self.before(self.revisions[-1].version), now)
        return Held(document, self.revisions[-1].handled) if document else None

    def handled_at(self, version: int, now: Handled) -> Handled:
        """The handles at a version that is known."""
        later = (r.handled for r in self.revisions if r.version > version)
        return next(later, now)

    def before(self, version: int) -> int:
        """The version before one."""
        earlier = [r.version for r in self.revisions if r.version < version]
        return earlier[-1] if earlier else self.first

    def revision(self, version: int) -> Revision | None:
        """The revision that made a version."""
        return next((r for r in self.revisions if r.version == version), None)

    def last_of(self, element: str | None, key: tuple[str | int, ...]) -> Revision | None:
        """Who last touched a field of an element, or the element as a whole."""
        return next(
            (
                r
                for r in reversed(self.revisions)
                for t in r.touched
                if t.element == element and (not t.key or not key or _meet(t.key, key))
            ),
            None,
        )

    def remover_of(self, element: str) -> Revision | None:
        """Who took an element away."""
        return next(
            (
                r
                for r in reversed(self.revisions)
                for t in r.touched
                if t.element == element and t.how == "removed"
            ),
            None,
        )


def _meet(one: tuple[str | int, ...], other: tuple[str | int, ...]) -> bool:
    most = min(len(one), len(other))
    return one[:most] == other[:most]
