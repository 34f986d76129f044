"""Conformance in the terminal: how far cases follow the stream, and where they leave it."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from valuestream.cli.figures_shown import ABSENT, duration, share

_MOST = 15
_KINDS = ("skipped", "added", "repeated", "out_of_order")


def show_conformance(console: Console, found: dict[str, Any]) -> None:
    """Prints what follows the stream, the steps with their departures, and the most usual ones."""
    for line in _summary(found):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print("\ncases that leave the stream at a step", style="dim")
    console.print(_steps(found))
    if found["deviations"]:
        console.print("\nhow they leave it, most cases first", style="dim")
        console.print(_deviations(found))


def _summary(found: dict[str, Any]) -> list[str]:
    cases, fitting = found["cases"], found["fitting_cases"]
    lines = [
        f"{fitting:,} of {cases:,} cases follow the stream to an end ({share(fitting / cases)})",
        f"fitness {found['fitness']:.3f} (mean of the cases), {found['log_fitness']:.3f} (of all "
        "visits together)",
    ]
    if found["unfinished"]:
        lines.append(f"{found['unfinished']:,} cases stop before an end of the stream")
    aligned, of = found["variants_aligned"], found["variants_of"]
    if aligned < of:
        lines.append(
            f"estimates: of {of:,} variants {aligned:,} were aligned, half of them the most "
            "frequent, half a sample that stands for all others"
        )
    return lines


def _steps(found: dict[str, Any]) -> Table:
    table = _table("step", *(kind.replace("_", " ") for kind in _KINDS))
    for step in found["steps"]:
        table.add_row(Text(step["step"]), *(_times(step[kind], found["cases"]) for kind in _KINDS))
    return table


def _times(times: dict[str, int], of: int) -> str:
    return f"{times['cases']:,} ({share(times['cases'] / of)})" if times["cases"] else ABSENT


def _deviations(found: dict[str, Any]) -> Table:
    table = _table("what", "cases", "mean lead time", "of the others", "such as")
    for one in found["deviations"][:_MOST]:
        table.add_row(
            Text(_said(one)),
            _times(one, found["cases"]),
            duration(one["lead_time"]),
            duration(one["lead_time_of_others"]),
            Text(", ".join(one["examples"])),
        )
    if len(found["deviations"]) > _MOST:
        table.caption = f"and {len(found['deviations']) - _MOST:,} more (--format json has them)"
    return table


def _said(one: dict[str, Any]) -> str:
    after, before = one["after"], one["before"]
    if after and before:
        where = f"between {after} and {before}"
    elif after:
        where = f"after {after}, at the end"
    else:
        where = f"at the begin, before {before}" if before else "where no step is in its place"
    return f"{one['step']} {one['what']} {where}"


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(first, overflow="fold", min_width=16)
    for name in others:
        table.add_column(name, justify="right", overflow="fold")
    return table
