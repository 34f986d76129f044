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
itself. A way back is a note: what it costs is the finding of the step most often repeated (VS202).
A text that draws no ways at all is a list of steps: of that there is one note, of the way most
often taken.
"""

from collections.abc import Iterator
from typing import NamedTuple

from valuestream.model.chance import wilson
from valuestream.model.figures import Figures
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
    found = list(_undrawn(stream, seen.figures)) if seen.figures.cases else []
    if not any(step.then for step in stream.steps):
        found = sorted(found, key=lambda way: -way.taken)[:1]
    for way in found:
        yield _finding(stream, seen.figures, way)


class _Way(NamedTuple):
    origin: int
    to: int
    taken: int
    share: float
    """Of the visits of the origin that another step's follow."""


def _undrawn(stream: Stream, figures: Figures) -> Iterator[_Way]:
    aside = at_same_time(graph(stream))
    for onward in onwards(stream, figures):
        gone = {to: n for to, n in onward.taken.items() if to != onward.place}
        free = {to: n for to, n in gone.items() if to not in aside and to not in onward.drawn}
        total = sum(gone.values())
        if not free or total < _FEWEST_VISITS:
            continue
        to = max(free, key=lambda place: free[place])
        share, of_cases = free[to] / total, free[to] / (figures.cases or 1)
        if of_cases >= _LEAST_OF_CASES and wilson(share, total)[0] > _LEAST_SHARE:
            yield _Way(onward.place, to, free[to], share)


def _finding(stream: Stream, figures: Figures, way: _Way) -> Finding:
    origin, name = stream.steps[way.origin].step, stream.steps[way.to].step
    is_back = graph(stream).is_back(way.origin, way.to)
    has_ways = any(step.then for step in stream.steps)
    back = " back" if is_back else ""
    return Finding(
        CODE,
        SEVERITY if has_ways and not is_back else "note",
        f"{format_share(way.share)} of what follows {origin!r} is {name!r}, and no way leads{back} "
        f"there, {stands_on(figures)}",
        f"see why cases go{back} from {origin!r} to {name!r}; stop it, or draw it in 'then'",
        ("steps", way.origin),
        origin,
        {"to": name, "share": way.share, "transitions": way.taken, "way_back": is_back},
    )
