"""What a plain scalar means, and how a value is written so that it is read back.

Plain scalars are read as YAML 1.2's core schema says, without its octal and hexadecimal numbers:
a room `0x10` is a text. Times and dates stay texts as well.
"""

import json
import math
import re
from typing import TypeAlias

Plain: TypeAlias = str | int | float | bool | None

_NULL = ("", "~", "null", "Null", "NULL")
_BOOLS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INT = re.compile(r"[-+]?[0-9]+")
_MOST_DIGITS = 300
"""Above it a row of digits is a text: as a number it would be infinite."""
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
# What stands at the start of a plain text or inside it without any meaning of its own.
_START = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<]|-(?=[^\s,\[\]{}])")
_BREAKS_OUT = re.compile(r":(?=\s|$)|\s#")
_FLOW = re.compile(r"[,\[\]{}:]")
_UNPRINTABLE = re.compile(
    r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def resolve(text: str) -> Plain:
    """What a plain scalar means: nothing, true or false, a number, else its text."""
    if text in _NULL:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if _INT.fullmatch(text):
        return int(text) if len(text) <= _MOST_DIGITS else text
    if _FLOAT.fullmatch(text):
        return float(text)
    if _SPECIAL.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text


def write(value: Plain, style: str | None = None, *, flow: bool = False) -> str:
    """A value as a scalar on one line that reads back as the same value.

    `style` is the quote to keep where possible; inside `{…}` and `[…]` more needs quotes.
    """
    if isinstance(value, str):
        return _write_text(value, style, flow)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return (
        repr(value)
        if math.isfinite(value)
        else f"{value:f}".replace("inf", ".inf").replace("nan", ".nan")
    )


def _write_text(text: str, style: str | None, flow: bool) -> str:
    if _UNPRINTABLE.search(text) or style == '"':
        return _double_quoted(text)
    if style is None and _is_plain(text, flow):
        return text
    return "'" + text.replace("'", "''") + "'"


def _is_plain(text: str, flow: bool) -> bool:
    return bool(
        _START.match(text)
        and text == text.strip()
        and isinstance(resolve(text), str)
        and not _BREAKS_OUT.search(text)
        and not text.startswith(("---", "..."))
        and not (flow and _FLOW.search(text))
    )


def _double_quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
