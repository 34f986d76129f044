"""Which finding of a review is meant, and where it lies."""

from collections.abc import Sequence

from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
from valuestream.model.names import did_you_mean, identify
from valuestream.model.stream import Stream
from valuestream.review import explain


def chosen(findings: Sequence[Finding], code: str, step: str | None, stream: Stream) -> Finding:
    """The finding of a code, at a step (by name or id) where one is given.

    Raises InputError where the review has none of it, or several at different places.
    """
    wanted = code.strip().upper()
    explain(wanted)  # refuses an unknown code, and names the nearest
    own = [f for f in findings if f.code == wanted]
    if not own:
        known = sorted({f.code for f in findings})
        there = f"it finds {', '.join(known)}" if known else "it finds nothing"
        raise InputError(f"the review of {stream.stream!r} finds no {wanted} now; {there}")
    if step is not None:
        own = _at_step(own, step, stream)
    places = {place_of(f, stream) for f in own}
    if len(places) > 1:
        steps = ", ".join(sorted(repr(f.step or "the stream itself") for f in own))
        raise InputError(f"{wanted} is found at {steps}; say which by --step")
    return own[0]


def place_of(finding: Finding, stream: Stream) -> str:
    """`stream / step`, by their ids; `stream` where the finding is of all of it."""
    return f"{stream.key} / {_key(finding.step, stream)}" if finding.step else stream.key


def _at_step(findings: Sequence[Finding], step: str, stream: Stream) -> list[Finding]:
    wanted = _key(step, stream)
    own = [f for f in findings if f.step and _key(f.step, stream) == wanted]
    if own:
        return own
    code = findings[0].code
    steps = [f.step for f in findings if f.step]
    if not steps:
        raise InputError(f"{code} is of the whole stream; leave --step out")
    raise InputError(f"{code} is not found at {step[:100]!r}; {did_you_mean(step[:100], steps)}")


def _key(step: str, stream: Stream) -> str:
    place = stream.place(step)
    return identify(step) if place is None else stream.steps[place].key
