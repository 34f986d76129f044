"""The pictures' fonts in the page itself, cut down to the characters that the page uses.

Pictures are set for the widths of these fonts, so a reader without them would see texts run out
of their boxes. A page of Latin letters grows by less than 150 kB.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import uharfbuzz as hb

from valuestream.draw.fonts import folder

_NAME = re.compile(r"(?P<family>[A-Za-z]+)_(?P<weight>\d+)\w*")
_INTERS_OWN = frozenset((*range(0x250), *range(0x2000, 0x2300)))
"""Latin letters and signs: other fonts are there for the scripts that Inter lacks."""


def font_faces(page: str) -> str:
    """CSS with the packaged fonts that the page's characters need; empty if there are none."""
    place = folder()
    files = sorted(place.glob("*.ttf")) if place else ()
    return "".join(rule for file in files for rule in _font_face(file, frozenset(map(ord, page))))


def _font_face(file: Path, characters: frozenset[int]) -> Iterator[str]:
    found = _NAME.fullmatch(file.stem)
    face = hb.Face(hb.Blob.from_file_path(str(file)))
    wanted = characters & frozenset(face.unicodes)
    if found is None or not (wanted if found["family"] == "Inter" else wanted - _INTERS_OWN):
        return
    family = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", found["family"])
    data = b64encode(_subset(face, wanted)).decode()
    yield (
        f"@font-face{{font-family:'{family}';font-weight:{found['weight']};font-display:swap;"
        f"src:url(data:font/ttf;base64,{data}) format('truetype')}}\n"
    )


def _subset(face: hb.Face, characters: frozenset[int]) -> bytes:
    wanted = hb.SubsetInput()
    for character in characters:
        wanted.unicode_set.add(character)
    # Figures in columns stand below one another: the page asks for figures of one width.
    wanted.layout_feature_tag_set.add(int.from_bytes(b"tnum", "big"))
    wanted.flags = hb.SubsetFlags.NO_HINTING
    data = hb.subset(face, wanted).blob.data
    return bytes(data)
