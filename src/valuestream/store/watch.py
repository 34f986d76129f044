"""A look at the files, again and again, so that what changes outside is seen."""

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from valuestream.store.store import Store

EVERY = 0.1
"""Seconds between two looks at the known files."""
_NEW_EVERY = 2.0
"""Seconds between two looks for new files; more in a folder whose walk takes long."""
_SHARE = 50
"""A walk takes at most this part of the time."""


class Watch:
    """A thread that looks. A look at known files costs microseconds each, on any file system."""

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="store-watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Looks no more."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        again = time.monotonic()
        while not self._stopped.wait(EVERY):
            started = time.monotonic()
            try:
                if started < again:
                    self._store.look()
                else:
                    self._store.refresh()
                    took = time.monotonic() - started
                    again = started + max(_NEW_EVERY, _SHARE * took)
                self._store.presence.expire()
            except OSError:
                # A folder that cannot be read for a moment is looked at again.
                continue
