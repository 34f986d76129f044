"""The packaged fonts, and how wide a text is in them."""

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import uharfbuzz as hb

from valuestream.draw.texts import has_rtl

_FILES = {
    "Inter": {400: "Inter_400Regular", 600: "Inter_600SemiBold", 700: "Inter_700Bold"},
    "Noto Sans Arabic": {400: "NotoSansArabic_400Regular", 700: "NotoSansArabic_700Bold"},
    "Noto Sans Hebrew": {400: "NotoSansHebrew_400Regular", 700: "NotoSansHebrew_700Bold"},
}
_SCRIPTS = {"ARABIC": "Noto Sans Arabic", "HEBREW": "Noto Sans Hebrew"}
_LATIN = "Inter"
_OTHER = "other"
"""Stands for the reader's own fonts: no packaged font has the character."""
STACK = (
    "Inter, system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew', "
    "'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', "
    "'Noto Color Emoji', 'Apple Color Emoji', 'Segoe UI Emoji', sans-serif"
)
_AVERAGE_EM = 0.58
"""The mean advance of Inter's letters in running text, where the fonts are not there to ask."""
_NO_ADVANCE = ("Mn", "Me", "Cf")


@dataclass(frozen=True)
class _Face:
    font: hb.Font
    characters: frozenset[int]
    units: int

    def advance(self, text: str) -> float:
        """In em."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self.font, buffer)
        advance: int = sum(p.x_advance for p in buffer.glyph_positions or ())
        return advance / self.units


@cache
def folder() -> Path | None:
    """Where the packaged fonts lie; None where the package was built without them."""
    try:
        found = Path(str(files("valuestream_vendor"))) / "fonts"
    except ModuleNotFoundError:
        return None
    return found if found.is_dir() else None


def packaged() -> tuple[tuple[str, int, Path], ...]:
    """The packaged fonts: family, weight, file."""
    place = folder()
    return tuple(
        (name, weight, path)
        for name, weights in _FILES.items()
        for weight, file in weights.items()
        if place and (path := place / f"{file}.ttf").is_file()
    )


@cache
def _face(name: str, weight: int) -> _Face | None:
    weights = {known: path for of, known, path in packaged() if of == name}
    if not weights:
        return None
    path = weights[min(weights, key=lambda known: (abs(known - weight), -known))]
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return _Face(hb.Font(face), frozenset(face.unicodes), face.upem)


@lru_cache(maxsize=20_000)
def family(text: str) -> str:
    """The font a text is set in: that of its first Arabic or Hebrew letter, else Inter.

    One for the whole text, since a renderer may shape each change of font on its own.
    """
    if text.isascii():
        return _LATIN
    scripts = (unicodedata.name(c, "").partition(" ")[0] for c in text if c.isalpha())
    return next((_SCRIPTS[script] for script in scripts if script in _SCRIPTS), _LATIN)


@cache
def is_packaged(character: str) -> bool:
    """Whether one of the packaged fonts has the character, or it needs none."""
    if character.isspace() or unicodedata.category(character) in _NO_ADVANCE:
        return True
    faces = [_face(name, 400) for name in _FILES]
    return any(face is not None and ord(character) in face.characters for face in faces)


def is_known(text: str) -> bool:
    """Whether the width of a text is that of the packaged fonts, and no estimate."""
    return folder() is not None and all(is_packaged(c) for c in text)


@lru_cache(maxsize=20_000)
def _runs(text: str, own: str) -> tuple[tuple[str, str], ...]:
    """A text as (family, part), in its order; what its own font lacks comes from others."""
    families = [own if text.isascii() else _font_of(c, own) for c in text]
    together = groupby(zip(families, text, strict=True), key=lambda pair: pair[0])
    return tuple((name, "".join(c for _, c in pairs)) for name, pairs in together)


@cache
def _font_of(character: str, own: str) -> str:
    if character.isspace() or unicodedata.category(character) in _NO_ADVANCE:
        return own
    for name in (own, *_FILES):
        face = _face(name, 400)
        if face is None or ord(character) in face.characters:
            return name
    return _OTHER


def width(text: str, size: float, weight: int = 400, spacing: float = 0.0) -> float:
    """How wide a text is, in pixels at that size; `spacing` is added after each character.

    Joined scripts are never spaced.
    """
    spaced = spacing * len(text) if spacing and not has_rtl(text) else 0.0
    return _ems(text, weight) * size + spaced


@lru_cache(maxsize=50_000)
def _ems(text: str, weight: int) -> float:
    return sum(_run(name, part, weight) for name, part in _runs(text, family(text)))


def _run(name: str, part: str, weight: int) -> float:
    face = None if name == _OTHER else _face(name, weight)
    if face is not None:
        return face.advance(part)
    return sum(_estimate(c, _AVERAGE_EM if name != _OTHER else 0.65) for c in part)


def _estimate(character: str, average: float) -> float:
    if unicodedata.category(character) in _NO_ADVANCE:
        return 0.0
    wide = unicodedata.east_asian_width(character) in "WF"
    # Emoji fonts draw a little wider than the em.
    return (1.25 if unicodedata.category(character) == "So" else 1.0) if wide else average
