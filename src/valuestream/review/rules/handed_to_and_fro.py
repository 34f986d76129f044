"""What it finds: work that is handed to and fro between the same two roles (transport).

Why it matters: with each handoff a case lies in a queue, and someone must read it anew. Two roles
that take turns do together what one of them could do in one go, or both at the same table.

Example:

    - step: Take the request
      by: Desk
    - step: Look up the contract
      by: Back office
      wait: 1 d
    - step: Ask for the documents
      by: Desk
      wait: 1 d
    - step: Check the documents
      by: Back office
      wait: 1 d

Instead: let one role do its part in one go, or both do it together.

    - step: Take the request and the documents
      by: Desk
    - step: Look up the contract and check the documents
      by: Back office
      wait: 1 d

How it is computed: steps in a row by two roles in turn, with three handoffs between them or more:
A, B, A, B. Of a log, cases must be seen to go this way (half of them and more), and so are two
steps between which half of the cases and more are handed over, and handed back as often. Handoffs
beyond the first cost the wait before them, by the gaps between the visits, or as declared.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.model.graph import graph
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.review.costs import time_costs
from valuestream.review.stands import stands_on

CODE = "VS212"
TITLE = "Work handed to and fro"
SEVERITY: Severity = "warning"

_LEAST_HANDOFFS = 3
_LEAST_SHARE = 0.5
_LEAST_CASES = 20

_Moves = dict[tuple[str, ...], tuple[int, float]]
"""From step to step: how many went, and the seconds between the visits of all of them."""


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each row of steps by two roles in turn, and each pair of steps that cases go to and fro."""
    if seen.figures.cases is not None and seen.figures.cases < _LEAST_CASES:
        return
    yield from _of_roles(stream, seen.figures)
    yield from _of_steps(stream, seen)


def _of_roles(stream: Stream, figures: Figures) -> Iterator[Finding]:
    gone = _moves(figures)
    for row in _in_turn(stream):
        names = [stream.steps[place].step for place in row]
        if figures.cases and any(
            gone.get(move, (0, 0.0))[0] < _LEAST_SHARE * figures.cases for move in pairwise(names)
        ):
            continue
        one, other = stream.steps[row[0]].by[0], stream.steps[row[1]].by[0]
        found = _Found(
            row[0],
            f"{one!r} and {other!r} hand a case to and fro {len(row) - 1} times, "
            f"from {names[0]!r} to {names[-1]!r}",
            f"let {one!r} and {other!r} each do their part in one go, or together",
            {"handoffs": len(row) - 1, "until": names[-1]},
            _wait(figures, row[2:], gone),
        )
        yield _finding(found, figures)


def _in_turn(stream: Stream) -> Iterator[list[int]]:
    """The longest rows of steps by two roles in turn, by their places."""
    ways, row = graph(stream).ways, [0]
    for place in range(1, len(stream.steps)):
        by = stream.steps[place].by
        last = stream.steps[place - 1].by
        follows = any(place in way.to for way in ways[place - 1])
        if not (follows and len(by) == 1 == len(last) and by != last):
            yield from _long(row)
            row = [place]
        elif len(row) > 1 and stream.steps[row[-2]].by != by:
            yield from _long(row)
            row = [place - 1, place]
        else:
            row = [*row, place]
    yield from _long(row)


def _long(row: list[int]) -> Iterator[list[int]]:
    if len(row) > _LEAST_HANDOFFS:
        yield row


def _of_steps(stream: Stream, seen: Seen) -> Iterator[Finding]:
    figures = seen.figures
    if seen.load is None or not figures.cases:
        return
    handed, gone = seen.load.handoffs, _moves(figures)
    for place, step in enumerate(stream.steps):
        for other in stream.steps[place + 1 :]:
            back = (other.step, step.step)
            both = min(handed.get((step.step, other.step), 0), handed.get(back, 0))
            if both < _LEAST_SHARE * figures.cases:
                continue
            found = _Found(
                place,
                f"cases are handed from {step.step!r} to {other.step!r} and back, "
                f"{both / figures.cases:.1f} times a case",
                f"let whoever does {step.step!r} and whoever does {other.step!r} finish a case "
                "together",
                {"handed_back": handed[back], "until": other.step},
                both * (_mean(gone, back) + _mean(gone, back[::-1])) / figures.cases,
            )
            yield _finding(found, figures)


class _Found(NamedTuple):
    """Where, what is said, what to do, what shows it, and the seconds a case that it costs."""

    place: int
    said: str
    suggestion: str
    evidence: dict[str, Any]
    each: float


def _finding(found: _Found, figures: Figures) -> Finding:
    waits = f", and it waits {format_duration(found.each)} for it" if found.each > 0 else ""
    return Finding(
        CODE,
        SEVERITY,
        f"{found.said}{waits}, {stands_on(figures)}",
        found.suggestion,
        ("steps", found.place),
        figures.steps[found.place].step,
        found.evidence,
        time_costs(found.each, figures) if found.each > 0 else {},
    )


def _moves(figures: Figures) -> _Moves:
    return {(t.origin, t.to): (t.count, t.count * (t.gap.mean or 0)) for t in figures.transitions}


def _mean(gone: _Moves, move: tuple[str, ...]) -> float:
    count, seconds = gone[move]
    return seconds / count


def _wait(figures: Figures, row: list[int], gone: _Moves) -> float:
    """The seconds a case waits before these steps, each come to from the one before it."""
    steps = figures.steps
    if figures.cases:
        moves = ((steps[place - 1].step, steps[place].step) for place in row)
        return sum(gone[move][1] for move in moves) / figures.cases
    return sum(steps[place].wait_time.mean or 0.0 for place in row)
