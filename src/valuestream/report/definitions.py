"""What each figure of the page means, in the words of docs/definitions.md."""

from typing import NamedTuple


class Definition(NamedTuple):
    """A figure's name and how it is computed."""

    figure: str
    definition: str


DEFINITIONS = (
    Definition("lead time of a case", "latest end − earliest start of its visits"),
    Definition("process time of a visit", "end − start; unknown for an instant"),
    Definition(
        "process time of a case",
        "length of the union of its visits' intervals; unknown if any of its visits is an instant",
    ),
    Definition(
        "wait time before a visit",
        "max(0, start − latest end among the case's earlier visits); none for the first; unknown "
        "for an instant, whose start nobody saw",
    ),
    Definition(
        "elapsed time of a visit",
        "its end − latest end among the case's earlier visits, at least 0: wait and process time "
        "together; all that a log of instants can tell; none for the first",
    ),
    Definition(
        "flow efficiency (activity ratio)",
        "sum of process times of cases ÷ sum of their lead times, over the cases whose process "
        "time is known; unknown if there are none",
    ),
    Definition(
        "rework of a step",
        "share of the cases that visited it which visited it more than once",
    ),
    Definition(
        "complete and accurate (%C&A) of a step",
        "share of its visits whose case's next visit is not to the same step nor to an earlier one "
        "(one from which this step can be reached by the stream's ways, those back to a step "
        "written above left out; in a line: any step above); the last visit of a case counts as "
        "accurate",
    ),
    Definition("rolled %C&A", "product of the steps' %C&A"),
    Definition(
        "transition a → b",
        "two visits of a case next to each other in order; its gap is max(0, b.start − a.end)",
    ),
    Definition("variant", "the sequence of steps of a case; cases per variant"),
    Definition(
        "completed case", "one that reached a step marked as an end (by default the last step)"
    ),
    Definition("throughput", "completed cases per ISO week (UTC) of their last end"),
    Definition("arrivals", "cases per ISO week (UTC) of their earliest start"),
    Definition(
        "work in progress at t",
        "cases with earliest start ≤ t < latest end, and open cases that started by t",
    ),
    Definition(
        "handoff",
        "a transition whose two visits have different, known resources (or participants, where "
        "the log names none)",
    ),
    Definition(
        "promise kept",
        "share of the visits (or cases) to which the promise applies that keep it",
    ),
)

DECLARED = Definition(
    "lead time of a declared stream",
    "work and wait along its ways; where ways run in parallel, the longest; where they part, "
    "weighted by their shares; rework by the expected number of repeats",
)

PERCENTILES = (
    "p50 (the median), p85 and p95 are the times within which 50, 85 and 95 of 100 fall; "
    "percentiles interpolate linearly between closest ranks. A figure that the data cannot give "
    "is absent (–), never zero and never guessed."
)
