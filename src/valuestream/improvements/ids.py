"""Ids of improvements: short, and unique though nobody asks anybody."""

import secrets
from collections.abc import Collection

from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean

_LETTERS = "bcdfghjkmnpqrstvwxz"
_DIGITS = "23456789"
# Nothing that is read for another, no word, no number: a letter first, no vowels, no 0 and 1.
_LENGTH = 8


def new_id(known: Collection[str]) -> str:
    """An id that none of the known ones is.

    Of a thousand made on each of two branches, two are alike once in 200,000 times; that would be
    named as VS084.
    """
    while True:
        rest = (secrets.choice(_LETTERS + _DIGITS) for _ in range(_LENGTH - 1))
        made = secrets.choice(_LETTERS) + "".join(rest)
        if made not in known:
            return made


def named(given: str, known: Collection[str]) -> str:
    """The id that is meant: itself, or the only one that begins so.

    Raises InputError that names the nearest one.
    """
    wanted = given.strip().casefold()
    by_folded = {own.casefold(): own for own in known}
    if wanted in by_folded:
        return by_folded[wanted]
    fitting = [own for folded, own in by_folded.items() if wanted and folded.startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        some = ", ".join(fitting[:5]) + (", …" if len(fitting) > 5 else "")
        raise InputError(f"{given!r} may be {some}; write more of it")
    raise InputError(f"there is no improvement {given[:40]!r}; {did_you_mean(given[:100], known)}")
