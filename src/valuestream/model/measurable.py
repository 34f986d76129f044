"""What of a stream is a number: every figure by its name, its unit, and which way is better."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Unit = Literal["duration", "share", "cases a week", "cases", "handoffs", "money"]
Better = Literal["higher", "lower"]
Clock = Literal["case", "visit", "week"]
"""What a figure is computed from, and so to which week it belongs (see `measure.history`)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that a path can name.

    Attributes:
        name: As a path has it: `lead_time.p85`.
        of: Whose it is.
        unit: Durations are seconds, shares lie between 0 and 1.
        better: Which way is better for customers; None where nobody can tell without the goal.
        says: It in words: the 85th percentile of the lead time.
        clock: What it is computed from: completed cases, visits, or the course of the weeks.
        week: The field of `Week` that holds it, for what is counted week by week.
    """

    name: str
    of: Literal["stream", "step"]
    unit: Unit
    better: Better | None
    says: str
    clock: Clock = "case"
    week: str = ""


_SPREAD = {
    "mean": "the mean",
    "p50": "the median",
    "p85": "the 85th percentile",
    "p95": "the 95th percentile",
}


def _spreads(of: Literal["stream", "step"], clock: Clock, *fields: str) -> Iterator[Figure]:
    for field in fields:
        time = field.removeprefix("working_time.").replace("_", " ")
        where = " in working time" if field.startswith("working_time.") else ""
        for part, says in _SPREAD.items():
            name = f"{field}.{part}"
            yield Figure(name, of, "duration", "lower", f"{says} of the {time}{where}", clock)


OF_STREAM: tuple[Figure, ...] = (
    *_spreads("stream", "case", "lead_time", "process_time"),
    *_spreads("stream", "case", "working_time.lead_time", "working_time.process_time"),
    Figure("flow_efficiency", "stream", "share", "higher", "the share of lead time that is work"),
    Figure(
        "working_time.flow_efficiency",
        "stream",
        "share",
        "higher",
        "the share of working lead time that is work",
    ),
    Figure(
        "rolled_complete_accurate",
        "stream",
        "share",
        "higher",
        "the share that is complete and accurate all along",
    ),
    Figure(
        "received.every",
        "stream",
        "share",
        "higher",
        "the share of customers who receive every value",
    ),
    Figure("handoffs.per_case", "stream", "handoffs", "lower", "the handoffs of a case"),
    Figure("cost_per_case", "stream", "money", "lower", "the cost of a case"),
    Figure(
        "throughput",
        "stream",
        "cases a week",
        "higher",
        "the cases completed in a week",
        "week",
        "completed",
    ),
    Figure(
        "arrivals",
        "stream",
        "cases a week",
        None,
        "the cases that come in a week",
        "week",
        "arrivals",
    ),
    Figure(
        "work_in_progress",
        "stream",
        "cases",
        "lower",
        "the cases in work at a week's end",
        "week",
        "work_in_progress",
    ),
)
OF_STEP: tuple[Figure, ...] = (
    Figure(
        "promise.kept",
        "step",
        "share",
        "higher",
        "the share of visits that keep the promise",
        "visit",
    ),
    Figure("received", "step", "share", "higher", "the share of customers who receive its value"),
    *_spreads("step", "visit", "wait_time", "process_time", "elapsed_time"),
    *_spreads("step", "visit", "working_time.wait_time", "working_time.process_time"),
    *_spreads("step", "visit", "working_time.elapsed_time"),
    Figure("rework", "step", "share", "lower", "the share of its cases that come back to it"),
    Figure(
        "complete_accurate",
        "step",
        "share",
        "higher",
        "the share of its visits that nothing comes back from",
    ),
)
FIGURES = (*OF_STREAM, *OF_STEP)

_INSTEAD = {
    "wait_time": "elapsed_time",
    "process_time": "elapsed_time",
    "promise": "elapsed_time",
    "received": "complete_accurate",
    "complete_accurate": "rework",
    "flow_efficiency": "lead_time",
    "rolled_complete_accurate": "lead_time",
    "cost_per_case": "process_time",
    "handoffs": "lead_time",
}


def instead_of(figure: Figure) -> tuple[Figure, ...]:
    """What to measure where a figure cannot be, the nearest first, of the same stream or step."""
    among = OF_STREAM if figure.of == "stream" else OF_STEP
    plain = figure.name.removeprefix("working_time.")
    name, _, part = plain.partition(".")
    tried = [plain] if plain != figure.name else []
    while name in _INSTEAD:
        name = _INSTEAD[name]
        tried += [f"{name}.{part}", f"{name}.p85", name]
    named = {own.name: own for own in among}
    return tuple(named[own] for own in dict.fromkeys(tried) if own in named)
