"""What it finds: work that takes longer because whoever does it comes from other work (motion).

Why it matters: each change of work is a way to another desk, another screen, another thought. Who
does the same several times in a row does it sooner.

Example: in a log by which the rating takes a fifth longer after other work:

    - step: Take the call
      by: Team
      value: Is heard
    - step: Rate the risk
      by: Team
      value: Has a rate that fits

Instead: do the same work in a row, at agreed hours or by turns.

    - step: Take the call
      by: Team, until noon
      value: Is heard
    - step: Rate the risk
      by: Team, in the afternoon
      value: Has a rate that fits

How it is computed: of each person's visits to a step that follow one of another case, those that
follow another step are compared with those that follow the same (geometric means of the process
times, each with their own; 5 visits and more of either kind). It is a finding where work takes 10 %
longer or more after other work, on 100 visits or more, and by more than four standard errors. What
is done in a row may also be what is easy: try it before you believe it. How often people switch is
no finding by itself.
"""

from collections.abc import Iterator

from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.model.switching import SwitchedTo
from valuestream.review.costs import money_costs, time_costs
from valuestream.review.stands import stands_on

CODE = "VS216"
TITLE = "Work that takes longer after other work"
SEVERITY: Severity = "warning"

_LONGER = 0.10
_FEWEST = 100
_SURE = 4.0


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step whose work takes longer after other work."""
    if seen.switching is None or not seen.figures.cases:
        return
    changes = seen.switching.switches / max(1, seen.switching.visits)
    for place, step in enumerate(stream.steps):
        to = seen.switching.steps.get(step.step)
        if to is None or not _is_longer(to):
            continue
        often = (seen.figures.steps[place].visits or 0) / seen.figures.cases
        after_other = often * to.switched / (to.switched + to.same)
        yield Finding(
            CODE,
            SEVERITY,
            f"{step.step!r} takes {format_share(to.longer)} longer, {format_duration(to.seconds)}, "
            f"for somebody who comes from another step, {stands_on(seen.figures)}",
            f"let those who do {step.step!r} do several in a row for a week, at agreed hours or by "
            "turns, and see whether it takes less time",
            ("steps", place),
            step.step,
            {
                "after_other_work": to.switched,
                "after_the_same": to.same,
                "longer": to.longer,
                "switches_per_visit": changes,
            },
            {
                **time_costs(after_other * to.seconds, seen.figures),
                **money_costs(step, to.seconds, after_other),
            },
        )


def _is_longer(to: SwitchedTo) -> bool:
    enough = min(to.switched, to.same) >= _FEWEST
    return enough and to.longer >= _LONGER and to.z > _SURE
