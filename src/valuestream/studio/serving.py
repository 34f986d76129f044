"""The studio on this machine's loopback: an address, a browser, a clean end."""

import asyncio
import gc
import signal
import socket
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from valuestream.model.errors import InputError
from valuestream.studio.app import create_app
from valuestream.studio.security import hosts_of

LOOPBACK = "127.0.0.1"
USUAL = 8765


def serve(folder: Path, port: int | None, said: Callable[[str], None], *, browse: bool) -> None:
    """Serves a folder until it is interrupted.

    Without a port it takes the usual one, else any that is free. `said` is told the address once
    somebody can go there. Raises InputError where the folder is not there or the port is taken.
    """
    with _socket(port) as listening:
        taken = listening.getsockname()[1]
        app = create_app(folder, hosts_of(taken))
        address = f"http://{LOOPBACK}:{taken}/"
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        server = _Server(config, lambda: _open(address, said, browse), app.state.studio.let_go)
        server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """Says when it can be reached, and lets its listeners go when it is interrupted."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], at_end: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self.ready = ready
        self.at_end = at_end
        self.loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, and says so."""
        self.loop = asyncio.get_running_loop()
        await super().startup(sockets)
        # What is there now stays: to look through it for what can go would hold up edits.
        gc.freeze()
        if not self.should_exit:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends, and lets everything go."""
        gc.unfreeze()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends at once, even with pages that listen."""
        if sig == signal.SIGINT:
            super().handle_exit(sig, frame)
        else:
            # Not raised again afterwards: what works in the background is to be put away first.
            self.should_exit = True
        if self.loop is not None:
            self.loop.call_soon_threadsafe(self.at_end)


def _open(address: str, said: Callable[[str], None], browse: bool) -> None:
    said(address)
    if browse:
        webbrowser.open(address)


def _socket(port: int | None) -> socket.socket:
    for wished in (port,) if port is not None else (USUAL, 0):
        # TCP by name: only then asyncio sends each answer at once, and not 40 ms later (Nagle).
        found = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((LOOPBACK, wished))
        except OSError as error:
            found.close()
            why = error.strerror
        else:
            return found
    raise InputError(f"port {port} cannot be had: {why}; leave --port out to take a free one")
