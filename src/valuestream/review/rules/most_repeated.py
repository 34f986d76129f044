"""What it finds: the step that cases come back to most often.

Why it matters: a customer who comes back waits twice, and the work is paid for twice. The cause
lies mostly not in the step itself but in what it was given.

Example:

    - step: Check the documents
      right: 70 %

Instead: find what the visits that come back have in common, and stop it where it begins.

    - step: Check the documents
      right: 98 %

How it is seen: the largest share of all cases that visited a step more than once, measured on 20
cases or more, where even the lower end of its 95 % interval (Wilson) is 5 % or more. Of a stream
without figures, the smallest declared `right`, where more than 5 % are not.
"""

from collections.abc import Iterator

from valuestream.model.figures import Figures, StepFigures
from valuestream.model.findings import Finding, Severity
from valuestream.model.graph import graph
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream
from valuestream.review.chance import wilson
from valuestream.review.stands import stands_on

CODE = "VS202"
TITLE = "The step most often repeated"
SEVERITY: Severity = "warning"

_LEAST = 0.05
_LEAST_CASES = 20


def find(stream: Stream, figures: Figures) -> Iterator[Finding]:
    """At most one finding: the step that is repeated most."""
    again = {s.step: share for s in figures.steps if (share := _repeated(s, figures)) is not None}
    if not again:
        return
    name, share = max(again.items(), key=lambda item: item[1])
    step = next(s for s in figures.steps if s.step == name)
    after = _after(stream, figures, name)
    where = f", mostly after {after!r}" if after and after != name else ""
    said = f"{format_share(share)} of all cases come back to {name!r}{where}"
    if figures.cases is None:
        said = f"{format_share(share)} of what {name!r} does is not right the first time"
    yield Finding(
        CODE,
        SEVERITY,
        f"{said}, {stands_on(figures)}",
        f"see what the cases that come back to {name!r} have in common; mend it where it begins",
        ("steps", stream.place(name) or 0),
        name,
        {"share_of_cases": share, "rework": step.rework, "after": after},
        {"seconds_per_case": share * (step.process_time.mean or 0.0)},
    )


def _repeated(step: StepFigures, figures: Figures) -> float | None:
    """The share of all cases that come back, where it is more than chance may bring about."""
    if step.cases is None or figures.cases is None:
        lost = 1 - step.complete_accurate if step.complete_accurate is not None else 0.0
        return lost if lost > _LEAST + 1e-9 else None
    if step.rework is None or figures.cases < _LEAST_CASES:
        return None
    share = step.rework * step.cases / figures.cases
    return share if wilson(share, figures.cases)[0] >= _LEAST else None


def _after(stream: Stream, figures: Figures, name: str) -> str | None:
    """The step from which most cases come back to it."""
    ways, to = graph(stream), stream.place(name) or 0
    back = {
        t.origin: t.count
        for t in figures.transitions
        if t.to == name and ways.is_back(stream.place(t.origin) or 0, to)
    }
    return max(back, key=lambda origin: back[origin]) if back else None
