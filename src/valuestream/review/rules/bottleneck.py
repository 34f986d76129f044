"""What it finds: the bottleneck: people nearly always at work, and the queue before them.

Why it matters: nothing goes through a stream faster than through its bottleneck. Work made faster
before it only makes the queue longer, and work made faster behind it waits for it. A queue grows
without measure as its people come near to being always busy: at 95 % it is about four times as long
as at 80 %.

Example: in a log by which the analysts are busy for 96 % of their days, and cases wait 3 d for
them.

    - step: Take the request
      by: Front office
    - step: Rate the risk
      by: Analyst

Instead: give the step one more person at its busy hours, take from its people what others can do,
or send it no work that could be settled before. Here: what is clear is rated by the front office.

    - step: Take the request, rate it where the risk is clear
      by: Front office
    - step: Rate the risk
      by: Analyst

How it is computed: of the resources that do the step, each counted by its visits there, the time at
work over the time present, which is each day (UTC) from the first start to the latest end. It is a
finding from 90 % on, where cases wait for the step longer than it takes, and for a fifth of that
wait at least (a queue holds at night as well) its resource is at work on other cases. On 50 such
waits or more; where resources work at more than one and a half visits at once on average, being
busy says nothing. Steps that mostly the same resources do are one bottleneck, named where most of
the waiting is; it costs the waiting before all of them.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.figures import StepFigures
from valuestream.model.findings import Finding, Severity
from valuestream.model.flow import wait_per_case
from valuestream.model.resources import Load, ResourceLoad, WaitCauses
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.stands import stands_on

CODE = "VS401"
TITLE = "A bottleneck"
SEVERITY: Severity = "warning"

_BUSY = 0.9
_LEAST_IN_QUEUE = 0.2
_FEWEST_WAITS = 50
_MOST_AT_ONCE = 1.5
_SHARED = 0.5


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """One finding for each group of resources that is a bottleneck, the step with most waiting."""
    figures, load, waits = seen.figures, seen.load, seen.waits
    if load is None or waits is None or not figures.cases:
        return
    narrow: list[tuple[StepFigures, float, dict[str, int]]] = []
    for step in figures.steps:
        people, split = _people(load, step.step), waits.steps.get(step.step)
        busy = _busy(load, people)
        if busy is not None and busy >= _BUSY and split and _is_queue(step, split):
            narrow.append((step, busy, people))
    narrow.sort(key=lambda found: -wait_per_case(figures, found[0].step))
    named: list[dict[str, int]] = []
    for step, busy, people in narrow:
        if any(_shared(people, others) >= _SHARED for others in named):
            continue
        named.append(people)
        alike = [s.step for s, _, own in narrow if _shared(own, people) >= _SHARED]
        yield _finding(stream, seen, step, busy, alike)


def _people(load: Load, step: str) -> dict[str, int]:
    """The resources that do a step, with their visits there."""
    return {r.resource: r.steps[step] for r in load.resources if step in r.steps}


def _busy(load: Load, people: dict[str, int]) -> float | None:
    known = [
        (r.busy / r.present, r, people[r.resource])
        for r in load.resources
        if r.resource in people and r.busy is not None and r.present
    ]
    visits = sum(many for _, _, many in known)
    if not visits or sum(_at_once(r) * many for _, r, many in known) > _MOST_AT_ONCE * visits:
        return None
    return sum(share * many for share, _, many in known) / visits


def _at_once(resource: ResourceLoad) -> float:
    return resource.at_once or 1.0


def _is_queue(step: StepFigures, split: WaitCauses) -> bool:
    at_work = split.batching + split.contention + split.priority
    longer = (step.wait_time.mean or 0.0) >= (step.process_time.mean or 0.0) > 0
    return split.visits >= _FEWEST_WAITS and longer and at_work >= _LEAST_IN_QUEUE * split.wait


def _shared(one: dict[str, int], other: dict[str, int]) -> float:
    """The share of the visits of the one that resources of the other do as well."""
    return sum(n for who, n in one.items() if who in other) / sum(one.values())


def _finding(
    stream: Stream, seen: Seen, step: StepFigures, busy: float, alike: list[str]
) -> Finding:
    figures, name = seen.figures, step.step
    each = sum(wait_per_case(figures, other) for other in alike)
    also = [other for other in alike if other != name]
    of = f" (and {_listed(also)}, done by the same)" if also else ""
    split = seen.waits.says if seen.waits else None
    return Finding(
        CODE,
        SEVERITY,
        f"{name!r}{of} is a bottleneck: whoever does it is at work for {format_share(busy)} of "
        f"the day, and a case waits {format_duration(each)} for it, {stands_on(figures)}",
        f"take work off those who do {name!r}, or give them one more person at the hours of the "
        "queue; do not make the steps before it faster",
        ("steps", stream.place(name) or 0),
        name,
        {
            "busy": busy,
            "waits_of_mean": step.wait_time.mean,
            **({"sample": split} if split else {}),
        },
        {"seconds_per_case": each, "seconds": each * (figures.cases or 0)},
    )


def _listed(names: list[str]) -> str:
    shown = ", ".join(repr(n) for n in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
