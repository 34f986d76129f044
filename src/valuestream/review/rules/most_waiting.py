"""What it finds: the step that holds most of the waiting.

Why it matters: of the time that a customer lives through, most is waiting, and waiting gathers at
one place. Work made faster elsewhere only brings cases to that queue sooner.

Example:

    - step: Arrange the visit
      wait: 1 d
      work: 5 min
    - step: Examination
      wait: 12 d
      work: 20 min

Instead: give the step more people at the hours of its queue, take work off it, or let what can be
done before or beside it be done there. Here: examine on the day of the arrangement.

    - step: Arrange the visit
      wait: 1 d
      work: 5 min
    - step: Examination
      wait: 1 d
      work: 20 min

How it is seen: the mean wait before the step's visits, times their number, is at least a third of
all waiting and one and a half times what each step would have if all had the same; measured
on 20 cases or more. In a log with one time for each event nobody saw the work start: there the time
since the visit before (elapsed time) stands for the wait, and the finding says so.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, StepFigures
from valuestream.model.findings import Finding, Severity
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.stands import stands_on

CODE = "VS201"
TITLE = "The step that holds most of the waiting"
SEVERITY: Severity = "warning"

_LEAST_SHARE = 1 / 3
_TIMES_FAIR = 1.5
_LEAST_CASES = 20


def find(stream: Stream, figures: Figures) -> Iterator[Finding]:
    """At most one finding: the step where the waiting gathers."""
    seen = any(step.wait_time.mean is not None for step in figures.steps)
    waiting = {s.step: w for s in figures.steps if (w := _seconds(s, seen, figures)) > 0}
    total = sum(waiting.values())
    if len(waiting) < 2 or (figures.cases is not None and figures.cases < _LEAST_CASES):
        return
    name, most = max(waiting.items(), key=lambda item: item[1])
    share = most / total
    if share < max(_LEAST_SHARE, _TIMES_FAIR / len(waiting)):
        return
    each = most / (figures.cases or 1)
    what = "waiting is before" if seen else "time passes before the end of"
    yield Finding(
        CODE,
        SEVERITY,
        f"{format_share(share)} of all {what} {name!r}: {format_duration(each)} a case, "
        f"{stands_on(figures)}",
        f"look at the queue before {name!r}: more people at its busy hours, less work in it, "
        "or work that can be done before or beside it",
        ("steps", stream.place(name) or 0),
        name,
        {"share_of_waiting": share, "cases": figures.cases, "elapsed_time": not seen},
        {"seconds_per_case": each, "seconds": most},
    )


def _seconds(step: StepFigures, seen: bool, figures: Figures) -> float:
    """All the waiting before a step's visits, in seconds; of a declared one, of one visit."""
    mean = step.wait_time.mean if seen else step.elapsed_time.mean
    if figures.cases is None:
        return mean or 0.0
    waits = sum(t.count for t in figures.transitions if t.to == step.step)
    return (mean or 0.0) * waits
