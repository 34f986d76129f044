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
step that cases wait for would have if all had the same; measured on 20 cases or more. It is a note
where the next longest wait is more than half as long: some step always waits longest, and which one
may follow from nothing but its hours. Where the log names who does the work, the finding says why
cases wait: half of it and more for a batch, or while later cases go first; else in a queue, if
these and the work of the same people on earlier cases are a fifth of the wait; else while nobody is
seen at work. Where the log did not see the work start (one time for each event), the time since the
case's visit before (elapsed time) stands for the wait at every step, and the finding says so. Of a
stream without figures: the declared `wait`, times the visits that a case is expected to make by the
shares of its ways and by `right`.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.costs import time_costs
from valuestream.review.expected import expected
from valuestream.review.stands import stands_on

CODE = "VS201"
TITLE = "The step that holds most of the waiting"
SEVERITY: Severity = "warning"

_LEAST_SHARE = 1 / 3
_TIMES_FAIR = 1.5
_TIMES_NEXT = 2.0
_LEAST_CASES = 20
_MOST = 0.5
_LEAST_IN_QUEUE = 0.2
"""Eight hours on five of seven days are 24 % of the time: a queue holds for the rest as well."""
_CAUSES = {
    "queue": "in the queue of whoever does it",
    "priority": "while cases that came later go first",
    "batching": "until more cases are there to be done in a row",
    "outside": "while whoever does it is at no work that the log shows",
}
_REMEDIES = {
    "queue": "more people at its busy hours, less work in it, or work that can be done before or "
    "beside it",
    "priority": "agree on an order in which cases are taken, such as first come, first served",
    "batching": "do cases as they come, a few at a time",
    "outside": "see what is waited for: hours, something missing, or somebody else's answer",
}


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
    following = max(each for other, each in waiting.items() if other != name)
    causes = _causes(seen, name) if waits_seen else {}
    cause = _mostly(causes)
    what = "waiting is before" if waits_seen else "time passes before the end of"
    mostly = f", mostly {_CAUSES[cause]}" if cause else ""
    yield Finding(
        CODE,
        SEVERITY if each >= _TIMES_NEXT * following else "note",
        f"{format_share(share)} of all {what} {name!r}: {format_duration(each)} a case{mostly}, "
        f"{stands_on(figures)}",
        _suggestion(name, waits_seen, cause),
        ("steps", stream.place(name) or 0),
        name,
        {
            "share_of_waiting": share,
            "cases": figures.cases,
            "elapsed_time": not waits_seen,
            **causes,
        },
        time_costs(each, figures),
    )


def _causes(seen: Seen, name: str) -> dict[str, float]:
    """The share of each cause in the wait before the step; empty where nobody split it."""
    split = seen.waits.steps.get(name) if seen.waits else None
    if split is None or split.wait <= 0:
        return {}
    causes = ("contention", "priority", "batching", "outside")
    return {cause: getattr(split, cause) / split.wait for cause in causes}


def _mostly(causes: dict[str, float]) -> str | None:
    """The cause to name. The queue of people who go home lasts longer than they are at work."""
    if not causes:
        return None
    for cause in ("batching", "priority"):
        if causes[cause] >= _MOST:
            return cause
    return "queue" if 1 - causes["outside"] >= _LEAST_IN_QUEUE else "outside"


def _suggestion(name: str, seen: bool, cause: str | None) -> str:
    if not seen:
        return (
            f"see whether cases lie before {name!r} or are long in work, which this log does not "
            "tell; note when the work starts, too"
        )
    return f"look at the queue before {name!r}: {_REMEDIES[cause or 'queue']}"


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
