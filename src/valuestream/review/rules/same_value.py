"""What it finds: two steps that give the customer the same value.

Why it matters: the customer needs a value once. Either one of the steps is repeated work
(overprocessing), or the value of one of them has not been thought through.

Example:

    - step: Check the application
      value: Knows that the application is complete
    - step: Check the documents
      value: Knows that the application is complete

Instead: make one step of the two, or say what the second one adds.

    - step: Check the application and its documents
      value: Knows that the application is complete

How it is computed: the same words in the same order, whatever their case and punctuation.
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.names import identify
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS102"
TITLE = "Two steps with the same value"
SEVERITY: Severity = "warning"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step whose value an earlier one gives already."""
    first: dict[str, str] = {}
    for place, step in enumerate(stream.steps):
        if step.value is None or not step.has_value:
            continue
        words = _words(step.value.receives)
        if words in first:
            yield Finding(
                CODE,
                SEVERITY,
                f"{step.step!r} gives the same value as {first[words]!r}",
                "make one step of the two, or say what this one adds for the customer",
                ("steps", place, "value"),
                step.step,
                {"same_as": first[words]},
            )
        first.setdefault(words, step.step)


def _words(value: str) -> str:
    # A value without a letter, such as a sign or an emoji, is only the same as itself.
    return identify(value) if any(map(str.isalnum, value)) else value
