"""Rates: how many cases come in a time."""

import math
import re
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema

from valuestream.model.durations import parse_duration

_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:/|per|an?|each)\s*(.+)")


def parse_rate(text: object) -> float:
    """Cases per second of a rate such as `80 per day`, `8/h` or `3 per 2 weeks`.

    Raises ValueError with a sentence that says what to write instead.
    """
    found = _RATE.fullmatch(text.strip()) if isinstance(text, str) else None
    if not found:
        raise ValueError(f"{text!r} is no rate; write one such as 80 per day or 8 per hour")
    span = found[2] if found[2][0].isdigit() else f"1 {found[2]}"
    seconds = parse_duration(span)
    if seconds <= 0 or float(found[1]) <= 0:
        raise ValueError(f"{text!r}: a rate is more than nothing in more than no time")
    rate = float(found[1]) / seconds
    if not math.isfinite(rate):
        raise ValueError(f"{text!r}: so many cannot come; look at its digits and its unit")
    return rate


PerSecond = Annotated[
    float,
    BeforeValidator(parse_rate),
    WithJsonSchema(
        {
            "type": "string",
            "title": "Rate",
            "description": "A rate: 80 per day, 8 per hour",
        }
    ),
]
