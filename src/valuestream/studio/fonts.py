"""The packaged fonts for a page: the letters that most texts need, each file small."""

from functools import cache

import uharfbuzz as hb

from valuestream.draw.fonts import packaged

_RANGES: dict[str, tuple[tuple[int, int], ...]] = {
    "latin": (
        (0x20, 0x7E),
        (0xA0, 0xFF),
        (0x131, 0x131),
        (0x152, 0x153),
        (0x2000, 0x206F),
        (0x20AC, 0x20AC),
        (0x2122, 0x2122),
        (0x2190, 0x2195),
        (0x2212, 0x2212),
        (0x2248, 0x2248),
        (0x2264, 0x2265),
    ),
    "latin-ext": ((0x100, 0x130), (0x132, 0x151), (0x154, 0x2AF), (0x1E00, 0x1EFF)),
    "greek": ((0x370, 0x3FF),),
    "cyrillic": ((0x400, 0x52F),),
    "hebrew": ((0x590, 0x5FF), (0xFB1D, 0xFB4F)),
    "arabic": ((0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)),
}
_SCRIPTS = {
    "Inter": ("latin", "latin-ext", "greek", "cyrillic"),
    "Noto Sans Arabic": ("arabic",),
    "Noto Sans Hebrew": ("hebrew",),
}


@cache
def parts() -> dict[str, tuple[str, int, str]]:
    """The files by name: family, weight and script. A browser asks only for those it needs."""
    return {
        f"{family.replace(' ', '')}-{weight}-{script}.ttf": (family, weight, script)
        for family, weight, _ in packaged()
        for script in _SCRIPTS[family]
    }


@cache
def part(name: str) -> bytes:
    """The file of that name, one of `parts`."""
    family, weight, script = parts()[name]
    path = next(p for own, w, p in packaged() if (own, w) == (family, weight))
    asked = hb.SubsetInput()
    for first, last in _RANGES[script]:
        for letter in range(first, last + 1):
            asked.unicode_set.add(letter)
    face = hb.Face(hb.Blob.from_file_path(str(path)))
    return bytes(hb.subset(face, asked).blob.data)


def faces() -> str:
    """CSS that names the files and which letters each has."""
    return "".join(
        f"@font-face {{ font-family: '{family}'; font-weight: {weight}; font-display: swap; "
        f"src: url('{name}') format('truetype'); unicode-range: {_said(script)}; }}\n"
        for name, (family, weight, script) in parts().items()
    )


def _said(script: str) -> str:
    return ", ".join(f"U+{first:X}-{last:X}" for first, last in _RANGES[script])
