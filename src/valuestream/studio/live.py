"""What happens, told to all pages that listen: server-sent events, one broadcast of the same bytes.

Events are small (what changed, in which version, by whom); a page then asks for what it shows. A
page that was away asks for all of it, since it may have missed any number of them.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from itertools import count
from typing import Any

_WAITING = 256
"""So many events may wait for a page; one that reads no more is let go, and comes again."""
_QUIET = 20.0
"""Seconds after which a line says that the studio is still there."""
STILL_HERE = b": here\n\n"
_MOMENT = 0.1
"""Seconds in which those who come and go are told together."""
_AGAIN_MS = 800
"""Milliseconds after which a page that lost the line asks again."""


class Live:
    """The pages that listen. `tell` may be called from any thread, the others from the loop."""

    def __init__(self) -> None:
        self._listeners: dict[int, asyncio.Queue[bytes | None]] = {}
        self._numbers = count(1)
        self._told = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._coming: dict[str, asyncio.TimerHandle] = {}

    def begin(self) -> None:
        """Remembers the loop that listeners live in."""
        self._loop = asyncio.get_running_loop()

    def tell(self, kind: str, **said: Any) -> None:
        """Tells all pages."""
        self.soon(lambda: self._tell(kind, said))

    def tell_soon(self, kind: str, said: Callable[[], dict[str, Any]]) -> None:
        """Tells all pages in a moment, once for all that happens until then. Called in the loop."""
        if kind not in self._coming and self._loop is not None:
            self._coming[kind] = self._loop.call_later(_MOMENT, self._tell_now, kind, said)

    def _tell_now(self, kind: str, said: Callable[[], dict[str, Any]]) -> None:
        self._coming.pop(kind, None)
        self._tell(kind, said())

    def soon(self, does: Callable[[], None]) -> None:
        """Does something in the loop. Nothing happens where nobody can listen any more."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(does)

    def end(self) -> None:
        """Lets all pages go, so that the studio can end while they listen."""
        for waiting in self._listeners.values():
            _put(waiting, None)

    @property
    def listening(self) -> int:
        """How many pages listen."""
        return len(self._listeners)

    def _tell(self, kind: str, said: dict[str, Any]) -> None:
        self._told += 1
        event = _event(self._told, kind, said)
        for waiting in self._listeners.values():
            _put(waiting, event)

    async def listen(self) -> AsyncGenerator[bytes, None]:
        """The events from now on, as bytes of an event stream."""
        number = next(self._numbers)
        waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._listeners[number] = waiting
        try:
            yield f"retry: {_AGAIN_MS}\n\n".encode() + _event(self._told, "hello", {})
            while (event := await _next(waiting)) is not None:
                yield event
        finally:
            self._listeners.pop(number, None)


def _event(number: int, kind: str, said: dict[str, Any]) -> bytes:
    data = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    return f"id: {number}\nevent: {kind}\ndata: {data}\n\n".encode()


def _put(waiting: asyncio.Queue[bytes | None], event: bytes | None) -> None:
    if waiting.qsize() < _WAITING:
        waiting.put_nowait(event)
    elif waiting.qsize() == _WAITING:
        waiting.put_nowait(None)


async def _next(waiting: asyncio.Queue[bytes | None]) -> bytes | None:
    try:
        return await asyncio.wait_for(waiting.get(), _QUIET)
    except TimeoutError:
        return STILL_HERE
