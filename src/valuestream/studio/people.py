"""Who somebody is: a browser's own id and the name that its person gave, no account and no secret."""

import getpass
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from starlette.requests import Request

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Author:
    """Whose edits they are: undo goes by the id, people see the name."""

    id: str
    name: str


def author_of(request: Request) -> Author:
    """The person at a browser, else the one who started the studio."""
    name = _shown(unquote(request.cookies.get("name", ""))) or owner()
    own = request.headers.get("x-author") or request.cookies.get("author") or name
    return Author(_shown(own), name)


@cache
def owner() -> str:
    """The name of whoever started the studio."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "?"


def _shown(text: str) -> str:
    return "".join(c for c in text if c.isprintable()).strip()[:_LONGEST]
