"""The figures that a stream declares of itself: the work, wait and quality written at its steps.

Expected values, by DEFINITIONS: work and wait along the ways; the longest of ways that run in
parallel; parted ways weighted by their shares; rework by the expected number of repeats.
"""

from math import prod
from typing import NamedTuple

from valuestream.model.figures import Figures, Spread, StepFigures
from valuestream.model.graph import Graph, graph
from valuestream.model.once import once
from valuestream.model.stream import Step, Stream


@once
def declare(stream: Stream) -> Figures:
    """The declared figures, provenance "declared"; what is not declared is None.

    A step that declares only one of work and wait is taken to have none of the other. A case's
    lead time is known when every step declares one of them, its process time when all have work.
    """
    ways = graph(stream)
    work = [_work(step) for step in stream.steps]
    both = [_work_and_wait(step) for step in stream.steps]
    lead_time = expected_time(stream, ways, both)
    process_time = expected_time(stream, ways, work)
    rights = [step.right for step in stream.steps if step.right is not None]
    return Figures(
        stream=stream.stream,
        provenance="declared",
        steps=tuple(_step(step) for step in stream.steps),
        lead_time=Spread(mean=lead_time),
        process_time=Spread(mean=process_time),
        flow_efficiency=process_time / lead_time if process_time and lead_time else None,
        rolled_complete_accurate=prod(rights) if len(rights) == len(stream.steps) else None,
    )


def _work(step: Step) -> float | None:
    return step.work.expected if step.work else None


def _work_and_wait(step: Step) -> float | None:
    if step.work is None and step.wait is None:
        return None
    return (_work(step) or 0.0) + (step.wait or 0.0)


def _step(step: Step) -> StepFigures:
    always = step.work is not None and step.work.distribution == "constant"
    work = _work(step)
    return StepFigures(
        step=step.step,
        complete_accurate=step.right,
        process_time=_constant(work) if always else Spread(mean=work),
        wait_time=_constant(step.wait),
    )


def _constant(seconds: float | None) -> Spread:
    return Spread(seconds, seconds, seconds, seconds)


def expected_time(stream: Stream, ways: Graph, seconds: list[float | None]) -> float | None:
    """The expected seconds from the first step to the end, given those of one visit of each step.

    None where a step on the way has none, or where cases go round without end.
    """
    times = [_with_repeats(step, ways, i, seconds[i]) for i, step in enumerate(stream.steps)]
    return _time_until(0, None, ways, _Times(times, times))


def expected_visits(stream: Stream) -> tuple[float, ...] | None:
    """How often a case visits each step; of ways at the same time, on the longest alone.

    These visits times the work and wait of each add up to the declared lead time. None where cases
    go round without end.
    """
    ways = graph(stream)
    spent = [_work_and_wait(step) or 0.0 for step in stream.steps]
    decide = [_with_repeats(s, ways, i, spent[i]) for i, s in enumerate(stream.steps)]
    found = []
    for place, step in enumerate(stream.steps):
        alone: list[float | None] = [0.0] * len(spent)
        alone[place] = _with_repeats(step, ways, place, 1.0)
        found.append(_time_until(0, None, ways, _Times(alone, decide)))
    return None if None in found else tuple(visits or 0.0 for visits in found)


def _with_repeats(step: Step, ways: Graph, place: int, seconds: float | None) -> float | None:
    # A visit that is right with probability p is done 1/p times on average (geometric), unless
    # the step's own ways say where its rework goes.
    goes_back = any(to <= place for way in ways.ways[place] for to in way.to)
    if seconds is None or step.right is None or goes_back:
        return seconds
    return seconds / step.right if step.right > 0 else None


class _Times(NamedTuple):
    """The times of one visit of each step: what is added up, and by what the longest is chosen."""

    counted: list[float | None]
    decide: list[float | None]


_Row = tuple[float, dict[int, float]]
"""The expected time from a step: a constant, and the weights of the times from other steps."""


def _time_until(
    start: int,
    stop: int | None,
    ways: Graph,
    times: _Times,
    forked: frozenset[int] = frozenset(),
) -> float | None:
    rows: dict[int, _Row] = {}
    to_see = [start]
    while to_see:
        place = to_see.pop()
        if place in rows or place == stop:
            continue
        row = _row(place, stop, ways, times, forked)
        if row is None:
            return None
        rows[place] = row
        to_see += row[1]
    return _solve(rows, start) if start != stop else 0.0


def _row(
    place: int,
    stop: int | None,
    ways: Graph,
    times: _Times,
    forked: frozenset[int],
) -> _Row | None:
    constant = times.counted[place]
    if constant is None:
        return None
    weights: dict[int, float] = {}
    for way in ways.ways[place]:
        onward: int | None = way.to[0]
        if len(way.to) > 1:
            if place in forked:  # a branch that goes back to where it began: no end is known
                return None
            onward = _join(way.to, ways)
            inside = forked | {place}
            longest = _longest(way.to, onward, ways, times, inside)
            if longest is None:
                return None
            constant += way.share * longest
        if onward is not None and onward != stop and way.share > 0:
            weights[onward] = weights.get(onward, 0.0) + way.share
    return constant, weights


def _longest(
    branches: tuple[int, ...],
    stop: int | None,
    ways: Graph,
    times: _Times,
    forked: frozenset[int],
) -> float | None:
    """The time of the longest of the branches; None if that of one of them is not known."""
    same = _Times(times.decide, times.decide)
    spent = {to: _time_until(to, stop, ways, same, forked) for to in branches}
    known = {to: time for to, time in spent.items() if time is not None}
    if len(known) < len(spent):
        return None
    longest = max(known, key=known.__getitem__)
    if times.counted is times.decide:
        return known[longest]
    return _time_until(longest, stop, ways, times, forked)


def _join(branches: tuple[int, ...], ways: Graph) -> int | None:
    """The first step that all the branches come to, None if they end apart."""
    met = frozenset.intersection(*(ways.ahead[b] | {b} for b in branches))
    return min(met, default=None)


def _solve(rows: dict[int, _Row], start: int) -> float | None:
    """Gaussian elimination on sparse rows, from the last step to the first."""
    users: dict[int, set[int]] = {place: set() for place in rows}
    for place, (_, weights) in rows.items():
        for to in weights:
            users[to].add(place)
    for place in sorted(rows, reverse=True):
        constant, weights = rows[place]
        again = weights.pop(place, 0.0)
        if again >= 1 - 1e-12:
            return None
        constant /= 1 - again
        weights = {to: weight / (1 - again) for to, weight in weights.items()}
        rows[place] = constant, weights
        for other in users[place] - {place}:
            other_constant, other_weights = rows[other]
            share = other_weights.pop(place, 0.0)
            for to, weight in weights.items():
                other_weights[to] = other_weights.get(to, 0.0) + share * weight
                users[to].add(other)
            rows[other] = other_constant + share * constant, other_weights
    return rows[start][0]
