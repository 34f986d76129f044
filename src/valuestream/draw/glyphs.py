"""Which characters of a text no font on this machine can draw."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import uharfbuzz as hb

from valuestream.draw.fonts import is_packaged

_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")


def missing(text: str) -> str:
    """The characters, each once, in their order; only fonts installed here can tell."""
    asked = list(dict.fromkeys(c for c in text if not is_packaged(c)))
    if not asked:
        return ""
    left = {ord(c) for c in asked}
    for path in _font_files():
        left -= _characters(path)
        if not left:
            return ""
    return "".join(c for c in asked if ord(c) in left)


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "Fonts")
        return windows, home / "AppData/Local/Microsoft/Windows/Fonts"
    if sys.platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"
    shared = Path("/usr/share/fonts"), Path("/usr/local/share/fonts")
    return (*shared, home / ".fonts", home / ".local/share/fonts")


def _font_files() -> Iterator[Path]:
    for folder in _folders():
        if folder.is_dir():
            yield from sorted(p for p in folder.rglob("*") if p.suffix.lower() in _ENDINGS)


@cache
def _characters(path: Path) -> frozenset[int]:
    try:
        blob = hb.Blob.from_file_path(str(path))
    except (OSError, hb.HarfBuzzError):
        return frozenset()
    return frozenset(hb.Face(blob).unicodes)
