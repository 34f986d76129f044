"""Figures of steps: visits, times, rework, complete and accurate, promises."""

from math import prod

from valuestream.measure.keeping import kept_promises
from valuestream.measure.spreads import spreads
from valuestream.measure.transitions import Moves, returns
from valuestream.measure.variants import rework
from valuestream.measure.visits import Visits
from valuestream.model.figures import UNKNOWN, Spread, StepFigures, StepTimes

PROCESS = "CASE WHEN known THEN end_us - start_us END"
# greatest() passes over nulls, and a first visit has no wait at all.
WAIT = (
    "CASE WHEN known AND before_end_us IS NOT NULL THEN greatest(start_us - before_end_us, 0) END"
)
ELAPSED = "CASE WHEN before_end_us IS NOT NULL THEN greatest(end_us - before_end_us, 0) END"


def step_figures(visits: Visits, found: tuple[Moves, ...]) -> tuple[StepFigures, ...]:
    """The figures of each step, in the stream's order; a step without visits has none."""
    measured, working = _times(visits, "visits"), _working_times(visits)
    again, back, promised = rework(visits), returns(visits, found), kept_promises(visits)
    figures = []
    for place, step in enumerate(visits.stream.steps):
        count, process, wait, elapsed = measured.get(place, (0, UNKNOWN, UNKNOWN, UNKNOWN))
        cases, repeated = again.get(place, (0, 0))
        figures.append(
            StepFigures(
                step=step.step,
                visits=count,
                cases=cases,
                rework=repeated / cases if cases else None,
                complete_accurate=1 - back.get(place, 0) / count if count else None,
                process_time=process,
                wait_time=wait,
                elapsed_time=elapsed,
                promise=promised.get(place),
                working_time=working.get(place),
            )
        )
    return tuple(figures)


def _times(visits: Visits, table: str) -> dict[int, tuple[int, Spread, Spread, Spread]]:
    """Of each visited step: its visits, and their process, wait and elapsed times."""
    found = spreads(visits.engine, table, ["step"], [PROCESS, WAIT, ELAPSED])
    return {step: (count, times[0], times[1], times[2]) for (step,), (count,), times in found}


def _working_times(visits: Visits) -> dict[int, StepTimes]:
    if visits.calendars is None:
        return {}
    of, found = visits.calendars.of, _times(visits, "visits_working")
    return {place: StepTimes(of(place), *times) for place, (_, *times) in found.items()}


def rolled(steps: tuple[StepFigures, ...]) -> float | None:
    """The product of the %C&A of the steps that have visits; unknown where none has."""
    shares = [s.complete_accurate for s in steps if s.complete_accurate is not None]
    return prod(shares) if shares else None
