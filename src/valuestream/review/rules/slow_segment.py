"""What it finds: cases of one kind that take much longer than the others.

Why it matters: a mean hides two streams in one. What some cases need and the others do not is best
seen where they are apart, and often it needs a way of its own.

Example: in a log by which requests by post take 9 d and all others 2 d:

    - step: Take the request
      value: Knows that it has come
    - step: Decide
      value: Knows the answer

Instead: see at which steps these cases wait, and give them at the start what they lack, or a way of
their own.

    - step: Take the request, ask at once for what is missing
      value: Knows what is needed
    - step: Decide
      value: Knows the answer

How it is computed: for each value of the log's attributes that stands at a case's first event (up
to 50 values; what is known only later may follow from slowness), the lead times of its completed
cases against those of all others. It is a finding where they take one and a quarter times as long
or more on average, 20 cases and more on either side, and the difference holds in both halves of the
cases beyond chance (Welch on logarithms, 1 % divided by the number of values compared). It costs
the time beyond the others', spread over all cases; named is the value that explains most. What a
value goes with is no cause.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.slow_segments import SlowSegment
from valuestream.model.stream import Stream
from valuestream.review.costs import time_costs
from valuestream.review.stands import stands_on

CODE = "VS601"
TITLE = "Cases of one kind that are slow"
SEVERITY: Severity = "warning"

_LONGER = 1.25


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """At most one finding: the kind of cases whose slowness explains most time."""
    slow = [one for one in seen.segments if one.lead_time >= _LONGER * one.of_others]
    if not slow:
        return
    most = max(slow, key=_beyond)
    share = most.cases / (most.cases + most.others)
    yield Finding(
        CODE,
        SEVERITY,
        f"the {format_share(share)} of the cases with {most.column!r} {most.value!r} take "
        f"{format_duration(most.lead_time)}, the others {format_duration(most.of_others)}, "
        f"{stands_on(seen.figures)}",
        f"see at which steps cases with {most.column!r} {most.value!r} wait "
        f"(valuestream measure --by {most.column!r}), and what they lack there",
        (),
        None,
        {
            "column": most.column,
            "value": most.value,
            "cases": most.cases,
            "times_as_long": most.lead_time / most.of_others,
            "values_compared": most.compared,
        },
        time_costs(_beyond(most), seen.figures),
    )


def _beyond(slow: SlowSegment) -> float:
    """The seconds beyond the others', for each case of all."""
    return (slow.lead_time - slow.of_others) * slow.cases / (slow.cases + slow.others)
