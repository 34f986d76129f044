"""What it finds: people with a scarce or costly skill who do what others do as well (skills).

Why it matters: the hour of the one who alone can do a step is the hour that the whole stream waits
for. Spent on what others do too, it is lost twice.

Example:

    - step: Take the history
      by: [Nurse, Doctor]
      work: 15 min
    - step: Dress the wound
      by: Nurse
      cost: 40 EUR/h
    - step: Operate
      by: Doctor
      cost: 160 EUR/h

Instead: leave the step to those who can do nothing else.

    - step: Take the history
      by: Nurse
      work: 15 min
    - step: Dress the wound
      by: Nurse
      cost: 40 EUR/h
    - step: Operate
      by: Doctor
      cost: 160 EUR/h

How it is computed: by the text, a step done by several roles of which one costs twice as much as
another or more, by the `cost` an hour of the steps that each does alone (a note). By a log, the
step whose visits wait most for people at work (a third of all such waiting and more, and a fifth of
the wait before it), the people who do it, where they are half of all or fewer, and the step that
takes most of their time of those of which they do 10 to 60 % of the visits while others do the
rest; 20 visits and more on either side. It costs the work that they could leave to others.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.resources import Load, Waits
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.stands import stands_on

CODE = "VS217"
TITLE = "A scarce skill spent on what others do too"
SEVERITY: Severity = "warning"

_TIMES_DEARER = 2.0
_LEAST_SHARE = 1 / 3
_LEAST_IN_QUEUE = 0.2
_MOST_PEOPLE = 0.5
_SHARED = (0.1, 0.6)
_FEWEST = 20


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step that a dearer role takes part in, or that scarce people do beside others."""
    yield from _by_cost(stream, seen)
    if seen.load is not None and seen.waits is not None:
        by_queue = _by_queue(stream, seen, seen.load, seen.waits)
        yield from sorted(by_queue, key=lambda one: -one.costs["work_seconds"])[:1]


def _by_cost(stream: Stream, seen: Seen) -> Iterator[Finding]:
    rates = {
        step.by[0]: float(step.cost.amount)
        for step in stream.steps
        if len(step.by) == 1 and step.cost and step.cost.per == "hour"
    }
    for place, step in enumerate(stream.steps):
        known = {role: rates[role] for role in step.by if role in rates}
        if not known:
            continue
        dear, cheap = max(known, key=known.__getitem__), min(known, key=known.__getitem__)
        if known[dear] < _TIMES_DEARER * known[cheap]:
            continue
        work = seen.figures.steps[place].process_time.mean
        more = known[dear] - known[cheap]
        spared = {} if work is None else {"money_per_visit": more * work / 3600}
        yield Finding(
            CODE,
            "note",
            f"{dear!r} takes part in {step.step!r}, which {cheap!r} does at "
            f"{format_share(known[cheap] / known[dear])} of the cost",
            f"let {cheap!r} do {step.step!r} alone, and call {dear!r} for what is out of the usual",
            ("steps", place, "by"),
            step.step,
            {"dearer": dear, "cheaper": cheap},
            spared,
        )


def _by_queue(stream: Stream, seen: Seen, load: Load, waits: Waits) -> Iterator[Finding]:
    narrow = _narrow(waits)
    if narrow is None:
        return
    people = [r.resource for r in load.resources if r.visits >= _FEWEST]
    scarce = {r.resource for r in load.resources if r.steps.get(narrow, 0) >= _FEWEST}
    figures = seen.figures
    if len(scarce) > _MOST_PEOPLE * len(people):
        return
    for place, step in enumerate(stream.steps):
        done = {r.resource: r.steps.get(step.step, 0) for r in load.resources}
        theirs = sum(visits for name, visits in done.items() if name in scarce)
        others = sum(done.values()) - theirs
        work = figures.steps[place].process_time.mean
        if step.step == narrow or min(theirs, others) < _FEWEST or not work or not figures.cases:
            continue
        share = theirs / (theirs + others)
        if not _SHARED[0] <= share <= _SHARED[1]:
            continue
        yield Finding(
            CODE,
            SEVERITY,
            f"cases wait for the people who do {narrow!r}, and these do {format_share(share)} of "
            f"{step.step!r} as well, {format_duration(theirs * work)} in all, "
            f"{stands_on(figures)}",
            f"leave {step.step!r} to the others who do it, and {narrow!r} to those who can",
            ("steps", place),
            step.step,
            {"scarce_at": narrow, "share": share, "people": len(scarce)},
            {"work_seconds": theirs * work, "work_seconds_per_case": theirs * work / figures.cases},
        )


def _narrow(waits: Waits) -> str | None:
    """The step whose visits wait most for people at work; None where none does by far."""
    queued = {name: w.contention + w.priority + w.batching for name, w in waits.steps.items()}
    whole = sum(queued.values())
    name = max(queued, key=lambda step: queued[step], default=None)
    if name is None or queued[name] < _LEAST_IN_QUEUE * waits.steps[name].wait:
        return None
    return name if whole and queued[name] >= _LEAST_SHARE * whole else None
