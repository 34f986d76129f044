"""What it finds: a value that few customers receive, since few cases come to its step.

Why it matters: the text promises it to every customer. Those who did not come to the step got the
outcome without it: then it is not needed, or they went without.

Example: in a log in which 12 of 100 completed cases come to the call.

    - step: Deliver
      value: Has the goods
    - step: Call the customer
      value: Knows how to use them
    - step: Send the invoice
      value: Knows what to pay

Instead: see to it that all come to the step, or draw for whom it is meant.

    - step: Deliver
      value: Has the goods
      then: [Call the customer: 12 %, Send the invoice]
    - step: Call the customer
      value: Knows how to use them
    - step: Send the invoice
      value: Knows what to pay

How it is computed: the share of the completed cases that visited the step (where its promise could
be broken: of all cases). It is a finding where even the upper end of the 95 % interval (Wilson) is
below half of the share that the declared ways lead there, on 20 completed cases or more. A step
that no case comes to is VS504.
"""

from collections.abc import Iterator

from valuestream.model.chance import wilson
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.expected import expected

CODE = "VS302"
TITLE = "A value that few receive"
SEVERITY: Severity = "warning"

_FEWEST_CASES = 20
_SHARE = 0.5


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each step with a value that most completed cases never came to."""
    figures, ways = seen.figures, expected(stream)
    for place, step in enumerate(stream.steps):
        came = _came(figures, place)
        if step.value is None or not step.has_value or came is None or not ways:
            continue
        share, of = came
        meant = min(1.0, ways[place].visits)
        if of < _FEWEST_CASES or wilson(share, of)[1] >= _SHARE * meant:
            continue
        yield Finding(
            CODE,
            SEVERITY,
            f"{format_share(share)} of {of:,} completed cases come to {step.step!r}: the others' "
            f"customers never receive {step.value.receives!r}",
            f"lead them to {step.step!r}, or draw with 'then' for whom it is meant; if nobody "
            "misses it, leave it out",
            ("steps", place, "value"),
            step.step,
            {"share_of_cases": share, "expected_share": meant, "cases": of},
            {"cases_without": round((1 - share) * of)},
        )


def _came(figures: Figures, place: int) -> tuple[float, int] | None:
    """The share of the completed cases that came to a step, and how many they are."""
    step, received = figures.steps[place], figures.received
    if received is None or not step.visits:
        return None
    if step.promise is None:
        share = received.by_step.get(step.step)
        return None if share is None else (share, received.cases)
    # A broken promise is a value not received as well: here only who came counts.
    return ((step.cases or 0) / figures.cases, received.cases) if figures.cases else None
