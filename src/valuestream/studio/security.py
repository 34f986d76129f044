"""Who may talk to the studio: pages of its own address, and programs on this machine.

The studio listens on loopback only. That alone keeps nobody out who makes a browser on this machine
ask it: a page elsewhere may post to it, and a foreign name may lead here (DNS rebinding). So a
request must name the studio's own host, a write must come from one of its own pages or from no page
at all, and what is sent back may not be framed, sniffed, or load anything from elsewhere.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

LARGEST = 2 * 1024 * 1024
"""The largest body of a request, in bytes: a text has at most half of it."""
_MOST_SAID = f"a request has at most {LARGEST:,} bytes"
WITH_THEIR_OWN = frozenset(("/new/log/file", "/api/v1/new/from-log/file"))
"""Where a body may be larger: these take it in pieces and say themselves what is too much."""
_READS = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Lets through what may be asked, and gives each answer its headers.

    `hosts` are the names under which the studio is reached, with their ports.
    """

    def __init__(self, app: App, hosts: frozenset[str]) -> None:
        self.app = app
        self.hosts = hosts
        self.origins = frozenset(f"http://{host}" for host in hosts)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Refuses, or hands on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(raw=scope["headers"])

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        is_limited = scope["path"] not in WITH_THEIR_OWN
        refused = self._refusal(scope["method"], headers)
        if refused is None and is_limited and scope["method"] not in _READS:
            refused = _too_large(headers.get("content-length"))
        if refused is not None:
            status, why = refused
            answer = PlainTextResponse(f"{why}\n", status)
            await answer(scope, receive, guarded)
            return
        try:
            await self.app(scope, _limited(receive) if is_limited else receive, guarded)
        except _TooLong:
            await PlainTextResponse(f"{_MOST_SAID}\n", 413)(scope, receive, guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        if headers.get("host", "").lower() not in self.hosts:
            return 421, "this studio answers only under the address that it said when it started"
        if method in _READS:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if (origin is not None and origin.lower() not in self.origins) or site not in (
            None,
            "none",
            "same-origin",
        ):
            return 403, "only the studio's own pages may change something here"
        return None


def _too_large(length: str | None) -> tuple[int, str] | None:
    if length is not None and (not length.isdecimal() or int(length) > LARGEST):
        return 413, _MOST_SAID
    return None


def _limited(receive: Receive) -> Receive:
    """Ends a body that is longer than it may be, whatever its header said."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            raise _TooLong
        return message

    return limited


class _TooLong(Exception):
    """A body has more bytes than its header said and than it may have."""


def hosts_of(port: int) -> frozenset[str]:
    """The names of this machine's loopback at a port."""
    return frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]"))
