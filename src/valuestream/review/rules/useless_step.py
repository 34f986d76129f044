"""What it finds: a step that could go: it gives the customer nothing, and no other step needs it.

Why it matters: the cheapest way to do a step is not to do it. What nobody receives and nothing
stands on is paid with work, and the customer pays it with waiting.

Example:

    - step: Take the order
      value: Knows what is on its way
    - step: Copy the order to the archive
      wait: 2 d
      work: 10 min
    - step: Deliver
      value: Has the goods

Instead: leave the step out for a few weeks and see who asks for it. What somebody must have all the
same is done beside the stream, out of the customer's way.

    - step: Take the order
      value: Knows what is on its way
    - step: Deliver
      value: Has the goods

How it is computed: a step without a value, in a stream most of whose steps have one; nothing that
it `gives` is what another step `needs`; it decides nothing (no parted ways; of its measured visits
fewer than 2 in 100 send a case back); and the cases that it was left out of reached an end as
often (their 95 % intervals, Wilson, meet), where 20 cases and more are on either side. It costs its
wait and its work, of a log of instants the time since the visit before, and the handoffs to it and
from it.
"""

from collections.abc import Iterator
from typing import Any

from valuestream.model.chance import wilson
from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.model.graph import graph
from valuestream.model.names import identify
from valuestream.model.seen import Seen
from valuestream.model.stream import Step, Stream
from valuestream.review.costs import money_costs, seconds_of_visit, time_costs, visits_per_case
from valuestream.review.stands import stands_on

CODE = "VS211"
TITLE = "A step that could go"
SEVERITY: Severity = "warning"

_SENDS_BACK = 0.02
_LEAST_CASES = 20


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step that gives nothing and takes time."""
    figures = seen.figures
    if 2 * sum(step.has_value for step in stream.steps) <= len(stream.steps):
        return
    often = visits_per_case(stream, figures)
    for place, step in enumerate(stream.steps[: len(often)]):
        each = seconds_of_visit(figures.steps[place]) * often[place]
        if step.has_value or each <= 0 or _is_needed(stream, step) or _tells(stream, seen, place):
            continue
        yield Finding(
            CODE,
            SEVERITY,
            f"nobody would miss {step.step!r}: it gives the customer nothing and no later step "
            f"needs it, and it takes {format_duration(each)} a case, {stands_on(figures)}",
            f"leave {step.step!r} out for a while and see who asks for it; what somebody must "
            "have all the same, do beside the stream",
            ("steps", place),
            step.step,
            {"visits_per_case": often[place], **_times(figures, place)},
            {
                **time_costs(each, figures),
                **money_costs(step, figures.steps[place].process_time.mean, often[place]),
                **_handoffs(seen, step.step),
            },
        )


def _is_needed(stream: Stream, step: Step) -> bool:
    needed = {identify(need) for other in stream.steps if other != step for need in other.needs}
    return not needed.isdisjoint(map(identify, step.gives))


def _tells(stream: Stream, seen: Seen, place: int) -> bool:
    """Whether what happens next, or in the end, is not the same with it and without it."""
    accurate = seen.figures.steps[place].complete_accurate
    if len(graph(stream).ways[place]) > 1 or (accurate is not None and accurate < 1 - _SENDS_BACK):
        return True
    name, ends = stream.steps[place].step, {stream.steps[end].step for end in stream.ends}
    if name in ends:
        return False
    reached = {True: [0, 0], False: [0, 0]}
    for variant in seen.figures.variants:
        counted = reached[name in variant.steps]
        counted[0] += variant.cases
        counted[1] += variant.cases * (not ends.isdisjoint(variant.steps))
    if min(cases for cases, _ in reached.values()) < _LEAST_CASES:
        return False
    (low, high), (other_low, other_high) = (wilson(r / n, n) for n, r in reached.values())
    return low > other_high or other_low > high


def _times(figures: Figures, place: int) -> dict[str, float]:
    shown = figures.steps[place]
    both = {"wait_seconds": shown.wait_time.mean, "work_seconds": shown.process_time.mean}
    return {name: mean for name, mean in both.items() if mean is not None}


def _handoffs(seen: Seen, name: str) -> dict[str, Any]:
    if seen.load is None or not seen.figures.cases:
        return {}
    count = sum(n for pair, n in seen.load.handoffs.items() if name in pair and pair[0] != pair[1])
    return {"handoffs_per_case": count / seen.figures.cases}
