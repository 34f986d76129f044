"""Shares as people write them. Inside the program a share is a float between 0 and 1."""

import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")


def parse_share(text: object) -> float:
    """A share such as `86 %` or `0.86`, as a float between 0 and 1.

    Raises ValueError with a sentence that says what to write instead.
    """
    written = text.strip() if isinstance(text, str) else text
    if isinstance(written, str):
        share = _from_text(written, text)
    elif isinstance(written, int | float) and not isinstance(written, bool):
        share = float(written)
    else:
        raise ValueError(f"{text!r} is no share; write one such as 86 % or 0.86")
    if 0 <= share <= 1:
        return share
    meant = f"; {written:g} % is written with its sign" if isinstance(written, int | float) else ""
    raise ValueError(f"{text} is no share between 0 % and 100 %{meant}")


def _from_text(written: str, text: object) -> float:
    if percent := _PERCENT.fullmatch(written):
        return float(percent[1]) / 100
    if _NUMBER.fullmatch(written):
        return float(written)
    raise ValueError(f"{text!r} is no share; write one such as 86 % or 0.86")


def format_share(share: float) -> str:
    """A share in percent, never rounded up to 100 % nor down to 0 % where something is left."""
    percent = share * 100
    if 0 < percent <= 0.5:
        return "< 1 %"
    if 99.5 <= percent < 100:
        return "> 99 %"
    return f"{percent:.0f} %"


Share = Annotated[
    float,
    BeforeValidator(parse_share),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "title": "Share",
            "description": "A share: 86 % or 0.86",
        }
    ),
]
