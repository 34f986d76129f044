"""What it finds: a step that the log never sees.

Why it matters: nothing that the figures say is about this step: its work and its wait are hidden in
those of its neighbours. Or it is not done any more, and the text still says that it is.

Example: in a log without a single event of the call.

    - step: Request
    - step: Call the customer
    - step: Decide

Instead: name the activities by which the log knows it, let it be logged, or leave the step out.

    - step: Request
    - step: Call the customer
      events: Phone call
    - step: Decide

How it is computed: no visit of the step, in a log of 20 cases or more.
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.names import nearest
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS504"
TITLE = "A step that the log never sees"
SEVERITY: Severity = "note"

_FEWEST_CASES = 20


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step without a visit."""
    figures = seen.figures
    if (figures.cases or 0) < _FEWEST_CASES:
        return
    for place, step in enumerate(figures.steps):
        if step.visits:
            continue
        alike = nearest(step.step, list(figures.unmapped))
        named = f" (perhaps {alike!r})" if alike else ""
        yield Finding(
            CODE,
            SEVERITY,
            f"{step.step!r} is in the text, and none of {figures.cases:,} cases comes to it",
            f"name its activities with 'events'{named}, have it logged, or leave the step out",
            ("steps", place),
            step.step,
            {"cases": figures.cases},
        )
