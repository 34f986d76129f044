"""Figures as tables in the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, Kept, Spread, StepFigures
from valuestream.model.shares import format_share

ABSENT = "–"
_MEDIANS = "Times of steps are medians."
_WORKING = "Times of steps are medians, in working time."
_WIDE = 0.03


def show(figures: Figures) -> None:
    """Prints the headline figures and the table of steps."""
    console = Console()
    console.print(f"\n{figures.stream}", style="bold", markup=False, highlight=False)
    console.print(_summary(figures), style="dim", markup=False, highlight=False)
    console.print()
    console.print(_headline(figures))
    console.print()
    console.print(_steps(figures))
    for line in _notes(figures):
        console.print()
        console.print(line, markup=False, highlight=False)


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


def _notes(figures: Figures) -> list[str]:
    notes = []
    received = figures.received
    if received:
        interval = f"{format_share(received.low)} to {format_share(received.high)}"
        notes.append(
            f"every value received by {format_share(received.every)} ({interval}) of "
            f"{received.cases:,} completed cases"
        )
    if figures.working_time:
        notes.append(f"working time of the calendar {figures.working_time.calendar!r}")
    if figures.outside:
        notes.append(f"left out: {figures.outside:,} cases in which nothing started the clock")
    return [*notes, _unmapped(figures.unmapped)] if figures.unmapped else notes


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
    working = figures.working_time
    if working:
        table.add_row("in working time")
        table.add_row("  lead time", *(duration(v) for v in _order(working.lead_time)))
        table.add_row("  process time", *(duration(v) for v in _order(working.process_time)))
        table.add_row("  flow efficiency", share(working.flow_efficiency))
        table.add_row("  takt time", duration(working.takt_time))
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
        "process": [_time(step, "process_time") for step in steps],
        "wait": [_time(step, "wait_time") for step in steps],
        "elapsed": [_time(step, "elapsed_time") for step in steps],
        "rework": [share(step.rework) for step in steps],
        "%C&A": [share(step.complete_accurate) for step in steps],
        "promise kept": [kept(step.promise) for step in steps],
    }
    shown = {name: cells for name, cells in columns.items() if set(cells) != {ABSENT}}
    if "wait" in shown:
        # Wait and process time together say it already.
        shown.pop("elapsed", None)
    table = Table(
        box=None,
        pad_edge=False,
        header_style="dim",
        caption=_WORKING if figures.working_time else _MEDIANS,
    )
    table.caption_justify = "left"
    table.add_column("step", overflow="fold", min_width=16)
    for name in shown:
        table.add_column(name, justify="right", no_wrap=True)
    for step, *cells in zip(steps, *shown.values(), strict=True):
        table.add_row(Text(step.step), *cells)
    return table


def _time(step: StepFigures, time: str) -> str:
    """The median of a step's times, in working time where there is a calendar."""
    spread: Spread = getattr(step.working_time or step, time)
    return duration(spread.p50)


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
    """A promise's kept share, the share that should be, and the interval's ends if far apart."""
    if promise is None or promise.kept is None:
        return ABSENT
    target = "" if promise.target is None else f" of {format_share(promise.target)}"
    text = f"{format_share(promise.kept)}{target}"
    if promise.low is None or promise.high is None or promise.high - promise.low < _WIDE:
        return text
    return f"{text} ({promise.low * 100:.0f}–{promise.high * 100:.0f})"
