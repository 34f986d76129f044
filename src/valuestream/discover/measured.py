"""The figures that a discovered step declares: what was measured, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass

from valuestream.discover.seen import Follows
from valuestream.discover.ways import Course
from valuestream.measure.steps import step_figures
from valuestream.measure.visits import Visits
from valuestream.model.figures import StepFigures
from valuestream.model.graph import Graph


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one step: its measured times, and the share of its visits that nothing comes back from."""

    times: StepFigures
    right: float | None


def measured(
    visits: Visits, follows: Mapping[tuple[int, int], Follows], course: Course
) -> dict[int, Measured]:
    """The figures of each step (by number), as measuring the written stream gives them."""
    graph = Graph(course.ways)
    place = {step: p for p, step in enumerate(course.order)}
    back: dict[int, int] = {}
    for (one, other), moves in follows.items():
        if graph.is_back(place[one], place[other]):
            back[one] = back.get(one, 0) + moves.count
    return {
        step: Measured(times, 1 - back.get(step, 0) / times.visits if times.visits else None)
        for step, times in enumerate(step_figures(visits, ()))
    }
