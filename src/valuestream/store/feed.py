"""Changes on their way to those who listen: in order, and never more than a listener can keep."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, TypeAlias

from valuestream.model.findings import Place
from valuestream.store.handles import Handled
from valuestream.store.presence import Present

How = Literal["changed", "added", "removed", "moved"]
MOST = 256
"""How many changes wait for a slow listener before they become one a document."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A field that changed, or (without a key) an element that came, went or moved."""

    element: str | None
    key: Place = ()
    how: How = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A document has a new version.

    Attributes:
        key: The document.
        version: Its version now.
        author: Who changed it; None where it was changed outside of this store.
        operation: What was done: an operation's name, `undo`, `redo`, `outside`, `create`,
            `rename`, `delete`, `restore`; `missed` where a slow listener must look anew.
        touched: What changed, by handles.
        at: When.
        to: The document's new key, where it was renamed.
        notes: Sentences on what else came of it.
    """

    key: str
    version: int
    author: str | None
    operation: str
    touched: tuple[Touched, ...]
    at: datetime
    to: str | None = None
    notes: tuple[str, ...] = ()


Told: TypeAlias = Change | Present


class Subscription:
    """What a listener has not heard yet. Safe between threads."""

    def __init__(self, feed: "Feed", wake: Callable[[], None] | None, most: int) -> None:
        self._feed, self._wake, self._most = feed, wake, most
        self._waiting: deque[Told] = deque()
        self._changed = threading.Condition()
        self.closed = False

    def get(self, timeout: float | None = None) -> Told | None:
        """The next one; None after so many seconds without any, and when it is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self.closed, timeout)
            return self._waiting.popleft() if self._waiting else None

    def drain(self) -> tuple[Told, ...]:
        """All that waits, without waiting."""
        with self._changed:
            told = tuple(self._waiting)
            self._waiting.clear()
            return told

    def close(self) -> None:
        """Listens no more."""
        self._feed.forget(self)
        with self._changed:
            self.closed = True
            self._changed.notify_all()

    def put(self, told: Told) -> None:
        """Adds one; the feed's business."""
        with self._changed:
            if isinstance(told, Present):
                # Only the latest counts.
                self._waiting = deque(t for t in self._waiting if not isinstance(t, Present))
            self._waiting.append(told)
            if len(self._waiting) > self._most:
                self._waiting = deque(_coalesced(self._waiting))
            self._changed.notify_all()
        if self._wake:
            self._wake()


def _coalesced(waiting: "deque[Told]") -> list[Told]:
    """One change a document, which says that some were missed."""
    latest: dict[str, Told] = {}
    for told in waiting:
        if isinstance(told, Change):
            kept = told.operation in ("delete", "rename")
            latest.pop(told.key, None)
            latest[told.key] = told if kept else replace(told, operation="missed", touched=())
        else:
            latest[""] = told
    return list(latest.values())


class Feed:
    """All who listen."""

    def __init__(self) -> None:
        self._listening: tuple[Subscription, ...] = ()
        self._lock = threading.Lock()

    def subscribe(self, wake: Callable[[], None] | None, most: int) -> Subscription:
        """A new listener."""
        subscription = Subscription(self, wake, most)
        with self._lock:
            self._listening += (subscription,)
        return subscription

    def forget(self, subscription: Subscription) -> None:
        """Tells a listener no more."""
        with self._lock:
            self._listening = tuple(s for s in self._listening if s is not subscription)

    def publish(self, told: Told) -> None:
        """Tells everyone; waits for nobody."""
        for subscription in self._listening:
            subscription.put(told)


def touched(
    before: dict[str, Any],
    handled_before: Handled,
    after: dict[str, Any],
    handled: Handled,
) -> tuple[Touched, ...]:
    """What differs between two versions, by handles."""
    found: list[Touched] = []
    _compare(before, handled_before, after, handled, None, found)
    return tuple(found)


def _compare(  # noqa: PLR0913, PLR0917
    before: object,
    old: Handled | None,
    after: object,
    new: Handled | None,
    element: str | None,
    found: list[Touched],
) -> None:
    lists = {h.key for h in (old, new) if h and h.below}
    found += (Touched(element, key) for key in _differing(before, after, lists))
    was = {e.handle: (at, e) for at, e in enumerate(old.below)} if old else {}
    now = {e.handle: (at, e) for at, e in enumerate(new.below)} if new else {}
    found += (Touched(handle, (), "removed") for handle in was if handle not in now)
    found += (Touched(handle, (), "added") for handle in now if handle not in was)
    stay = [h for h in now if h in was]
    ranks = {h: rank for rank, h in enumerate(h for h in was if h in now)}
    found += (Touched(h, (), "moved") for h in _out_of_order(stay, ranks))
    for handle in stay:
        (a, one), (b, other) = was[handle], now[handle]
        x, y = before[old.key][a], after[new.key][b]  # type: ignore[index, union-attr]
        if x is not y and x != y:
            _compare(x, one, y, other, handle, found)


def _out_of_order(stay: list[str], ranks: dict[str, int]) -> list[str]:
    if all(ranks[h] == at for at, h in enumerate(stay)):
        return []
    from valuestream.text.changes import stayed

    kept = stayed({at: ranks[h] for at, h in enumerate(stay)})
    return [h for at, h in enumerate(stay) if at not in kept]


def _differing(before: object, after: object, lists: set[str]) -> list[Place]:
    """The keys that differ; within mappings, the keys in them."""
    if not isinstance(before, dict) or not isinstance(after, dict):
        return [] if before == after else [()]
    found: list[Place] = []
    for key in dict.fromkeys((*before, *after)):
        one, other = before.get(key), after.get(key)
        if key in lists or (one is other and key in before and key in after):
            continue
        if key == "value":
            one, other = ({"receives": v} if isinstance(v, str) else v for v in (one, other))
        if isinstance(one, dict) and isinstance(other, dict):
            found += ((key, *rest) for rest in _differing(one, other, set()))
        elif one != other or (key in before) != (key in after):
            found.append((key,))
    return found
