"""What pages load: styles, modules, fonts, htmx. Each by its content, so that browsers keep it."""

import gzip
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from valuestream.draw.theme import DARK, LIGHT, rules
from valuestream.studio import fonts

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
_SCRIPTS = ("htmx.js",)
_FIRST = ("studio.js", *_SCRIPTS)


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent: compressed or not."""

    kind: str
    data: bytes
    compressed: bytes


@cache
def names() -> frozenset[str]:
    """All that there are. What is asked for is one of them or it is not there."""
    own = (f.name for f in _own().iterdir() if f.is_file())
    return frozenset((*own, *fonts.parts(), "tokens.css", "fonts.css", *_SCRIPTS))


@cache
def modules() -> tuple[str, ...]:
    """What a page's own module imports: named, a browser need not find them in turn."""
    return tuple(sorted(n for n in names() if n.endswith(".js") and n not in _FIRST))


@cache
def asset(name: str) -> Asset:
    """The asset of that name, one of `names`."""
    data = _data(name)
    kind = _TYPES[name[name.rindex(".") :]]
    return Asset(kind, data, gzip.compress(data, 9, mtime=0))


@cache
def edition() -> str:
    """Changes with any of the assets: part of their addresses, so that modules find each other."""
    digest = blake2b(digest_size=8)
    for name in sorted(names() - fonts.parts().keys()):
        digest.update(_data(name))
    return digest.hexdigest()


def address(name: str) -> str:
    """Where a page finds an asset."""
    return f"/static/{edition()}/{name}"


def _own() -> Traversable:
    return files(__package__) / "static"


def _data(name: str) -> bytes:
    if name == "tokens.css":
        return tokens().encode()
    if name == "fonts.css":
        return fonts.faces().encode()
    if name in fonts.parts():
        return fonts.part(name)
    if name in _SCRIPTS:
        return (files("valuestream_vendor") / "scripts" / name).read_bytes()
    return (_own() / name).read_bytes()


def tokens() -> str:
    """The palette of the pictures as the page's, by day and by night, and the pictures' colours."""
    roles = "".join(f"--{role}: light-dark({day}, {DARK[role]});\n" for role, day in LIGHT.items())
    return f":root {{\n{roles}}}\n{rules({role: f'var(--{role})' for role in LIGHT})}"
