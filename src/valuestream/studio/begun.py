"""What somebody has begun and not yet made: kept on the server under an id that only they open."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from valuestream.store import NoDocument

_MOST = 200
_COOKIE = "begun"
_GONE = "this is not begun here any more; begin it again from 'New stream'"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept:
    owner: str
    value: object


@dataclass(frozen=True, slots=True)
class Made:
    """What was begun is made: where it is now."""

    address: str


class Begun:
    """What is begun, the latest last. `left` is told what nobody will come back to."""

    def __init__(self, left: Callable[[object], None]) -> None:
        self._left = left
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, owner: str, value: object) -> str:
        """Keeps something new; its id."""
        own = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[own] = _Kept(owner, value)
            over = [
                self._kept.popitem(last=False)[1] for _ in range(max(0, len(self._kept) - _MOST))
            ]
        for kept in over:
            self._left(kept.value)
        return own

    def of(self, request: Request, own: str, kind: type[T]) -> T:
        """What is kept under an id. Raises NoDocument where it is not there, or is another's."""
        with self._lock:
            kept = self._kept.get(own)
        if kept is None or not isinstance(kept.value, kind) or kept.owner != said_owner(request):
            raise NoDocument(_GONE)
        return kept.value

    def change(self, own: str, value: object) -> None:
        """Keeps something else under an id."""
        with self._lock:
            if own in self._kept:
                self._kept[own] = _Kept(self._kept[own].owner, value)

    def made(self, own: str, address: str) -> None:
        """Remembers where it is now, for whoever comes back to it."""
        self.change(own, Made(address))

    def address(self, request: Request, own: str) -> str | None:
        """Where it is, once it is made."""
        with self._lock:
            kept = self._kept.get(own)
        if kept is None or kept.owner != said_owner(request) or not isinstance(kept.value, Made):
            return None
        return kept.value.address

    def forget(self, own: str) -> None:
        """Keeps it no more."""
        with self._lock:
            kept = self._kept.pop(own, None)
        if kept is not None:
            self._left(kept.value)

    def end(self) -> None:
        """Keeps nothing any more."""
        for own in list(self._kept):
            self.forget(own)


def owner_of(request: Request) -> str:
    """The secret of a browser, a new one where it has none yet."""
    return said_owner(request) or secrets.token_urlsafe(18)


def remember(response: Response, owner: str) -> Response:
    """Lets the browser keep its secret, out of the reach of scripts."""
    response.set_cookie(_COOKIE, owner, httponly=True, samesite="strict", max_age=7 * 86400)
    return response


def said_owner(request: Request) -> str:
    """The secret of a browser; empty for a program that has none: it goes by the id alone."""
    return request.cookies.get(_COOKIE, "")
