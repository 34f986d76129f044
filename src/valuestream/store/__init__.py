"""Where a workspace lives: a folder of texts, live, edited by many at once."""

from valuestream.store.commits import Commit
from valuestream.store.errors import Conflict, NoDocument, NoElement, Refused, Unsaved
from valuestream.store.feed import Change, Subscription
from valuestream.store.operations import Operation
from valuestream.store.operations_json import from_json, to_json
from valuestream.store.past import Revision
from valuestream.store.presence import Person, Present
from valuestream.store.shelf import Applied
from valuestream.store.snapshot import Snapshot
from valuestream.store.store import Store, Trashed
from valuestream.store.touched import Touched

__all__ = [
    "Applied",
    "Change",
    "Commit",
    "Conflict",
    "NoDocument",
    "NoElement",
    "Operation",
    "Person",
    "Present",
    "Refused",
    "Revision",
    "Snapshot",
    "Store",
    "Subscription",
    "Touched",
    "Trashed",
    "Unsaved",
    "from_json",
    "to_json",
]
