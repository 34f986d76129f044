"""Processes of the studio's own: a lane for what others wait for, one for what takes its time."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Literal, TypeVar

_T = TypeVar("_T")
Lane = Literal["quick", "slow"]


class Workers:
    """One process a lane, started when there is something to do for it."""

    def __init__(self) -> None:
        self._pools: dict[Lane, ProcessPoolExecutor] = {}

    def submit(self, lane: Lane, make: Callable[..., _T], *of: object) -> "Future[_T]":
        """What a function of a module makes of values. A process that died is started anew."""
        try:
            return self._pool(lane).submit(make, *of)
        except BrokenProcessPool:
            del self._pools[lane]
            return self._pool(lane).submit(make, *of)

    def end(self) -> None:
        """Ends the processes, whatever they are at."""
        pools, self._pools = list(self._pools.values()), {}
        for pool in pools:
            for process in (getattr(pool, "_processes", None) or {}).values():
                process.kill()
            # Waited for: its thread ends when it sees that the processes did; where the
            # interpreter ends first, it writes to what is closed.
            pool.shutdown(wait=True, cancel_futures=True)

    def _pool(self, lane: Lane) -> ProcessPoolExecutor:
        if lane not in self._pools:
            # Not forked: this process has threads.
            context = multiprocessing.get_context("spawn")
            self._pools[lane] = ProcessPoolExecutor(1, mp_context=context, initializer=_undisturbed)
        return self._pools[lane]


def why_none(error: BaseException) -> str:
    """Why something that was worked out in another process is not there."""
    if isinstance(error, BrokenProcessPool):
        return "what measures ended early; was there too little memory?"
    return f"a fault of valuestream's own: {type(error).__name__}: {error}"


def _undisturbed() -> None:
    # Ctrl-C in a terminal reaches this process, too; the studio ends it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_studio, daemon=True).start()


def _end_with_the_studio() -> None:
    # Killed, it ends nobody; and its workers would wait for work for ever.
    if (studio := multiprocessing.parent_process()) is not None:
        studio.join()
        os._exit(1)
