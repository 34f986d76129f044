"""What it finds: a step of which nobody has said what the customer receives.

Why it matters: a value stream is seen from the customer's side. A step without a value either gives
one that nobody has put into words, or it is there for the company alone and is the first
candidate to be removed.

Example:

    - step: Enter the order into the system

Instead: say what the customer has afterwards, in the customer's words.

    - step: Enter the order into the system
      value: Knows the day on which the goods will come

How it is computed: `value` is missing, or is a question still (`TODO`, `TODO: …`, `?`).
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.names import is_question
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS101"
TITLE = "A step without value"
SEVERITY: Severity = "warning"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step without a value."""
    who = "the customer" if is_question(stream.customer) else f"the {stream.customer}"
    for place, step in enumerate(stream.steps):
        if not step.has_value:
            yield Finding(
                CODE,
                SEVERITY,
                f"nobody has said what the customer receives from {step.step!r}",
                f"write its value in the words of {who}, or ask why the step exists",
                ("steps", place, "value") if step.value else ("steps", place),
                step.step,
            )
