"""Figures as tables in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, Kept, Spread
from valuestream.model.shares import format_share

ABSENT = "–"
_MEDIANS = "Times of steps are medians."


def show(figures: Figures) -> None:
    """Prints the headline figures and the table of steps."""
    console = Console()
    console.print(f"\n{figures.stream}", style="bold", markup=False, highlight=False)
    console.print(_summary(figures), style="dim", markup=False, highlight=False)
    console.print()
    console.print(_headline(figures))
    console.print()
    console.print(_steps(figures))
    if figures.unmapped:
        console.print()
        console.print(_unmapped(figures.unmapped), markup=False, highlight=False)


def show_groups(column: str, found: Sequence[tuple[str | None, Figures | None]]) -> None:
    """Prints a row for each value of a column."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(Text(column), overflow="fold", min_width=16)
    for name in ("cases", "lead time", "85 % within", "flow efficiency", "rolled %C&A"):
        table.add_column(name, justify="right", no_wrap=True)
    for value, figures in found:
        cells = [ABSENT] * 5
        if figures is not None:
            cells = [
                _count(figures.cases),
                duration(figures.lead_time.p50),
                duration(figures.lead_time.p85),
                share(figures.flow_efficiency),
                share(figures.rolled_complete_accurate),
            ]
        table.add_row(Text(ABSENT if value is None else value), *cells)
    Console().print(table)


def _summary(figures: Figures) -> str:
    parts: list[str] = [figures.provenance]
    if figures.cases is not None:
        plural = "" if figures.cases == 1 else "s"
        parts.append(f"{figures.cases:,} case{plural}, {figures.completed_cases or 0:,} completed")
    if figures.events is not None:
        parts.append(f"{figures.events:,} events")
    if figures.period:
        parts.append(f"{figures.period.start:%Y-%m-%d} to {figures.period.end:%Y-%m-%d}")
    return " · ".join(parts)


def _headline(figures: Figures) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "median", "85 % within", "95 % within", "mean"):
        table.add_column(name, justify="left" if not name else "right")
    for name, spread in (
        ("lead time", figures.lead_time),
        ("process time", figures.process_time),
    ):
        table.add_row(name, *(duration(v) for v in _order(spread)))
    for name, value in (
        ("flow efficiency", figures.flow_efficiency),
        ("rolled %C&A", figures.rolled_complete_accurate),
    ):
        table.add_row(name, share(value))
    if figures.handoffs and figures.handoffs.per_case is not None:
        table.add_row("handoffs per case", f"{figures.handoffs.per_case:.1f}")
    return table


def _steps(figures: Figures) -> Table:
    """A row a step; columns that no step has a figure for are left out."""
    steps = figures.steps
    columns = {
        "visits": [_count(step.visits) for step in steps],
        "process": [duration(step.process_time.p50) for step in steps],
        "wait": [duration(step.wait_time.p50) for step in steps],
        "elapsed": [duration(step.elapsed_time.p50) for step in steps],
        "rework": [share(step.rework) for step in steps],
        "%C&A": [share(step.complete_accurate) for step in steps],
        "promise kept": [kept(step.promise) for step in steps],
    }
    shown = {name: cells for name, cells in columns.items() if set(cells) != {ABSENT}}
    if "wait" in shown:
        # Wait and process time together say it already.
        shown.pop("elapsed", None)
    table = Table(box=None, pad_edge=False, header_style="dim", caption=_MEDIANS)
    table.caption_justify = "left"
    table.add_column("step", overflow="fold", min_width=16)
    for name in shown:
        table.add_column(name, justify="right", no_wrap=True)
    for step, *cells in zip(steps, *shown.values(), strict=True):
        table.add_row(Text(step.step), *cells)
    return table


def _count(number: int | None) -> str:
    return ABSENT if number is None else f"{number:,}"


def _unmapped(unmapped: dict[str, int]) -> str:
    most = sorted(unmapped.items(), key=lambda item: -item[1])
    named = ", ".join(f"{name} ({count:,})" for name, count in most[:5])
    rest = f" and {len(most) - 5} more" if len(most) > 5 else ""
    return f"in no step: {named}{rest}"


def _order(spread: Spread) -> tuple[float | None, ...]:
    return spread.p50, spread.p85, spread.p95, spread.mean


def duration(seconds: float | None) -> str:
    """A duration, or the sign of an absent one."""
    return ABSENT if seconds is None else format_duration(seconds)


def share(value: float | None) -> str:
    """A share, or the sign of an absent one."""
    return ABSENT if value is None else format_share(value)


def kept(promise: Kept | None) -> str:
    """A promise's kept share and, in brackets, the share that should be."""
    if promise is None or promise.kept is None:
        return ABSENT
    target = "" if promise.target is None else f" ({format_share(promise.target)})"
    return f"{format_share(promise.kept)}{target}"
