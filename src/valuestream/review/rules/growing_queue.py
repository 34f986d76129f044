"""What it finds: a queue before a step that grows from week to week.

Why it matters: more comes to the step than it gets done. Each case waits longer than the one
before, and no promise made today will be kept in a month. A queue that is long but steady can be
lived with; one that grows ends in complaints, overtime or cases that are given up.

Example: in a log by which 12 cases waited before the examination in May, and 90 in September.

    - step: Arrange the visit
    - step: Examination
      people: 1

Instead: give the step as much time as comes to it, or let less come to it.

    - step: Arrange the visit
    - step: Examination
      people: 2

How it is computed: the visits that wait at the end of each week (day, in a log of less than ten
weeks). Left out at both ends is as much as 95 in 100 waits last: the log fills and empties there.
What is left is averaged over blocks of at least twice the mean wait, since a queue remembers; six
blocks or more must rise so steadily that chance would do it in one of a hundred steps
(Mann-Kendall, shared among the steps), the last third must have half as many again as the first and
5 more, and half of that must still be there at the end.
"""

from collections.abc import Iterator
from math import ceil
from statistics import fmean

from valuestream.model.figures import StepFigures
from valuestream.model.findings import Finding, Severity
from valuestream.model.queues import Queue, Queues
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.model.trend import in_blocks, rises_by_chance
from valuestream.review.stands import stands_on

CODE = "VS402"
TITLE = "A queue that grows"
SEVERITY: Severity = "warning"

_CHANCE = 0.01
_FEWEST_BLOCKS = 6
_GROWTH = 1.5
_FEWEST_MORE = 5
_LEFT = 0.5
_SECONDS = {"week": 7 * 86_400.0, "day": 86_400.0}


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step before which the queue grows."""
    if seen.queues is None:
        return
    steps = list(zip(seen.figures.steps, seen.queues.steps, strict=False))
    chance = _CHANCE / max(1, len(steps))
    for place, (step, queue) in enumerate(steps):
        span = _steady(step, seen.queues)
        waiting = queue.waiting[span]
        before, after = _thirds(waiting)
        if after - before < _FEWEST_MORE or after < _GROWTH * before:
            continue
        if sum(queue.came[span]) - sum(queue.begun[span]) < _LEFT * (after - before):
            continue
        if _rises(step, seen.queues, waiting, chance):
            yield _finding(place, seen, queue, span, (before, after))


def _wait(step: StepFigures) -> tuple[float, float]:
    """The mean and the 95th percentile of the wait; of instants, of what passes until them."""
    spread = step.wait_time if step.wait_time.mean is not None else step.elapsed_time
    return spread.mean or 0.0, spread.p95 or 0.0


def _steady(step: StepFigures, queues: Queues) -> slice:
    off = max(1, ceil(_wait(step)[1] / _SECONDS[queues.unit]))
    return slice(off, max(off, len(queues.starts) - off))


def _thirds(waiting: tuple[int, ...]) -> tuple[float, float]:
    third = len(waiting) // 3
    return (fmean(waiting[:third]), fmean(waiting[-third:])) if third else (0.0, 0.0)


def _rises(step: StepFigures, queues: Queues, waiting: tuple[int, ...], chance: float) -> bool:
    # On days the week's own course hides the other: a block is a week of them at least.
    shortest = 7 if queues.unit == "day" else 1
    length = max(shortest, ceil(2 * _wait(step)[0] / _SECONDS[queues.unit]))
    blocks = in_blocks(waiting, length)
    return len(blocks) >= _FEWEST_BLOCKS and rises_by_chance(blocks) < chance


def _finding(
    place: int, seen: Seen, queue: Queue, span: slice, ends: tuple[float, float]
) -> Finding:
    unit = seen.queues.unit if seen.queues else "week"
    came, begun = (sum(counts[span]) for counts in (queue.came, queue.begun))
    spans = len(queue.waiting[span])
    return Finding(
        CODE,
        SEVERITY,
        f"the queue before {queue.step!r} grew from {ends[0]:.0f} to {ends[1]:.0f} waiting cases "
        f"in {spans} {unit}s: {came:,} came to it and {begun:,} were begun, "
        f"{stands_on(seen.figures)}",
        f"see that {queue.step!r} begins as many cases as come to it: give it more time, or let "
        "less come to it",
        ("steps", place),
        queue.step,
        {"waiting_first": ends[0], "waiting_last": ends[1], "came": came, "begun": begun},
        {"cases_waiting": ends[1] - ends[0]},
    )
