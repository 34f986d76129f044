"""What it finds: a way on that the text draws and no case takes.

Why it matters: the picture shows what nobody does. Either the way is a wish, or the log calls it
something else, and then its figures are missing as well.

Example: in a log in which no case goes from the check to the rejection.

    - step: Check
      then: [Accept, Reject: 20 %]
    - step: Accept
      end: true
    - step: Reject
      end: true

Instead: leave the way out, or tell by which activities the log shows it (`events`).

    - step: Check
    - step: Accept

How it is computed: of a way written in `then`, not one of 50 or more visits goes on by it, and even
the upper end of the 95 % interval (Wilson) of that none is below half of its share. Ways to a step
that the log never sees are that step's finding (VS504), and ways that are taken together are left
alone: their order in the log says nothing.
"""

from collections.abc import Iterator

from valuestream.model.chance import wilson
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.onward import onwards
from valuestream.review.stands import stands_on

CODE = "VS502"
TITLE = "A way that nobody takes"
SEVERITY: Severity = "warning"

_FEWEST_VISITS = 50


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each way written that no case takes."""
    figures = seen.figures
    for onward in onwards(stream, figures) if figures.cases else ():
        origin = stream.steps[onward.place]
        if not origin.then or onward.visits < _FEWEST_VISITS:
            continue
        for to, share in onward.drawn.items():
            if to in onward.taken or not figures.steps[to].visits:
                continue
            if wilson(0.0, onward.visits)[1] >= share / 2:
                continue
            name = stream.steps[to].step
            yield Finding(
                CODE,
                SEVERITY,
                f"none of {onward.visits:,} visits of {origin.step!r} goes on to {name!r}, which "
                f"the text expects of {format_share(share)}, {stands_on(figures)}",
                f"leave {name!r} out of 'then', or name with 'events' the activities that lead "
                "there",
                ("steps", onward.place, "then"),
                origin.step,
                {"to": name, "declared_share": share, "visits": onward.visits},
            )
