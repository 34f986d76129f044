"""What it finds: a stream that does not say whom it serves.

Why it matters: value is what a customer receives. Without a customer, nobody can say whether
a value is one.

Example:

    stream: Hotel check-in

Instead: name whoever makes the request and receives the value.

    stream: Hotel check-in
    customer: Guest

How it is computed: `customer` is missing, or is a question still (`TODO`, `TODO: …`, `?`).
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.names import is_question
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS104"
TITLE = "No customer"
SEVERITY: Severity = "warning"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """One finding where the stream does not say it."""
    if is_question(stream.customer):
        yield Finding(
            CODE,
            SEVERITY,
            "the stream does not say who its customer is",
            "name whoever makes the request and receives the value with 'customer'",
        )
