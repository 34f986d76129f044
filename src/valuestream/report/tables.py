"""Figures and matrices as CSV, for spreadsheets.

What a spreadsheet would take for a formula gets an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from valuestream.model.figures import Figures, Spread, StepFigures
from valuestream.model.processes import Alignment

_FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet would run."""
_TIMES = ("process_time", "wait_time", "elapsed_time")
_PARTS = ("mean", "p50", "p85", "p95")
Cell = str | int | float | None


def alignment_table(found: Alignment) -> str:
    """The matrix: a line a step, a column a process, x where it serves; capabilities under it."""
    return _written(_alignment(found))


def _alignment(found: Alignment) -> Iterator[list[Cell]]:
    yield ["stream", "step", "value", *(process.process for process in found.processes)]
    for step in found.steps:
        marks = ["x" if place in step.processes else "" for place in range(len(found.processes))]
        yield [step.stream, step.step, step.value, *marks]
    yield ["", "", "values served", *found.serves]
    for label, said in (
        ("capability", [process.capability for process in found.processes]),
        ("owner", [process.owner for process in found.processes]),
    ):
        if any(said):
            yield ["", "", label, *said]


def figures_table(figures: Figures) -> str:
    """A line a step, and one of the whole stream at the end.

    Times in seconds, shares from 0 to 1; empty what is not known.
    """
    return _written(_figures(figures))


def _figures(figures: Figures) -> Iterator[list[Cell]]:
    times = [f"{time}.{part}" for time in (*_TIMES, "lead_time") for part in _PARTS]
    shares = ["complete_accurate", "rework", "promise_kept", "promise_of"]
    yield ["step", "cases", "visits", *(f"{name} (s)" for name in times), *shares]
    for step in figures.steps:
        yield [step.step, step.cases, step.visits, *_times(step), *[None] * 4, *_shares(step)]
    every = (figures.process_time, None, None, figures.lead_time)
    spread = [part for time in every for part in _spread(time)]
    right = figures.rolled_complete_accurate
    yield [figures.stream, figures.cases, None, *spread, right, None, None, None]


def _times(step: StepFigures) -> list[Cell]:
    return [part for name in _TIMES for part in _spread(getattr(step, name))]


def _spread(time: Spread | None) -> list[Cell]:
    return [getattr(time, part) if time else None for part in _PARTS]


def _shares(step: StepFigures) -> list[Cell]:
    promise = step.promise
    kept = [promise.kept, promise.of] if promise else [None, None]
    return [step.complete_accurate, step.rework, *kept]


def _written(lines: Iterable[list[Cell]]) -> str:
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    for line in lines:
        table.writerow([_safe(cell) if isinstance(cell, str) else cell for cell in line])
    return written.getvalue()


def _safe(cell: str) -> str:
    return (
        f"'{cell}" if cell.startswith(_FORMULA[4:]) or cell.lstrip().startswith(_FORMULA) else cell
    )
