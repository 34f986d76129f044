"""The subtraction list as a table for people."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share
from valuestream.review.stands import stands_on

if TYPE_CHECKING:
    from valuestream.model.figures import Figures
    from valuestream.review.saving import Bounds, Lost, Money, Subtraction

_SHOWN = 15
_HEADINGS = {
    "loses nothing": "Loses nothing",
    "asks": "To be answered first",
    "asks for the value": "Would the customer miss it?",
    "loses": "Loses something",
}
_LEAST = 0.005
"""What two digits behind the point can show."""


def show(found: "Sequence[Subtraction]", figures: "Figures | None", whole: bool) -> None:
    """The list, best first: what each saves in a case, and what it loses or asks."""
    if not found:
        print("nothing to take away is known: no time, handoff or cost is declared or measured")
        return
    shown = found if whole else found[:_SHOWN]
    has_money = any(one.saved.money for one in shown)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", justify="right")
    table.add_column("take away", ratio=4)
    for heading in ("lead time", "work", "handoffs", *(["cost"] if has_money else [])):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("loses, asks", ratio=6)
    for number, one in enumerate(shown, 1):
        if number == 1 or one.rank != shown[number - 2].rank:
            table.add_row("", f"[bold]{_HEADINGS[one.rank]}[/bold]")
        saved = one.saved
        cells = [_duration(saved.lead_time), _duration(saved.process_time)]
        cells += [_number(saved.handoffs), *([_money(saved.money)] if has_money else [])]
        table.add_row(str(number), one.title, *cells, " ".join(but(one)))
    Console(highlight=False).print(table)
    more = len(found) - len(shown)
    stands = stands_on(figures) if figures else f"as {found[0].provenance}"
    print(f"\nsaved a case, {stands}" + (f"; {more} more by --all" if more else ""))
    print("write one into the text as a scenario: --write N")


def _duration(bounds: "Bounds | None") -> str:
    if bounds is None or bounds.high < 1e-6:
        return ""
    low, high = format_duration(bounds.low), format_duration(bounds.high)
    return _range(low, high, bounds.low > 0)


def _number(bounds: "Bounds | None") -> str:
    return "" if bounds is None or bounds.high < _LEAST else f"{bounds.high:.2g}"


def _money(money: "Money | None") -> str:
    if money is None or money.amount.high < _LEAST:
        return ""
    low, high = (f"{end:,.2f} {money.currency}" for end in (money.amount.low, money.amount.high))
    return _range(low, high, money.amount.low > 0)


def _range(low: str, high: str, has_least: bool) -> str:
    if low == high:
        return high
    return f"{low} to {high}" if has_least else f"≤ {high}"


def but(one: "Subtraction") -> Iterator[str]:
    """What is lost, and what has to be answered first, in short sentences."""
    yield from _losses(one.lost, one.step)
    yield from one.asks
    if one.lost.participants:
        yield f"{' and '.join(one.lost.participants)} would take part no more."


def _losses(lost: "Lost", step: str) -> Iterator[str]:
    if lost.value:
        yield f"Loses the value: {lost.value}."
    if lost.outcome:
        yield f"Loses the outcome: {lost.outcome}."
    for promise in lost.promises:
        own = promise.removeprefix(f"{step}: ")
        yield f"Loses {'its promise' if own != promise else 'the promise'}: {own}."
    if lost.breaks:
        yield f"Breaks {'; '.join(f'{b.step} (needs {b.need})' for b in lost.breaks)}."
    if lost.rework:
        share, to = format_share(lost.rework.share), lost.rework.to
        more = f" and {len(to) - 2} more" if len(to) > 2 else ""
        named = ", ".join(to[:2]) + more
        yield f"Lets defects through: {share} of its visits send cases back to {named}."
    if lost.necessary:
        yield "It is declared to be necessary."
