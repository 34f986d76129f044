"""Transitions: two visits of a case next to each other; handoffs, and what comes back."""

from dataclasses import dataclass

from valuestream.measure.spreads import spreads
from valuestream.measure.visits import Visits
from valuestream.model.figures import Handoffs, Spread, Transition
from valuestream.model.graph import graph

_GAP = "greatest(start_us - last_end_us, 0)"
_BOTH = ["last_step", "step"]


@dataclass(frozen=True, slots=True)
class Moves:
    """The transitions from one step to another (by place), with the handoffs among them."""

    origin: int
    to: int
    count: int
    handoffs: int
    gap: Spread
    working_gap: Spread | None = None


def moves(visits: Visits) -> tuple[Moves, ...]:
    """All transitions, by falling count. The gap is max(0, the later start − the earlier end)."""
    handed = "count(*) FILTER (WHERE handed_over)"
    found = spreads(visits.engine, "visits", _BOTH, [_GAP], handed)
    found.sort(key=lambda group: (-group[1][0], *group[0]))
    working = _working_gaps(visits)
    return tuple(
        Moves(origin, to, count, handoffs, gap, working.get((origin, to)))
        for (origin, to), (count, handoffs), (gap,) in found
    )


def _working_gaps(visits: Visits) -> dict[tuple[int, ...], Spread]:
    if visits.calendars is None:
        return {}
    found = spreads(visits.engine, "visits_working", _BOTH, [_GAP])
    return {key: gap for key, _, (gap,) in found}


def transitions(visits: Visits, found: tuple[Moves, ...]) -> tuple[Transition, ...]:
    """The moves with their steps' names."""
    names = [step.step for step in visits.stream.steps]
    return tuple(
        Transition(names[m.origin], names[m.to], m.count, m.gap, m.working_gap) for m in found
    )


def handoffs(visits: Visits, found: tuple[Moves, ...], cases: int) -> Handoffs:
    """Transitions between different, known resources; of participants where the log has none."""
    count = sum(m.handoffs if visits.has_resources else _of_participants(visits, m) for m in found)
    return Handoffs(count, count / cases if cases else None)


def _of_participants(visits: Visits, move: Moves) -> int:
    one, other = (set(visits.stream.steps[place].by) for place in (move.origin, move.to))
    return move.count if one and other and one != other else 0


def returns(visits: Visits, found: tuple[Moves, ...]) -> dict[int, int]:
    """For each step, the visits whose case goes on to the same step or to an earlier one."""
    ways = graph(visits.stream)
    back: dict[int, int] = {}
    for move in found:
        if ways.is_back(move.origin, move.to):
            back[move.origin] = back.get(move.origin, 0) + move.count
    return back
