"""The acts on a workspace's improvements, seen again whenever their file changes."""

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from valuestream.improvements import NAME, Board, fold, home, read
from valuestream.model.errors import InputError

_EVERY = 0.1
"""Seconds between two looks at the file."""


class LiveActs:
    """The board of a folder. `told` is called, from any thread, when it changed."""

    def __init__(self, folder: Path, told: Callable[[], None]) -> None:
        self._folder, self._told = folder, told
        self._lock = threading.Lock()
        self._sign: object = ()
        self._board = Board()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self.edition = 0
        """Another one for other acts."""

    @property
    def home(self) -> Path:
        """The folder that the acts' file lies in, or would."""
        return home(self._folder)

    def board(self) -> Board:
        """As the file has it now. Raises InputError where the file is no file."""
        with self._lock:
            where = self.home
            sign = _sign(where / NAME)
            if sign != self._sign:
                self._board = fold(read(where), datetime.now(UTC))
                self._sign = sign
                self.edition += 1
            return self._board

    def watch(self) -> None:
        """From now on tells when the file changes, until it is ended."""
        self._thread = threading.Thread(target=self._run, name="acts-watch", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Looks no more."""
        self._stopped.set()
        if self._thread:
            self._thread.join()

    def _run(self) -> None:
        seen: object = ()
        while not self._stopped.wait(_EVERY):
            with suppress(InputError, OSError):
                sign = _sign(self.home / NAME)
                if seen not in ((), sign):
                    self._told()
                seen = sign


def _sign(path: Path) -> tuple[int, ...] | None:
    """What changes when the file does; None where there is none."""
    try:
        seen = path.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size, seen.st_ino
