"""Further figures in the terminal: lists of records as tables, the rest as lines."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from valuestream.cli.conformance_shown import show_conformance
from valuestream.cli.figures_shown import ABSENT
from valuestream.model.durations import format_duration

_DURATIONS = {
    *("age", "since", "to_the_end", "time", "busy", "wait", "batching", "contention", "priority"),
    *("outside", "lead_time", "lead_time_for_changes", "time_to_restore", "expected"),
}
_SHARES = {"share", "distribution", "efficiency", "change_failure_rate"}
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOST = 30
_MORE = "(--format json has them)"


def show_further(found: dict[str, Any]) -> None:
    """Prints each of the further figures under its name."""
    console = Console()
    for name, value in found.items():
        console.print(f"\n{name}", style="bold", markup=False, highlight=False)
        if name == "conformance":
            show_conformance(console, value)
        else:
            _show(console, value)


def _show(console: Console, value: Any) -> None:
    if isinstance(value, list):
        console.print(_table(value))
        return
    tables = {k: v for k, v in value.items() if _is_table(v)}
    for key, part in value.items():
        if _is_grid(part):
            console.print(f"\n{_words(key)}", style="dim", markup=False)
            console.print(_grid(part))
        elif key not in tables:
            line = f"{_words(key)}: {_cell(key, part)}"
            console.print(line, markup=False, highlight=False, soft_wrap=True)
    for key, part in tables.items():
        console.print(f"\n{_words(key)}", style="dim", markup=False)
        console.print(_table(_records(part)))


def _is_grid(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 7 and all(len(row) == 24 for row in value)


def _grid(value: list[list[float]]) -> Table:
    """Seven days of twenty-four hours."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", *(f"{hour}" for hour in range(24))):
        table.add_column(name, justify="right", no_wrap=True)
    for day, row in zip(_DAYS, value, strict=True):
        table.add_row(day, *(f"{count:,.0f}" for count in row))
    return table


def _is_table(value: Any) -> bool:
    rows = list(value.values()) if isinstance(value, dict) else value
    return isinstance(rows, list) and bool(rows) and all(isinstance(row, dict) for row in rows)


def _records(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        return [{"": key, **record} for key, record in value.items()]
    return list(value)


def _table(records: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for place, key in enumerate(records[0] if records else ()):
        table.add_column(_words(key), justify="right" if place else "left", overflow="fold")
    for record in records[:_MOST]:
        table.add_row(*(Text(_cell(key, value)) for key, value in record.items()))
    if len(records) > _MOST:
        table.caption = f"and {len(records) - _MOST:,} more {_MORE}"
    return table


def _words(key: str) -> str:
    return key.replace("_", " ")


def _cell(key: str, value: Any) -> str:
    if isinstance(value, dict):
        if set(value) == {"mean", "p50", "p85", "p95"}:
            return _cell(key, value["p50"])
        return ", ".join(f"{k}: {_cell(key, v)}" for k, v in list(value.items())[:8])
    if isinstance(value, list):
        return ", ".join(_cell(key, part) for part in value) if len(value) < 24 else _MORE
    return _number(key, value) if isinstance(value, int | float) else str(value or ABSENT)


def _number(key: str, value: float) -> str:
    if key in _DURATIONS:
        return format_duration(value)
    if key in _SHARES:
        return f"{value:.1%}"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"
