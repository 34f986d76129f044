"""Changes on their way to those who listen: in order, and never more than a listener can keep."""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from valuestream.store.presence import Present
from valuestream.store.touched import Touched

MOST = 256
"""How many changes wait for a slow listener before they become one a document."""


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
