"""Names and what is made from them: ids, and the nearest of several."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice

_LOOKED_AT = 1000
"""How many names are compared: a person has fewer, and each comparison takes its time."""
_LISTED = 5
_TELLING = 4
"""Fewer letters are in too many names to tell one."""
_LATIN_WITH_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")


@lru_cache(maxsize=4096)
def identify(name: str) -> str:
    """A stable id from a name: `Check-in at the desk` gives `check-in-at-the-desk`.

    Letters and digits of every script are kept, accents of Latin letters are not. A name without
    any gives `unnamed`.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    kept = _LATIN_WITH_ACCENTS.sub(r"\1", plain)
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", kept))
    return "-".join(words) or "unnamed"


def is_question(text: str | None) -> bool:
    """Whether nobody has written it yet: nothing, or `TODO`, or `TODO: a question`."""
    return text is None or text.split(":")[0].strip().upper() in ("", "TODO", "?")


def question(text: str | None) -> str | None:
    """What is asked in place of a text, perhaps no words; None where nothing or all is said."""
    return text.partition(":")[2].strip() if text and is_question(text) else None


def answered(text: str | None) -> str | None:
    """The text, or None where it is still a question."""
    return None if is_question(text) else text


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, whatever the case of letters; None if none is like it.

    Else it is one that begins with these words, else one that contains them.
    """
    by_folded: dict[str, str] = {}
    for one in islice(known, _LOOKED_AT):
        by_folded.setdefault(one.casefold(), one)
    folded = name.casefold()
    close = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    if not close and len(folded) >= _TELLING:
        longer = (one for one in by_folded if folded in one)
        close = sorted(longer, key=lambda one: not one.startswith(folded))[:1]
    return by_folded[close[0]] if close else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of a message on an unknown name: the nearest known one, else the first known ones."""
    names = list(known)
    near = nearest(name, names)
    if near:
        return f"did you mean {near!r}?"
    more = len(names) - _LISTED
    rest = f" and {more:,} more" if more > 0 else ""
    return f"known are {', '.join(names[:_LISTED])}{rest}" if names else "none is known here"
