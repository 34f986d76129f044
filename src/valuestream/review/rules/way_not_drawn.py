"""What it finds: a way that many cases take and the text does not draw.

Why it matters: what is not drawn is not talked about: a way back that nobody planned, a step that
is left out when time is short. The picture that everybody nods at is of another stream.

Example: in a log in which 30 of 100 cases go from the request straight to the decision.

    - step: Request
    - step: Check
    - step: Decide

Instead: draw it, with its share; or see why cases take it, and stop it.

    - step: Request
      then: [Check, Decide: 30 %]
    - step: Check
    - step: Decide

How it is computed: of a step's visits that are followed by another step's, the largest share that
goes where no way leads. It is a finding where 5 % of all cases take that way and even the lower end
of the 95 % interval (Wilson) of its share is above 10 %, on 20 visits or more. Steps that are done
at the same time follow each other in any order and are left alone; so is a step that follows
itself.
"""

from collections.abc import Iterator

from valuestream.model.chance import wilson
from valuestream.model.findings import Finding, Severity
from valuestream.model.graph import graph
from valuestream.model.parallel import at_same_time
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.onward import onwards
from valuestream.review.stands import stands_on

CODE = "VS503"
TITLE = "A way that is not drawn"
SEVERITY: Severity = "warning"

_FEWEST_VISITS = 20
_LEAST_SHARE = 0.10
_LEAST_OF_CASES = 0.05


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """At most one finding for each step: of the ways not drawn, the one most often taken."""
    figures = seen.figures
    if not figures.cases:
        return
    ways = graph(stream)
    aside = at_same_time(ways)
    for onward in onwards(stream, figures):
        gone = {to: n for to, n in onward.taken.items() if to != onward.place}
        free = {to: n for to, n in gone.items() if to not in aside and to not in onward.drawn}
        total = sum(gone.values())
        if not free or total < _FEWEST_VISITS:
            continue
        to = max(free, key=lambda place: free[place])
        share, of_cases = free[to] / total, free[to] / figures.cases
        if of_cases < _LEAST_OF_CASES or wilson(share, total)[0] <= _LEAST_SHARE:
            continue
        origin, name = stream.steps[onward.place].step, stream.steps[to].step
        back = " back" if ways.is_back(onward.place, to) else ""
        yield Finding(
            CODE,
            SEVERITY,
            f"{format_share(share)} of what follows {origin!r} is {name!r}, and no way leads{back} "
            f"there, {stands_on(figures)}",
            f"see why cases go{back} from {origin!r} to {name!r}; stop it, or draw it in 'then'",
            ("steps", onward.place),
            origin,
            {"to": name, "share": share, "transitions": free[to], "way_back": bool(back)},
        )
