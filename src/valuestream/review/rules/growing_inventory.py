"""What it finds: work in progress that grows, or that lies at a step (inventory).

Why it matters: each case in work is a customer who waits. What grows faster than it is finished
makes every later case slower, and what lies at a step is read anew when somebody takes it up.

Example: in a log by which work in progress rose from 20 cases to 60 while as many came as before:

    - step: Take the request
      value: Knows that it has come
    - step: Decide
      value: Knows the answer

Instead: begin no more than is finished until it has shrunk. Limit the cases in work before the step
at which they lie, and let those who have none there help.

    - step: Take the request
      value: Knows that it has come
    - step: Decide
      people: 3
      value: Knows the answer

How it is computed: the ISO weeks of the log without those at either end in which it fills and
empties (as many as nine of ten cases take, and at least one), eight of them or more. It grows where
the last third has 20 cases in work more than the first one, on average, one and a half times as
many, and one and a half times as many for each case that came. Cases lie at a step where it has 20
unfinished ones and more, and half of them are there for longer than 95 in 100 of the finished cases
took from there to their end; those that seem to be given up are left out.
"""

from collections.abc import Iterator
from math import ceil
from statistics import fmean

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, Week
from valuestream.model.findings import Finding, Severity
from valuestream.model.progress import AgeAtStep
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.review.stands import stands_on

CODE = "VS213"
TITLE = "Work in progress that grows or lies"
SEVERITY: Severity = "warning"

_FEWEST_WEEKS = 8
_FEWEST_CASES = 20
_GROWTH = 1.5
_WEEK = 7 * 86400.0


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """That it grows, and each step at which cases lie."""
    yield from _growing(seen.figures)
    for place, at in enumerate(seen.age.steps if seen.age else ()):
        left = seen.given_up.steps.get(at.step) if seen.given_up else None
        yield from _lying(place, at, left.last if left else 0, seen.figures)


def _growing(figures: Figures) -> Iterator[Finding]:
    weeks = _steady(figures)
    third = len(weeks) // 3
    if len(weeks) < _FEWEST_WEEKS:
        return
    first, last = weeks[:third], weeks[-third:]
    before, after = (fmean(w.work_in_progress for w in part) for part in (first, last))
    came, comes = (fmean(w.arrivals for w in part) for part in (first, last))
    grown = after - before >= _FEWEST_CASES and after >= _GROWTH * before
    if not grown or after * came < _GROWTH * before * comes:
        return
    yield Finding(
        CODE,
        SEVERITY,
        f"work in progress grew from {before:.0f} to {after:.0f} cases, "
        f"while {came:.0f} and then {comes:.0f} came a week, {stands_on(figures)}",
        "begin no more cases than are finished until it has shrunk; "
        "look for the step before which they gather",
        (),
        None,
        {"before": before, "after": after, "from": first[0].week, "to": last[-1].week},
        {"cases_waiting": after - before},
    )


def _steady(figures: Figures) -> tuple[Week, ...]:
    """The weeks without those in which the log fills at its begin and empties at its end."""
    took = figures.lead_time.p95
    if took is None:
        return ()
    off = max(1, ceil(took / _WEEK))
    return figures.weeks[off:-off]


def _lying(place: int, at: AgeAtStep, given_up: int, figures: Figures) -> Iterator[Finding]:
    if at.older is None or at.since.p50 is None or at.to_the_end.p85 is None:
        return
    cases, old = at.cases - given_up, at.older[2] - given_up
    if cases < _FEWEST_CASES or at.finished < _FEWEST_CASES or 2 * old < cases:
        return
    yield Finding(
        CODE,
        SEVERITY,
        f"{old:,} of {cases:,} unfinished cases lie at {at.step!r} for longer than 95 % of the "
        f"finished ones took from there, half of them for {format_duration(at.since.p50)} and "
        f"more, {stands_on(figures)}",
        f"finish the oldest cases at {at.step!r} first, or tell their customers that it ends here; "
        "then limit how many may be there",
        ("steps", place),
        at.step,
        {
            "unfinished": cases,
            "older_than_p95": old,
            "older_than_p85": at.older[1] - given_up,
            "p85_of_finished": at.to_the_end.p85,
        },
        {"cases_waiting": old},
    )
