"""What findings cost, and how often cases come to steps: the same words at every finding."""

from typing import Any

from valuestream.model.figures import Figures, StepFigures
from valuestream.model.stream import Step, Stream
from valuestream.review.expected import expected


def time_costs(each: float, figures: Figures) -> dict[str, float]:
    """So many seconds a case, and of all measured cases together."""
    in_all = {} if figures.cases is None else {"seconds": each * figures.cases}
    return {"seconds_per_case": each, **in_all}


def money_costs(step: Step, work: float | None, visits: float) -> dict[str, Any]:
    """What so many visits a case cost by the step's `cost`; empty where nothing tells.

    `work` is the seconds of a visit, for what is paid by the hour.
    """
    if step.cost is None or (step.cost.per == "hour" and work is None):
        return {}
    units = (work or 0.0) / 3600 if step.cost.per == "hour" else 1.0
    money = float(step.cost.amount) * units * visits
    return {"money_per_case": round(money, 4), "currency": step.cost.currency}


def visits_per_case(stream: Stream, figures: Figures) -> tuple[float, ...]:
    """Of each step: seen, or expected by the declared ways; empty where these go round for ever."""
    if figures.cases:
        return tuple((step.visits or 0) / figures.cases for step in figures.steps)
    return tuple(e.visits for e in expected(stream))


def seconds_of_visit(step: StepFigures) -> float:
    """Mean wait and work of a visit; where only their sum is known, that; else 0."""
    times = [t for t in (step.wait_time.mean, step.process_time.mean) if t is not None]
    return sum(times) if times else step.elapsed_time.mean or 0.0
