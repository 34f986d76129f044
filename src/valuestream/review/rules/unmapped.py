"""What it finds: activities that many cases have and that belong to no step.

Why it matters: what the text does not name is in no figure. Work is done there, cases wait there,
and the customer may receive something there, and nobody will know.

Example: in a log in which 900 of 1,000 cases have the activity "Send reminder".

    - step: Send the invoice
    - step: Receive the payment

Instead: give the activity to the step that it is part of, or make it a step.

    - step: Send the invoice
    - step: Receive the payment
      events: [Receive the payment, Send reminder]

How it is computed: activities with events for a fifth as many as there are cases, or more; in a log
of 20 cases or more. They stand in one finding, the most frequent first.
"""

from collections.abc import Iterator

from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

CODE = "VS505"
TITLE = "Activities that belong to no step"
SEVERITY: Severity = "warning"

_FEWEST_CASES = 20
_LEAST = 0.2
_NAMED = 3


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """At most one finding, of all such activities."""
    figures = seen.figures
    cases, events = figures.cases or 0, figures.events or 0
    many = {a: n for a, n in figures.unmapped.items() if n >= _LEAST * cases}
    if cases < _FEWEST_CASES or not many:
        return
    names = sorted(many, key=lambda activity: (-many[activity], activity))
    shown = ", ".join(f"{name!r} ({many[name]:,})" for name in names[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    is_one = len(names) == 1
    share = sum(many.values()) / events if events else None
    of = f" with {format_share(share)} of all events" if share is not None else ""
    yield Finding(
        CODE,
        SEVERITY,
        f"{len(names)} activit{'y' if is_one else 'ies'} of the log{of} "
        f"belong{'s' if is_one else ''} to no step: {shown}{more}",
        "list each in the 'events' of its step, or make it a step of its own",
        (),
        None,
        {"activities": many, "cases": cases, "share_of_events": share},
    )
