"""What it finds: a promise that is kept less often than it should be.

Why it matters: a promise is the value made checkable. The customers of the visits that broke it did
not receive what the stream says they receive.

Example:

    - step: Check-in at the desk
      value:
        receives: Has the key without waiting
        promise: within 10 min
        keep: 90 %

Instead: change the step until the promise is kept, or promise what can be kept.

    - step: Check-in at the desk
      value:
        receives: Has the key without a long wait
        promise: within 25 min
        keep: 90 %

How it is seen: even the upper end of the 95 % interval (Wilson) of the share kept is below the
share that should be. Without `keep`, a promise that is broken more often than kept is noted. A
promise that could not be checked on any visit is noted too.
"""

from collections.abc import Iterator

from valuestream.model.figures import Figures, Kept
from valuestream.model.findings import Finding, Severity
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.chance import wilson

CODE = "VS301"
TITLE = "A promise that is not kept"
SEVERITY: Severity = "warning"


def find(stream: Stream, figures: Figures) -> Iterator[Finding]:
    """Each promise that is not kept, or that could not be checked."""
    for place, (step, measured) in enumerate(zip(stream.steps, figures.steps, strict=True)):
        if measured.promise is None or step.value is None:
            continue
        said = _said(measured.promise, figures)
        if said:
            severity, message, suggestion = said
            yield Finding(
                CODE,
                severity,
                f"{step.step!r} promises {str(step.value.promise)!r}, and {message}",
                suggestion,
                ("steps", place, "value", "promise"),
                step.step,
                {"kept": measured.promise.kept, "of": measured.promise.of},
                {"broken": round((1 - (measured.promise.kept or 0.0)) * measured.promise.of)},
            )


def _said(promise: Kept, figures: Figures) -> tuple[Severity, str, str] | None:
    if promise.kept is None:
        if figures.cases is None:
            return None
        unseen = "no visit could be checked for it"
        return "note", unseen, "see whether the log has what the promise needs"
    _, high = wilson(promise.kept, promise.of)
    held = f"{format_share(promise.kept)} of {promise.of:,} visits keep it"
    change = "see what sets the visits apart that break it; change the step, or the promise"
    if promise.target is not None and high < promise.target:
        return SEVERITY, f"{held}, not {format_share(promise.target)}", change
    if promise.target is None and high < 0.5:
        return "note", held, change
    return None
