"""What it finds: work that piles up: more comes than leaves, and what is in work grows older.

Why it matters: by Little's law the work in progress is the rate of arrivals times the lead time, as
long as as much leaves as comes. Where that does not hold, the lead times measured are those of the
cases that left: the ones that lie are not in them, and the next will take longer than any mean
says.

Example: in a log by which 900 cases came in the second half and 500 left, and the mean age of work
in progress went from 4 d to 11 d.

    - step: Take the request
    - step: Decide

Instead: begin no more cases than leave until the age falls again, and finish the oldest first.
Until then promise nothing by the mean.

    - step: Take the request, if an old one has left
    - step: Decide

How it is computed: in the second half of the log's period a tenth more came than left, and more
than chance brings about (three standard deviations of their difference, Poisson); and the work in
progress was 15 % older on average than in the first half. On 100 arrivals in it or more.
"""

from collections.abc import Iterator
from math import sqrt

from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.progress import Balance
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.review.stands import stands_on

CODE = "VS405"
TITLE = "Work that piles up"
SEVERITY: Severity = "warning"

_FEWEST_CAME = 100
_MORE_CAME = 1.1
_DEVIATIONS = 3


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """That Little's law is contradicted, and how."""
    law = seen.littles_law
    if law is None or not law.ageing or len(law.halves) != 2:
        return
    first, second = law.halves
    if second.arrivals < _FEWEST_CAME or not first.age or not second.age:
        return
    if not _piles_up(second):
        return
    yield Finding(
        CODE,
        SEVERITY,
        f"work piles up: in the second half of the time {second.arrivals:,} cases came and "
        f"{second.left:,} left, and work in progress grew older, from {format_duration(first.age)} "
        f"to {format_duration(second.age)}, {stands_on(seen.figures)}",
        "finish the oldest cases first and begin no more than leave; until then trust no mean lead "
        "time",
        (),
        None,
        {
            "came": second.arrivals,
            "left": second.left,
            "age_before": first.age,
            "age_after": second.age,
            "work_in_progress": second.work_in_progress,
        },
        {"cases_waiting": max(0, second.arrivals - second.left)},
    )


def _piles_up(half: Balance) -> bool:
    by_chance = _DEVIATIONS * sqrt(half.arrivals + half.left)
    return half.arrivals > max(_MORE_CAME * half.left, half.left + by_chance)
