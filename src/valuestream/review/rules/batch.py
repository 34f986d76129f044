"""What it finds: a step whose cases wait until others are there to be done with them (batch).

Why it matters: done in a heap, each case takes as long as the whole heap, and the next step gets
all at once and then nothing. The work itself is seldom less for it.

Example: in a log by which invoices are written on Friday, for all deliveries of the week.

    - step: Deliver
    - step: Write the invoice

Instead: do cases as they come, or in smaller heaps; make smaller what makes a heap seem worth it
(setting up, logging in, walking over).

    - step: Deliver, and write the invoice

How it is computed: the wait before the step's visits until the last of their batch is there, a
batch being visits of one resource in a row that had all come when the first began. It is a finding
where that is half of the wait before the step and longer than the work, on 50 waits or more, and a
tenth of all waiting that could be split. What has gathered over a night looks the same: so the step
must also be begun on no more than half as many days as cases come to it, or half of its visits in
the same moment as others.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.flow import wait_per_case
from valuestream.model.queues import Queue
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.stands import stands_on

CODE = "VS403"
TITLE = "Cases that wait for a batch"
SEVERITY: Severity = "warning"

_LEAST_OF_STEP = 0.5
_LEAST_OF_ALL = 0.1
_FEWEST_WAITS = 50
_LEAST_TOGETHER = 0.5
_MOST_DAYS = 0.5


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step whose cases wait for a batch."""
    figures, waits = seen.figures, seen.waits
    if waits is None or seen.queues is None or not figures.cases:
        return
    queues = {queue.step: queue for queue in seen.queues.steps}
    for place, step in enumerate(figures.steps):
        split = waits.steps.get(step.step)
        if split is None or split.visits < _FEWEST_WAITS or not split.wait:
            continue
        share, work = split.batching / split.wait, step.process_time.mean or 0.0
        much = split.batching >= _LEAST_OF_ALL * waits.total.wait
        if share < _LEAST_OF_STEP or not much or split.batching / split.visits <= work:
            continue
        queue = queues[step.step]
        if not _in_heaps(queue):
            continue
        each = share * wait_per_case(figures, step.step)
        yield Finding(
            CODE,
            SEVERITY,
            f"{format_share(share)} of the wait before {step.step!r} is until a batch is full: "
            f"{format_duration(each)} a case, {stands_on(figures)}",
            f"do {step.step!r} for each case as it comes, or more often for fewer",
            ("steps", place),
            step.step,
            {
                "batching": share,
                "waits": split.visits,
                "days_came": queue.days_came,
                "days_begun": queue.days_begun,
                "together": queue.together,
                **({"sample": s} if (s := waits.says) else {}),
            },
            {"seconds_per_case": each, "seconds": each * figures.cases},
        )


def _in_heaps(queue: Queue) -> bool:
    """Whether the step is done on few of the days on which cases come, or many at a moment."""
    rare = queue.days_begun <= _MOST_DAYS * queue.days_came
    return rare or (queue.together or 0.0) >= _LEAST_TOGETHER
