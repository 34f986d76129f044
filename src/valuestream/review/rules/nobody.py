"""What it finds: a step of which nobody is said to do it.

Why it matters: work without a participant waits for one. It cannot be handed over, staffed
or improved, because nobody can be asked.

Example:

    - step: Confirm the booking
      value: Knows that the room is there

Instead: name the role, not the person.

    - step: Confirm the booking
      by: Reservations
      value: Knows that the room is there

How it is computed: `by` is missing. A stream that says it of no step has not come to that question
yet, and gets one finding for all.
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS103"
TITLE = "A step that nobody does"
SEVERITY: Severity = "note"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step without a participant; one finding where no step has any."""
    if not any(step.by for step in stream.steps):
        message = "no step says who does it"
        yield Finding(CODE, SEVERITY, message, "name the role that does each step with 'by'")
        return
    for place, step in enumerate(stream.steps):
        if not step.by:
            yield Finding(
                CODE,
                SEVERITY,
                f"nobody is said to do {step.step!r}",
                "name the role with 'by'",
                ("steps", place),
                step.step,
            )
