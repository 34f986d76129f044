"""The letters of the packaged fonts that a picture uses, for readers that lack the fonts."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from valuestream.draw.fonts import packaged


def font_faces(text: str) -> str:
    """CSS with the letters of a text in each packaged font that has some; data, no addresses."""
    asked = frozenset(c for c in text if c > " ")
    rules = []
    for name, weight, path in packaged():
        letters = frozenset(ord(c) for c in asked) & _letters(path)
        # Digits and punctuation are Inter's, unless a text's own script is in the font too.
        if name != "Inter" and not any(0x590 <= letter <= 0x8FF for letter in letters):
            continue
        data = b64encode(_subset(path, letters)).decode()
        source = f"url(data:font/ttf;base64,{data})"
        rules.append(
            f"@font-face {{ font-family: '{name}'; font-weight: {weight}; src: {source}; }}\n"
        )
    return "".join(rules)


@lru_cache
def _letters(path: Path) -> frozenset[int]:
    return frozenset(hb.Face(hb.Blob.from_file_path(str(path))).unicodes)


@lru_cache(maxsize=64)
def _subset(path: Path, letters: frozenset[int]) -> bytes:
    asked = hb.SubsetInput()
    for letter in sorted(letters | {0x20, 0xA0}):
        asked.unicode_set.add(letter)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return bytes(hb.subset(face, asked).blob.data)
