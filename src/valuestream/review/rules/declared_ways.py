"""What it finds: ways that part in other shares than the text says.

Why it matters: by these shares the rework, the lead time and the people needed are worked out. A
way back that one in ten should take and one in three takes is the difference between a calm and a
drowning team.

Example: in a log in which 35 % go back to the applicant.

    - step: Ask the applicant
    - step: Check
      then: [Decide, Ask the applicant: 10 %]
    - step: Decide

Instead: write the share that is, and see why it is not the one that was meant.

    - step: Ask the applicant
    - step: Check
      then: [Decide, Ask the applicant: 35 %]
    - step: Decide

How it is computed: of a way with a written share, the visits that go on by it over those that go on
by any drawn way; where the shares leave something to those that end there, over all visits. It is a
finding where the written share is outside the 95 % interval (Wilson) and 10 points from the
measured one, or 5 points and one and a half times as much or less; on 50 visits or more. A way that
nobody takes is VS502.
"""

from collections.abc import Iterator

from valuestream.model.chance import wilson
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Step, Stream
from valuestream.review.onward import Onward, onwards
from valuestream.review.stands import stands_on

CODE = "VS506"
TITLE = "Ways that part in other shares"
SEVERITY: Severity = "warning"

_FEWEST_VISITS = 50
_POINTS = 0.10
_FEWER_POINTS = 0.05
_RATIO = 1.5


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each way whose written share is not the measured one."""
    figures = seen.figures
    for onward in onwards(stream, figures) if figures.cases else ():
        step, of = stream.steps[onward.place], _going_on(onward)
        if onward.together or of < _FEWEST_VISITS:
            continue
        for to, declared in _written(stream, step).items():
            taken = onward.taken.get(to, 0)
            if not taken or not _differs(declared, taken / of, of):
                continue
            name, share = stream.steps[to].step, taken / of
            yield Finding(
                CODE,
                SEVERITY,
                f"{format_share(share)} of the cases go on from {step.step!r} to {name!r}, not "
                f"{format_share(declared)}, {stands_on(figures)}",
                f"write '{name}: {share * 100:.0f} %' in 'then', and see why it is not what was "
                "meant",
                ("steps", onward.place, "then"),
                step.step,
                {"to": name, "declared_share": declared, "share": share, "visits": of},
            )


def _going_on(onward: Onward) -> int:
    if sum(onward.drawn.values()) < 1 - 1e-9:
        return onward.visits
    return sum(onward.taken.get(to, 0) for to in onward.drawn)


def _written(stream: Stream, step: Step) -> dict[int, float]:
    ways = ((stream.place(way.to[0]), way.share) for way in step.then if len(way.to) == 1)
    return {to: share for to, share in ways if to is not None and share is not None}


def _differs(declared: float, share: float, of: int) -> bool:
    low, high = wilson(share, of)
    if low <= declared <= high:
        return False
    apart = abs(declared - share)
    times = max(declared, share) / max(min(declared, share), 1e-9)
    return apart >= _POINTS or (apart >= _FEWER_POINTS and times >= _RATIO)
