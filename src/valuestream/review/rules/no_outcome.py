"""What it finds: a stream that does not say what the customer holds at its end.

Why it matters: the outcome is what all steps are for. A stream is designed backwards from it,
and a step that does not lead there can go.

Example:

    stream: Hotel check-in
    customer: Guest

Instead: say what the customer has when all is done.

    stream: Hotel check-in
    customer: Guest
    outcome: Settled in a room I like

How it is computed: `outcome` is missing, or is a question still (`TODO`, `TODO: …`, `?`).
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.names import is_question
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS106"
TITLE = "No outcome"
SEVERITY: Severity = "note"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """One finding where the stream does not say it."""
    if is_question(stream.outcome):
        yield Finding(
            CODE,
            SEVERITY,
            "the stream does not say what the customer holds at its end",
            "say what the customer has when all is done with 'outcome'",
        )
