"""Improvements as a board in the terminal, as documents for programs."""

import json
import unicodedata
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from valuestream.cli.figures_shown import ABSENT, duration
from valuestream.improvements import Board, Improvement
from valuestream.improvements.fold import by_state
from valuestream.improvements.measuring import Measured
from valuestream.model.durations import format_duration
from valuestream.model.figures_json import plain

_NEXT = {
    "found": "accept",
    "accepted": "decide",
    "decided": "design",
    "designed": "roll-out",
    "rolled out": "verify",
}
_CUT = 90


def show_board(board: Board, now: datetime) -> None:
    """Prints the improvements by state, the open ones first and of each the oldest first."""
    if not board.improvements:
        print("no improvements yet; begin with: valuestream improvements accept STREAM CODE")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("state", no_wrap=True)
    table.add_column("for", justify="right", no_wrap=True)
    table.add_column("id", no_wrap=True)
    table.add_column("finding", no_wrap=True)
    table.add_column("what", overflow="fold")
    last = ""
    for own in by_state(board):
        state, last = "" if own.state == last else own.state, own.state
        age = ABSENT if own.since > now else format_duration(own.age(now))
        table.add_row(state, age, own.id, own.finding, _what(own))
    Console().print(table)


def _what(own: Improvement) -> Text:
    """Where and whose, and below it what was done, or what the review said."""
    # As Text: what somebody wrote is no markup.
    first = f"{one_line(own.place)} · {one_line(own.owner)}"
    return Text.assemble(first, "\n", (one_line(own.done or own.message), "dim"))


def one_line(text: str) -> str:
    """A text of anybody's as one line of at most 90 characters that a terminal only shows."""
    shown = harmless(" ".join(text[: 4 * _CUT].split()))
    return shown if len(shown) <= _CUT else f"{shown[: _CUT - 1]}…"


def harmless(text: str) -> str:
    """The text without what would move a terminal's cursor or change its colours."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf") else c for c in text)


def show_act(own: Improvement) -> None:
    """Prints what an act made of an improvement, and what comes next."""
    print(f"{own.id} is {own.state}: {own.finding} at {one_line(own.place)}")
    print(f"  {one_line(own.done or own.message)}")
    if own.is_open:
        print(f"next: valuestream improvements {_NEXT[own.state]} {own.id}")


def show_measured(found: Measured) -> None:
    """Prints how long from finding to effect, the steps' times, and what waits now."""
    spread = found.to_effect
    if found.verified:
        print(
            f"from finding to effect: median {duration(spread.p50)}, 85 % within "
            f"{duration(spread.p85)} ({found.verified:,} verified)"
        )
    else:
        print("from finding to effect: unknown, none is verified yet")
    if found.slowest:
        step, elapsed = found.slowest
        print(f"the longest way is to {step!r}: median {duration(elapsed.p50)}")
    if found.dropped:
        print(f"dropped: {found.dropped:,}")
    console = Console()
    console.print()
    console.print(_steps(found))
    if found.waiting:
        console.print()
        console.print(_waiting(found))


def _steps(found: Measured) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.caption, table.caption_justify = "Times are since the act before, work and wait.", "left"
    table.add_column("step", no_wrap=True)
    for name in ("done", "median", "85 % within", "95 % within", "mean"):
        table.add_column(name, justify="right", no_wrap=True)
    for step in found.figures.steps:
        times = step.elapsed_time
        cells = map(duration, (times.p50, times.p85, times.p95, times.mean))
        table.add_row(step.step, f"{step.visits or 0:,}", *cells)
    return table


def _waiting(found: Measured) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("waiting now", no_wrap=True)
    for name in ("how many", "median", "longest"):
        table.add_column(name, justify="right", no_wrap=True)
    for own in found.waiting:
        ages = map(duration, (own.median, own.longest))
        table.add_row(own.state, f"{own.improvements:,}", *ages)
    return table


def print_json(written: dict[str, Any]) -> None:
    """Prints a document and nothing else."""
    print(json.dumps(plain(written), ensure_ascii=False, indent=2))
