"""Emoji as far as the renderer of PNG and PDF can draw them.

Joined emoji, flags, tones and variants make it draw boxes, or panic (linebender/resvg#732).
"""

import re

_BASE = "[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u2bff]"
_TONE = "[\U0001f3fb-\U0001f3ff]"
_TAGS = "[\U000e0020-\U000e007f]"
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_VARIANT = re.compile("[\ufe0e\ufe0f\u20e3]")
_JOINED = re.compile(f"({_BASE})(?:{_TONE}|{_TAGS}|\u200d{_BASE})+")
_ANY = re.compile("[\U0001f000-\U0001faff\u231a\u231b\u23e9-\u23fa\u2600-\u27bf\u2b00-\u2bff]+")
_FIRST_FLAG_LETTER = 0x1F1E6 - ord("A")


def simple(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with the first of joined emoji, and flags as letters; and what was shortened."""
    plain = _VARIANT.sub("", text)
    shortened = (*(found[0] for found in _JOINED.finditer(plain)), *_FLAG.findall(plain))
    plain = _JOINED.sub(lambda found: str(found[1]), plain)
    plain = _FLAG.sub(lambda found: _letters(found[0]), plain)
    return plain, tuple(dict.fromkeys(shortened))


def without(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with □ in place of its emoji; and those."""
    return _ANY.sub("\u25a1", text), tuple(dict.fromkeys(_ANY.findall(text)))


def _letters(flag: str) -> str:
    return "".join(chr(ord(letter) - _FIRST_FLAG_LETTER) for letter in flag)
