"""Texts broken into the lines of a box: between words, anywhere in Chinese, long words apart."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from valuestream.draw.fonts import width
from valuestream.draw.texts import clean

_NOT_FIRST = "、。，．：；？！）」』】〉》’”,.;:!?)]}%"
_NOT_LAST = "（「『【〈《‘“([{"
_AFTER_HYPHEN = re.compile(r"(?<=\w{3}[-–—/])(?=\w{4})")
_JOINER, _SKINS, _FLAGS = "\u200d", ("\U0001f3fb", "\U0001f3ff"), ("\U0001f1e6", "\U0001f1ff")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text in a box, and whether an ellipsis stands for a rest of it."""

    lines: tuple[str, ...]
    cut: bool


@lru_cache(maxsize=5_000)
def broken(text: str, room: float, size: float, weight: int = 400, most: int = 1000) -> Lines:
    """The text in at most so many lines of `room` pixels; what does not fit ends in an ellipsis.

    Lines are about equally long, as far as that costs no line more.
    """
    words = _words(clean(text))
    lines = _fill(words, room, size, weight)
    if len(lines) > most:
        return Lines((*lines[: most - 1], _shortened(lines, most, room, size, weight)), True)
    return Lines(_balanced(words, lines, room, size, weight), False)


def _shortened(lines: tuple[str, ...], most: int, room: float, size: float, weight: int) -> str:
    parts = clusters(f"{lines[most - 1]} {lines[most]}")
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width("".join(parts[:middle]).rstrip() + "…", size, weight) <= room
        low, high = (middle, high) if fits else (low, middle - 1)
    return "".join(parts[:low]).rstrip() + "…"


def _balanced(
    words: tuple[tuple[str, str], ...],
    lines: tuple[str, ...],
    room: float,
    size: float,
    weight: int,
) -> tuple[str, ...]:
    low, high, best = room / 2, room, lines
    if not 1 < len(lines) <= 12:
        return lines
    for _ in range(5):
        middle = (low + high) / 2
        tried = _fill(words, middle, size, weight)
        if len(tried) == len(lines) and not _splits_words(words, middle, size, weight):
            best, high = tried, middle
        else:
            low = middle
    return best


def _splits_words(
    words: tuple[tuple[str, str], ...], room: float, size: float, weight: int
) -> bool:
    return any(width(word, size, weight) > room for _, word in words)


def _fill(
    words: tuple[tuple[str, str], ...], room: float, size: float, weight: int
) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for gap, word in words:
        longer = line + gap + word if line else word
        if width(longer, size, weight) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _parts(word, room, size, weight)
        lines += full
    return (*lines, line) if line or not lines else tuple(lines)


def _parts(word: str, room: float, size: float, weight: int) -> list[str]:
    """A word in parts that fit; nothing of it is lost."""
    if width(word, size, weight) <= room:
        return [word]
    parts, part = [], ""
    for cluster in clusters(word):
        if part and width(part + cluster, size, weight) > room:
            parts.append(part)
            part = ""
        part += cluster
    return [*parts, part]


@lru_cache(maxsize=5_000)
def _words(text: str) -> tuple[tuple[str, str], ...]:
    """What stays together, each with what stands between it and the one before."""
    words: list[tuple[str, str]] = []
    for chunk in text.split(" "):
        gap = " "
        for piece in _AFTER_HYPHEN.split(chunk):
            for part in _ideographs_apart(piece):
                words.append((gap, part))
                gap = ""
    return tuple(words)


def _ideographs_apart(word: str) -> list[str]:
    if word.isascii():
        return [word]
    parts: list[str] = []
    for cluster in clusters(word):
        apart = parts and (_is_ideograph(cluster[0]) or _is_ideograph(parts[-1][-1]))
        if apart and cluster not in _NOT_FIRST and parts[-1][-1] not in _NOT_LAST:
            parts.append(cluster)
        elif parts:
            parts[-1] += cluster
        else:
            parts.append(cluster)
    return parts


def _is_ideograph(character: str) -> bool:
    return character > "\u2e7f" and unicodedata.east_asian_width(character) in "WF"


def clusters(text: str) -> list[str]:
    """What a reader sees as one character: letters with their marks, joined emoji, flags."""
    found: list[str] = []
    for character in text:
        if found and _belongs(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _belongs(before: str, character: str) -> bool:
    if unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf"):
        return True
    if before[-1] == _JOINER or _SKINS[0] <= character <= _SKINS[1]:
        return True
    is_flag = _FLAGS[0] <= character <= _FLAGS[1]
    return is_flag and len(before) == 1 and _FLAGS[0] <= before <= _FLAGS[1]
