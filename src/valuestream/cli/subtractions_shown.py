"""The subtraction list as a table for people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from valuestream.review.saving_words import but, duration, money, number
from valuestream.review.stands import stands_on

if TYPE_CHECKING:
    from valuestream.model.figures import Figures
    from valuestream.review.saving import Subtraction

_SHOWN = 15
_HEADINGS = {
    "loses nothing": "Loses nothing",
    "asks": "To be answered first",
    "asks for the value": "Would the customer miss it?",
    "loses": "Loses something",
}


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
    for place, one in enumerate(shown, 1):
        if place == 1 or one.rank != shown[place - 2].rank:
            table.add_row("", f"[bold]{_HEADINGS[one.rank]}[/bold]")
        saved = one.saved
        cells = [duration(saved.lead_time), duration(saved.process_time)]
        cells += [number(saved.handoffs), *([money(saved.money)] if has_money else [])]
        table.add_row(str(place), one.title, *cells, " ".join(but(one)))
    Console(highlight=False).print(table)
    more = len(found) - len(shown)
    stands = stands_on(figures) if figures else f"as {found[0].provenance}"
    print(f"\nsaved a case, {stands}" + (f"; {more} more by --all" if more else ""))
    print("write one into the text as a scenario: --write N")
