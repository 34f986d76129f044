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
done before or beside it be done there. Here: examine on the day after the arrangement.

    - step: Arrange the visit
      wait: 1 d
      work: 5 min
    - step: Examination
      wait: 1 d
      work: 20 min

How it is computed: the mean wait before the step's visits, times the visits that another came
before. It is a finding from a third of all waiting on, and from one and a half times what each
step that cases wait for would have if all had the same; measured on 20 cases or more. Where the log
did not see the work start (one time for each event), the time since the case's visit before
(elapsed time) stands for the wait at every step, and the finding says so. Of a stream without
figures: the declared `wait`, times the visits that a case is expected to make by the shares of its
ways and by `right`.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.expected import expected
from valuestream.review.stands import stands_on

CODE = "VS201"
TITLE = "The step that holds most of the waiting"
SEVERITY: Severity = "warning"

_LEAST_SHARE = 1 / 3
_TIMES_FAIR = 1.5
_LEAST_CASES = 20


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """At most one finding: the step where the waiting gathers."""
    figures = seen.figures
    if figures.cases is not None and figures.cases < _LEAST_CASES:
        return
    waits_seen = _waits_are_seen(figures)
    waiting = {
        name: each for name, each in _per_case(stream, figures, waits_seen).items() if each > 0
    }
    if len(waiting) < 2:
        return
    name, each = max(waiting.items(), key=lambda item: item[1])
    share = each / sum(waiting.values())
    if share < max(_LEAST_SHARE, _TIMES_FAIR / len(waiting)):
        return
    what = "waiting is before" if waits_seen else "time passes before the end of"
    in_all = {} if figures.cases is None else {"seconds": each * figures.cases}
    yield Finding(
        CODE,
        SEVERITY,
        f"{format_share(share)} of all {what} {name!r}: {format_duration(each)} a case, "
        f"{stands_on(figures)}",
        _suggestion(name, waits_seen),
        ("steps", stream.place(name) or 0),
        name,
        {"share_of_waiting": share, "cases": figures.cases, "elapsed_time": not waits_seen},
        {"seconds_per_case": each, **in_all},
    )


def _suggestion(name: str, seen: bool) -> str:
    if not seen:
        return (
            f"see whether cases lie before {name!r} or are long in work, which this log does not "
            "tell; note when the work starts, too"
        )
    return (
        f"look at the queue before {name!r}: more people at its busy hours, less work in it, "
        "or work that can be done before or beside it"
    )


def _followers(figures: Figures) -> dict[str, int]:
    """For each step, the visits that another visit of the case came before."""
    count = dict.fromkeys((step.step for step in figures.steps), 0)
    for transition in figures.transitions:
        count[transition.to] += transition.count
    return count


def _waits_are_seen(figures: Figures) -> bool:
    """Whether the wait is known wherever cases come to; else waits would be set against none."""
    if figures.cases is None:
        return True
    followers = _followers(figures)
    return all(s.wait_time.mean is not None for s in figures.steps if followers[s.step])


def _per_case(stream: Stream, figures: Figures, seen: bool) -> dict[str, float]:
    """The seconds that a case waits before each step, all its visits together."""
    if figures.cases is None:
        waits = [(s.step, s.wait_time.mean or 0.0) for s in figures.steps]
        # Of cases that go round without end nothing is expected, and nothing is said.
        return {
            name: wait * e.visits for (name, wait), e in zip(waits, expected(stream), strict=False)
        }
    followers = _followers(figures)
    means = {s.step: s.wait_time.mean if seen else s.elapsed_time.mean for s in figures.steps}
    return {name: (mean or 0.0) * followers[name] / figures.cases for name, mean in means.items()}
