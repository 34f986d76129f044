"""Who somebody is: a browser's own id, and the name that its person gave. No account, no secret."""

import getpass
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote
from zlib import crc32

from starlette.requests import Request

COLOURS = 6
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Author:
    """Whose edits they are: undo goes by the id, people see the name."""

    id: str
    name: str


def author_of(request: Request) -> Author:
    """The person at a browser, else the one who started the studio.

    A program names itself by the header X-Author.
    """
    name = _shown(unquote(request.cookies.get("name", ""))) or owner()
    given = _shown(request.headers.get("x-author", ""))
    author = Author(given, given) if given else Author(_own(request) or name, name)
    request.app.state.studio.names[author.id] = author.name
    return author


def _own(request: Request) -> str:
    return _shown(request.cookies.get("author", ""))


@cache
def owner() -> str:
    """The name of whoever started the studio."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def colour_of(page: str) -> str:
    """One of the colours in which people are shown, the same for a page wherever it goes."""
    return f"c{crc32(page.encode()) % COLOURS}"


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()[:_LONGEST]
