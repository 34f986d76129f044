"""What it finds: a step that takes much longer for each case than the others, by its people.

Why it matters: a line goes at the pace of its slowest step. Those before it fill a queue, those
behind it wait for work, and what they could do is lost.

Example:

    - step: Check the application
      work: 10 min
      people: 2
    - step: Decide
      work: 30 min
      people: 1

Instead: share the work so that each step has a case ready in about the same time, no longer than
the time in which the next one comes (takt).

    - step: Check the application and propose a decision
      work: 25 min
      people: 2
    - step: Decide
      work: 15 min
      people: 1

How it is computed: the work of a visit (measured on 20 visits or more, else declared) times the
visits a case makes, over the declared `people` (the most of its shifts), for steps that have both,
two at least. It is a finding where the slowest step takes twice as long as the next slowest; where
the stream declares `arrivals`, also where it takes longer than there is between two of them, and it
is none where even the slowest takes less than half of that.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.staffing import Staffing
from valuestream.model.stream import Stream
from valuestream.review.expected import expected

CODE = "VS404"
TITLE = "Unbalanced work"
SEVERITY: Severity = "warning"

_TIMES_NEXT = 2.0
_IDLE = 0.5
_FEWEST_VISITS = 20


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """At most one finding: the step that sets the pace."""
    paces = _paces(stream, seen.figures)
    if len(paces) < 2:
        return
    (name, slowest), (other, next_) = sorted(paces.items(), key=lambda pace: -pace[1])[:2]
    between = 1 / stream.arrivals.rate if stream.arrivals else None
    too_slow = between is not None and slowest > between
    idle = between is not None and slowest < _IDLE * between
    if not too_slow and (idle or slowest < _TIMES_NEXT * next_):
        return
    against = (
        f"and one comes every {format_duration(between)}"
        if too_slow and between is not None
        else f"where {other!r}, the next slowest, takes {format_duration(next_)}"
    )
    yield Finding(
        CODE,
        SEVERITY,
        f"{name!r} has a case ready every {format_duration(slowest)}, {against}",
        f"move work or people from {min(paces, key=lambda step: paces[step])!r} to {name!r}",
        ("steps", stream.place(name) or 0),
        name,
        {"seconds_between_cases": slowest, "next": next_, "arrivals": between},
    )


def _paces(stream: Stream, figures: Figures) -> dict[str, float]:
    """The seconds in which a step's people have one case ready."""
    visits = _visits(stream, figures)
    paces = {}
    for place, (step, shown) in enumerate(zip(stream.steps, figures.steps, strict=True)):
        people, work = _most(step.people), step.work.expected if step.work else None
        if figures.cases and (shown.visits or 0) >= _FEWEST_VISITS:
            work = shown.process_time.mean if shown.process_time.mean is not None else work
        if people and work and place in visits:
            paces[step.step] = work * visits[place] / people
    return paces


def _visits(stream: Stream, figures: Figures) -> dict[int, float]:
    """The visits that a case makes, by place."""
    if figures.cases:
        return {n: (s.visits or 0) / figures.cases for n, s in enumerate(figures.steps)}
    return {n: e.visits for n, e in enumerate(expected(stream))}


def _most(people: Staffing | None) -> int:
    return max((people.people, *(s.people for s in people.shifts))) if people else 0
