"""What it finds: a stream that does not say what starts it.

Why it matters: lead time runs from the request. Where a stream starts by what the company does
first, the time before that, which the customer lives through, is seen by nobody.

Example:

    stream: Hotel check-in
    customer: Guest

Instead: name the moment at which the customer asks for something.

    stream: Hotel check-in
    customer: Guest
    request: The morning of arrival

How it is computed: `request` is missing, or is a question still (`TODO`, `TODO: …`, `?`).
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.names import is_question
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream

CODE = "VS105"
TITLE = "No request"
SEVERITY: Severity = "note"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """One finding where the stream does not say it."""
    if is_question(stream.request):
        yield Finding(
            CODE,
            SEVERITY,
            "the stream does not say what starts it",
            "name the moment at which the customer asks with 'request'",
        )
