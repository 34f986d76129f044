"""What it finds: more people at work on a step at the same time than the text says it has.

Why it matters: what a simulation says of the queue, and what a team asks for, stands on the number
of people. If others help out, the text hides that they are needed.

Example: in a log in which four people and more are at the desk for a third of its busy time.

    - step: Check-in at the desk
      people: 2

Instead: write how many there are, and when there are more.

    - step: Check-in at the desk
      people: 2, 4 from 15:00 to 18:00

How it is computed: of the time in which anybody works on the step, the share in which more
different resources do than `people` has in its largest shift; a finding from 5 % on, and from an
hour. A resource that works on several visits is one.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

CODE = "VS507"
TITLE = "More people at work than declared"
SEVERITY: Severity = "warning"

_LEAST_SHARE = 0.05
_LEAST_SECONDS = 3600.0


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step at which more work at once than it declares."""
    for place, step in enumerate(stream.steps):
        times = (seen.at_once or {}).get(step.step)
        if step.people is None or not times:
            continue
        people = max(step.people.people, *(s.people for s in step.people.shifts), 0)
        beyond, busy = sum(times[people:]), sum(times)
        if beyond < _LEAST_SECONDS or beyond < _LEAST_SHARE * busy:
            continue
        # So many are seldom exceeded: what the text would have to say.
        enough = next(n for n in range(len(times) + 1) if sum(times[n:]) <= 0.01 * busy)
        yield Finding(
            CODE,
            SEVERITY,
            f"{step.step!r} declares people: {step.people}, and more are at work at the same time "
            f"for {format_share(beyond / busy)} of its busy time ({format_duration(beyond)})",
            f"write how many there are ({enough} are hardly ever exceeded), or see who helps out",
            ("steps", place, "people"),
            step.step,
            {"declared_people": people, "share_of_busy_time": beyond / busy, "most": len(times)},
        )
