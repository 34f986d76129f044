"""Taking back what somebody did, whatever others did since."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from valuestream.store.doing import refuse_faults
from valuestream.store.draft import Draft
from valuestream.store.errors import Conflict, Refused
from valuestream.store.handles import Fresh, carried
from valuestream.store.merging import Contradiction
from valuestream.store.past import Past
from valuestream.store.renaming import new_names, with_names
from valuestream.store.shelf import Made
from valuestream.store.snapshot import Snapshot
from valuestream.text.again import reparse
from valuestream.text.document import Document

Together = Callable[[Document, Document, Document], Document]
"""How base, ours and theirs become one."""


@dataclass
class Stacks:
    """What a person can take back in a document, and do again; the latest last."""

    undo: list[Made] = field(default_factory=list)
    redo: list[Made] = field(default_factory=list)

    def did(self, made: Made) -> None:
        """Notes what can be taken back; what was taken back before can be done again no more."""
        self.undo.append(made)
        self.redo.clear()

    def renamed(self, key: str, to: str) -> None:
        """Follows a document to its new name."""
        for stack in (self.undo, self.redo):
            stack[:] = [tuple((to if k == key else k, v) for k, v in made) for made in stack]


def without(
    snapshot: Snapshot, past: Past, version: int, together: Together, fresh: Fresh
) -> Draft:
    """A document without what made one of its versions.

    Raises Conflict where the same was changed since, and Refused where it would make a fault.
    """
    draft, now = Draft.of(snapshot, fresh), snapshot.document
    revision = past.revision(version)
    base = past.document_at(version, now)
    if revision is None or base is None:
        raise Refused(f"{snapshot.key} is another file than when that was done; edit it by hand")
    theirs = reparse(base, revision.before(base.text))
    names = new_names(base.data, past.handled_at(version, snapshot.handled), snapshot)
    try:
        document = together(with_names(base, names), now, with_names(theirs, names))
    except Contradiction as contradiction:
        raise _conflict(contradiction, past, version) from None
    refuse_faults(now, document)
    sources = [snapshot.readable.seen, (theirs.data, revision.handled)]
    handled = carried(document.data, sources, fresh)
    return replace(draft, document=document, handled=handled)


def _conflict(contradiction: Contradiction, past: Past, version: int) -> Conflict:
    one = contradiction.conflicts[0]
    mine = past.revision(version)
    since = [revision for revision in past.revisions if revision.version > version]
    fields = {(t.element, t.key) for t in mine.touched} if mine else set()
    met = [r for r in since if fields & {(t.element, t.key) for t in r.touched}] or since
    return Conflict(contradiction.where, one.ours, one.theirs, met[-1] if met else None)
