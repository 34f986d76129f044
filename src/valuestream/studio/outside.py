"""What others do beside the texts: commits, logs that are written to."""

import threading
import time
from collections.abc import Callable
from contextlib import suppress

_EVERY = 0.5
"""Seconds between two looks."""
_SHARE = 50
"""A look takes at most this part of the time."""
Signs = dict[str, object]
"""Of each thing that is looked at, what changes when it does."""


class Outside:
    """A thread that looks. `told` is called with the names of what changed, once it has settled."""

    def __init__(self, look: Callable[[], Signs], told: Callable[[frozenset[str]], None]) -> None:
        self._look, self._told = look, told
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="outside-watch", daemon=True)

    def watch(self) -> None:
        """From now on tells, until it is ended."""
        self._thread.start()

    def end(self) -> None:
        """Looks no more."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        told: Signs = {}
        before: Signs = {}
        pause = _EVERY
        while not self._stopped.wait(pause):
            started = time.monotonic()
            with suppress(OSError):
                now = self._look()
                # What is still being written is told when it is there.
                settled = {n for n, sign in now.items() if n in told and before.get(n) == sign}
                changed = frozenset(n for n in settled if told[n] != now[n])
                told = {n: sign if n in settled else told.get(n, sign) for n, sign in now.items()}
                before = now
                if changed:
                    self._told(changed)
            pause = max(_EVERY, _SHARE * (time.monotonic() - started))
