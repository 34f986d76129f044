"""Texts made safe for a picture: characters XML allows, no hidden turns of direction."""

import re
import unicodedata

_SPACES = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029\u200b]+")
# XML 1.0 allows no control characters, surrogates nor U+FFFE and U+FFFF.
_NOT_XML = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# A text that turns the direction of what follows could make a picture say something else.
_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_ISOLATE_RTL, _ISOLATE_ANY, _ISOLATE_END = "\u2067", "\u2068", "\u2069"
_RTL = ("R", "AL")


def clean(text: str) -> str:
    """The text on one line, without what XML forbids (shown as □) or what turns directions."""
    visible = _NOT_XML.sub("\u25a1", _SPACES.sub(" ", text))
    return _TURNS.sub("", visible).strip(" ")


def is_rtl(text: str) -> bool:
    """Whether a text reads from right to left: by its first letter that has a direction."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction == "L":
            return False
        if direction in _RTL:
            return True
    return False


def has_rtl(text: str) -> bool:
    """Whether any part of a text reads from right to left."""
    return any(unicodedata.bidirectional(c) in _RTL for c in text)


def in_direction(text: str, rtl: bool) -> str:
    """A line that is shown from right to left where its paragraph is.

    By isolates and not by the attribute `direction`, which not every renderer knows.
    """
    return f"{_ISOLATE_RTL}{text}{_ISOLATE_END}" if rtl else text


def quoted(text: str) -> str:
    """A person's text inside a sentence of ours, so that its direction stays its own."""
    safe = clean(text)
    return f"{_ISOLATE_ANY}{safe}{_ISOLATE_END}" if has_rtl(safe) else safe
