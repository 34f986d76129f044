"""What it finds: the step that cases come back to most often.

Why it matters: a customer who comes back waits twice, and the work is paid for twice. The cause
lies mostly not in the step itself but in what it was given.

Example:

    - step: Check the documents
      right: 70 %

Instead: find what the visits that come back have in common, and stop it where it begins.

    - step: Check the documents
      right: 98 %

How it is computed: the largest share of all cases that visited a step more than once, measured on
20 cases or more, where even the lower end of its 95 % interval (Wilson) is 5 % or more. It costs
the time (elapsed) of the visits beyond each case's first, of all steps of the loop: from this one
to the one after which cases mostly come back. Of a stream without figures: the largest
share of a step's visits that are repeats, by the ways back to it or by `right`, where it is above
5 %; it costs their declared wait and work.
"""

from collections.abc import Iterator
from typing import Any

from valuestream.model.chance import wilson
from valuestream.model.figures import Figures, StepFigures
from valuestream.model.findings import Finding, Severity
from valuestream.model.graph import graph
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.costs import time_costs
from valuestream.review.expected import Expected, expected
from valuestream.review.stands import stands_on

CODE = "VS202"
TITLE = "The step most often repeated"
SEVERITY: Severity = "warning"

_LEAST = 0.05
_LEAST_CASES = 20


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """At most one finding: the step that is repeated most."""
    figures = seen.figures
    most = _declared(stream, figures) if figures.cases is None else _measured(stream, figures)
    if most is None:
        return
    said, step, evidence, costs = most
    yield Finding(
        CODE,
        SEVERITY,
        f"{said}, {stands_on(figures)}",
        f"see what the cases that come back to {step.step!r} have in common; "
        "mend it where it begins",
        ("steps", stream.place(step.step) or 0),
        step.step,
        {**evidence, "complete_accurate": step.complete_accurate},
        costs,
    )


_Most = tuple[str, StepFigures, dict[str, Any], dict[str, Any]]
"""What is to say of the step, its figures, the evidence, what it costs."""


def _measured(stream: Stream, figures: Figures) -> _Most | None:
    cases = figures.cases or 0
    again = [(s.rework * s.cases / cases, s) for s in figures.steps if s.rework and s.cases]
    if cases < _LEAST_CASES or not again:
        return None
    share, step = max(again, key=lambda pair: pair[0])
    if wilson(share, cases)[0] < _LEAST:
        return None
    after = _after(stream, figures, step.step)
    evidence = {"share_of_cases": share, "rework": step.rework, "cases": cases, "after": after}
    costs = _costs(stream, figures, step, after)
    said = f"{format_share(share)} of all cases come back to {step.step!r}"
    return f"{said}{_mostly(after, step)}", step, evidence, costs


def _costs(
    stream: Stream, figures: Figures, step: StepFigures, after: str | None
) -> dict[str, Any]:
    """The visits beyond each case's first at the step; the time and work of those of its loop."""
    most, cases = (step.visits or 0) - (step.cases or 0), figures.cases or 1
    costs: dict[str, Any] = {"repeated_visits": most}
    elapsed, work = [], []
    for place in _loop(stream, step.step, after):
        shown = figures.steps[place]
        again = min(most, (shown.visits or 0) - (shown.cases or 0))
        if shown.elapsed_time.mean is not None:
            elapsed.append(again * shown.elapsed_time.mean)
        if shown.process_time.mean is not None:
            work.append(again * shown.process_time.mean)
    if work:
        costs["work_seconds"] = sum(work)
    return {**costs, **time_costs(sum(elapsed) / cases, figures)} if elapsed else costs


def _loop(stream: Stream, name: str, after: str | None) -> list[int]:
    """The steps between the one that cases come back to and the one they come back from."""
    to = stream.place(name) or 0
    origin = to if after is None else stream.place(after)
    ahead = graph(stream).ahead
    return [
        place
        for place in range(len(stream.steps))
        if place in (to, origin) or (place in ahead[to] and origin in ahead[place])
    ]


def _after(stream: Stream, figures: Figures, name: str) -> str | None:
    """The step from which most visits come back to it."""
    ways, to = graph(stream), stream.place(name) or 0
    back = {
        t.origin: t.count
        for t in figures.transitions
        if t.to == name and ways.is_back(stream.place(t.origin) or 0, to)
    }
    return max(back, key=lambda origin: back[origin]) if back else None


def _declared(stream: Stream, figures: Figures) -> _Most | None:
    visits = expected(stream)
    again = [e.repeats / e.visits if e.visits else 0.0 for e in visits]
    share = max(again, default=0.0)
    if share <= _LEAST + 1e-9:
        return None
    place = again.index(share)
    step, repeats = figures.steps[place], visits[place].repeats
    times = [t for t in (step.wait_time.mean, step.process_time.mean) if t is not None]
    costs = {"seconds_per_case": repeats * sum(times)} if times else {}
    after = _declared_after(stream, visits, place)
    said = f"{format_share(share)} of the visits to {step.step!r} are repeats{_mostly(after, step)}"
    return said, step, {"share_of_visits": share, "after": after}, costs


def _declared_after(stream: Stream, visits: tuple[Expected, ...], place: int) -> str | None:
    """The step whose way back brings most repeats; the step itself where `right` does."""
    ways = graph(stream)
    back = {
        origin: visits[origin].visits * way.share
        for origin, onward in enumerate(ways.ways)
        for way in onward
        if place in way.to and ways.is_back(origin, place)
    }
    by_right = visits[place].repeats - sum(back.values())
    back[place] = back.get(place, 0.0) + by_right
    return stream.steps[max(back, key=lambda origin: back[origin])].step


def _mostly(after: str | None, step: StepFigures) -> str:
    return f", mostly after {after!r}" if after and after != step.step else ""
