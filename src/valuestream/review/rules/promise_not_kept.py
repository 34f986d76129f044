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

How it is computed: of the visits to which the promise applies, the share that keep it. It is a
warning where even the upper end of the 95 % interval (Wilson) of that share is below `keep`.
Without `keep` nothing says how often is enough: a promise that is broken more often than kept (the
upper end below 50 %) is noted. So is one that could not be checked on any visit.
"""

from collections.abc import Iterator

from valuestream.model.chance import wilson
from valuestream.model.figures import Figures, Kept
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

CODE = "VS301"
TITLE = "A promise that is not kept"
SEVERITY: Severity = "warning"


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each promise that is not kept, or that could not be checked."""
    figures = seen.figures
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
                {
                    "kept": measured.promise.kept,
                    "of": measured.promise.of,
                    "target": measured.promise.target,
                },
                _broken(measured.promise),
            )


def _broken(promise: Kept) -> dict[str, int]:
    if promise.kept is None:
        return {}
    return {"broken": round((1 - promise.kept) * promise.of)}


def _said(promise: Kept, figures: Figures) -> tuple[Severity, str, str] | None:
    if promise.kept is None:
        if figures.cases is None:
            return None
        unseen = "no visit could be checked for it"
        return "note", unseen, "see whether the log has what the promise needs"
    _, high = wilson(promise.kept, promise.of)
    kept, target = _apart(promise.kept, promise.target)
    visits = f"{promise.of:,} visit{'' if promise.of == 1 else 's'} {figures.provenance}"
    change = "see what sets the visits apart that break it; change the step, or the promise"
    if promise.target is not None and high < promise.target:
        return SEVERITY, f"{kept} of the {visits} keep it, not {target}", change
    if promise.target is None and high < 0.5:
        return "note", f"{kept} of the {visits} keep it", change
    return None


def _apart(kept: float, target: float | None) -> tuple[str, str]:
    """Both shares in words, with so many digits that a reader sees which is less."""
    if target is None:
        return format_share(kept), ""
    pairs = ((f"{kept * 100:.{n}f} %", f"{target * 100:.{n}f} %") for n in range(1, 10))
    rounded = (format_share(kept), format_share(target))
    return next((p for p in (rounded, *pairs) if p[0] != p[1]), rounded)
