"""What a subtraction saves, loses and asks, in words."""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share
from valuestream.review.saving import Bounds, Caught, Lost, Money, Subtraction

_NAMED = 2
_LEAST = 0.005
"""What two digits behind the point can show."""


def duration(bounds: Bounds | None) -> str:
    """A saved time: known, between two, or at most; empty where there is none."""
    if bounds is None or bounds.high < 1e-6:
        return ""
    low, high = format_duration(bounds.low), format_duration(bounds.high)
    return _range(low, high, bounds.low > 0)


def number(bounds: Bounds | None) -> str:
    """A saved number, likewise."""
    return "" if bounds is None or bounds.high < _LEAST else f"{bounds.high:.2g}"


def money(money: Money | None) -> str:
    """Saved money, likewise."""
    if money is None or money.amount.high < _LEAST:
        return ""
    low, high = (f"{end:,.2f} {money.currency}" for end in (money.amount.low, money.amount.high))
    return _range(low, high, money.amount.low > 0)


def _range(low: str, high: str, has_least: bool) -> str:
    if low == high:
        return high
    return f"{low} to {high}" if has_least else f"≤ {high}"


def but(one: Subtraction) -> Iterator[str]:
    """What is lost, and what has to be answered first, in short sentences."""
    yield from _losses(one.lost, one.step)
    if one.lost.rework:
        yield _check(one.lost.rework, one.kind == "removed")
    yield from one.asks
    if one.lost.participants:
        yield f"{' and '.join(one.lost.participants)} would take part no more."


def _losses(lost: Lost, step: str) -> Iterator[str]:
    if lost.value:
        yield f"Loses the value: {lost.value}."
    if lost.outcome:
        yield f"Loses the outcome: {lost.outcome}."
    for promise in lost.promises:
        own = promise.removeprefix(f"{step}: ")
        yield f"Loses {'its promise' if own != promise else 'the promise'}: {own}."
    if lost.breaks:
        yield f"Breaks {'; '.join(f'{b.step} (needs {b.need})' for b in lost.breaks)}."
    if lost.necessary:
        yield "It is declared to be necessary."


def _check(caught: Caught, is_gone: bool) -> str:
    more = f" and {len(caught.to) - _NAMED} more" if len(caught.to) > _NAMED else ""
    back = f"{format_share(caught.share)} of cases go back to {', '.join(caught.to[:_NAMED])}{more}"
    if is_gone:
        return f"Lets defects through: {back}."
    return f"Nobody else checks it then: {back}."
