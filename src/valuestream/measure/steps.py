"""Figures of steps: visits, times, rework, complete and accurate, promises."""

from math import prod

from valuestream.engines import row
from valuestream.measure.promises import kept, promises
from valuestream.measure.spreads import spread, spread_columns
from valuestream.measure.transitions import Moves, returns
from valuestream.measure.variants import rework
from valuestream.measure.visits import Visits
from valuestream.model.figures import Kept, StepFigures

PROCESS = "CASE WHEN known THEN end_us - start_us END"
# greatest() passes over nulls, and a first visit has no wait at all.
WAIT = (
    "CASE WHEN known AND before_end_us IS NOT NULL THEN greatest(start_us - before_end_us, 0) END"
)
ELAPSED = "CASE WHEN before_end_us IS NOT NULL THEN greatest(end_us - before_end_us, 0) END"


def step_figures(visits: Visits, found: tuple[Moves, ...]) -> tuple[StepFigures, ...]:
    """The figures of each step, in the stream's order; a step without visits has none."""
    rows = visits.engine.rows(f"""
        SELECT step, count(*), {spread_columns(PROCESS)}, {spread_columns(WAIT)},
          {spread_columns(ELAPSED)}
        FROM visits GROUP BY step""")
    measured = {step: (count, times) for step, count, *times in rows}
    again, back, promised = rework(visits), returns(visits, found), _promises(visits)
    figures = []
    for place, step in enumerate(visits.stream.steps):
        count, times = measured.get(place, (0, [None] * 6))
        cases, repeated = again.get(place, (0, 0))
        figures.append(
            StepFigures(
                step=step.step,
                visits=count,
                cases=cases,
                rework=repeated / cases if cases else None,
                complete_accurate=1 - back.get(place, 0) / count if count else None,
                process_time=spread(times[0], times[1]),
                wait_time=spread(times[2], times[3]),
                elapsed_time=spread(times[4], times[5]),
                promise=promised.get(place),
            )
        )
    return tuple(figures)


def rolled(steps: tuple[StepFigures, ...]) -> float | None:
    """The product of the %C&A of the steps that have visits; unknown where none has."""
    shares = [s.complete_accurate for s in steps if s.complete_accurate is not None]
    return prod(shares) if shares else None


def _promises(visits: Visits) -> dict[int, Kept]:
    found = {}
    for place, promise in promises(visits.stream):
        held, of = row(
            visits.engine,
            "SELECT count(*) FILTER (WHERE kept), count(kept) FROM (SELECT "
            f"{kept(visits.stream, promise)} AS kept FROM visits WHERE step = {place}) AS told",
        )
        value = visits.stream.steps[place].value
        target = value.keep if value else None
        found[place] = Kept(held / of if of else None, of, target)
    return found
