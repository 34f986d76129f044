"""What it finds: work on cases that are then given up (overproduction).

Why it matters: whatever was done on a case that nobody finishes was done for nothing, and the cases
that are finished waited for it.

Example: in a log by which every fourth case ends at the rating, after hours of work:

    - step: Complete the file
      value: Knows that nothing is missing
    - step: Rate the risk
      value: Has a rate that fits
    - step: Decide
      value: Knows the answer

Instead: ask what cases are given up for before the work is done, not after it. Where a case rightly
ends at a step, say so.

    - step: Ask for the sum and the income
      value: Knows at once whether it can be
      then: [Complete the file]
      end: true
    - step: Complete the file
      value: Knows that nothing is missing
    - step: Decide
      value: Knows the answer

How it is computed: cases that reached no end, have no open visit, and have had no visit for longer
than 95 in 100 completed cases took in all; 20 of them and 5 % of all cases (the lower end of the
95 % interval, Wilson) or more. They cost their work. A step after which half of its cases and more
have nothing looks like an end that the text does not mark: that is a note, and those cases are not
counted as given up. Where fewer cases reach an end than do not, the ends of the text are in
doubt, and there is a note in place of a finding.
"""

from collections.abc import Iterator
from typing import Any

from valuestream.model.chance import wilson
from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.given_up import GivenUp
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.costs import money_costs
from valuestream.review.stands import stands_on

CODE = "VS215"
TITLE = "Work on cases that are given up"
SEVERITY: Severity = "warning"

_FEWEST = 20
_LEAST = 0.05
_IS_END = 0.5


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """One finding for all that is given up; one for each step that looks like an end."""
    gone, cases = seen.given_up, seen.figures.cases
    if gone is None or not cases:
        return
    reached = {step.step: step.cases or 0 for step in seen.figures.steps}
    last = {name: at.last for name, at in gone.steps.items() if at.last}
    in_doubt = gone.cases > (seen.figures.completed_cases or 0)
    ends = [n for n, count in last.items() if in_doubt or count >= _IS_END * reached[n]]
    for name in ends:
        if _many(last[name], cases):
            yield _is_end(stream, seen, name, last[name])
    left = {name: count for name, count in last.items() if name not in ends}
    if _many(sum(left.values()), cases):
        yield _given_up(stream, seen, gone, left)


def _many(count: int, cases: int) -> bool:
    return count >= _FEWEST and wilson(count / cases, cases)[0] >= _LEAST


def _is_end(stream: Stream, seen: Seen, name: str, count: int) -> Finding:
    return Finding(
        CODE,
        "note",
        f"{count:,} cases end at {name!r} without having reached an end of the stream, "
        f"{stands_on(seen.figures)}",
        f"write 'end: true' at {name!r} where a case rightly ends there; else see why they are "
        "given up",
        ("steps", stream.place(name) or 0),
        name,
        {"last_there": count},
    )


def _given_up(stream: Stream, seen: Seen, gone: GivenUp, left: dict[str, int]) -> Finding:
    figures, count = seen.figures, sum(left.values())
    name = max(left, key=lambda step: left[step])
    share = count / max(1, gone.cases)
    costs = _costs(stream, gone, share, figures.cases or 1)
    each = costs.get("work_seconds", 0.0) / count
    after = f", after {format_duration(each)} of work each" if each else ""
    return Finding(
        CODE,
        SEVERITY,
        f"{format_share(count / (figures.cases or 1))} of all cases are given up{after}, most of "
        f"them at {name!r}, {stands_on(figures)}",
        f"see why cases stop at {name!r}, and ask for it before the work is done on them",
        ("steps", stream.place(name) or 0),
        name,
        {"given_up": count, "last_there": left[name], "without_a_visit_for": gone.after},
        {"given_up": count, **costs},
    )


def _costs(stream: Stream, gone: GivenUp, share: float, cases: int) -> dict[str, Any]:
    """Their work, as their share of that of all unfinished cases; and what it cost."""
    works = {name: at.work for name, at in gone.steps.items() if at.work is not None}
    if not works:
        return {}
    seconds = share * sum(works.values())
    costs: dict[str, Any] = {"work_seconds": seconds, "seconds_per_case": seconds / cases}
    for step in stream.steps:
        paid = money_costs(step, works.get(step.step), share / cases)
        if step.step in works and step.cost and step.cost.per == "hour" and paid:
            costs["money_per_case"] = costs.get("money_per_case", 0.0) + paid["money_per_case"]
            costs["currency"] = paid["currency"]
    return costs
