"""Values of figures as people write and read them, by their unit."""

import re

from valuestream.model.durations import format_duration, parse_duration
from valuestream.model.measurable import Unit
from valuestream.model.money import Cost
from valuestream.model.rates import parse_rate
from valuestream.model.shares import format_share, parse_share

_WEEK = 7 * 86_400
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
ABSENT = "–"


def read_target(written: str | float, unit: Unit, currency: str | None = None) -> float:
    """A target in the unit of its figure: seconds, a share, cases a week, a count, an amount.

    Raises ValueError with a sentence that says what to write instead; of money also where its
    currency is another than that of the costs.
    """
    if unit == "duration":
        return parse_duration(written)
    if unit == "share":
        return parse_share(written)
    if unit == "money":
        return _amount(written, currency)
    if isinstance(written, str) and _NUMBER.fullmatch(written.strip()):
        written = float(written)
    if isinstance(written, int | float) and not isinstance(written, bool) and written >= 0:
        return float(written)
    if unit == "cases a week" and isinstance(written, str):
        return parse_rate(written) * _WEEK
    raise ValueError(f"{written!r} is no number of {unit}; write one such as 4 or 2.5")


def _amount(written: str | float, currency: str | None) -> float:
    cost = Cost.parse(written)
    if cost.per == "hour":
        raise ValueError(
            f"{written!r} is a cost by the hour; write that of a case, such as "
            f"{cost.amount} {cost.currency}"
        )
    if currency and cost.currency != currency:
        raise ValueError(f"{written!r}: its stream costs {currency}; write it in that")
    return float(cost.amount)


def write_value(value: float | None, unit: Unit, currency: str | None = None) -> str:
    """A value as tables and pages show it: `12 min`, `86 %`, `80 a week`, `3.80 EUR`."""
    if value is None:
        return ABSENT
    if unit == "duration":
        return format_duration(value)
    if unit == "share":
        return format_share(value)
    if unit == "money":
        return f"{value:,.2f} {currency or ''}".strip()
    if unit == "cases a week":
        return f"{_short(value)} a week"
    return _short(value)


def write_target(value: float, unit: Unit, currency: str | None = None) -> str:
    """A value as a text of goals has it, so that `read_target` reads it again."""
    if unit == "cases a week":
        return f"{round(value, 1):g}"
    if unit == "share":
        return f"{round(value * 100, 1):g} %"
    return write_value(value, unit, currency).replace(",", "")


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 else f"{round(value, 1):g}"
