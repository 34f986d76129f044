"""A step is done by the role that did the step before: the work is not handed on.

Saved: the handoffs, and of the wait before the step what is due to the handoff. How much of it that
is no figure tells: at least nothing, at most all the wait between the two. Asked: whether that role
can do it. Not proposed where nobody says who does either, or where that saves no handoff.
"""

from collections.abc import Iterator

from valuestream.model.stream import Change
from valuestream.review.changes import Proposal
from valuestream.review.facts import Facts
from valuestream.review.handoffs import fewer, is_one, leaving
from valuestream.review.money import asked_if_dearer, cheaper
from valuestream.review.neighbours import before
from valuestream.review.saving import Bounds, Lost, Saved

KIND = "by the role before"


def propose(facts: Facts) -> Iterator[Proposal]:
    """Each step that another role does than the step before it."""
    for place, step in enumerate(facts.stream.steps):
        earlier = before(facts, place)
        if earlier is None or not is_one(facts.stream.steps[earlier].by, step.by):
            continue
        by = facts.stream.steps[earlier].by
        handoffs = fewer(facts, {place: by})
        if handoffs is None or handoffs.high <= 0:
            continue
        gap = _gaps(facts, by, place)
        roles, rate = " and ".join(by), facts.rate(place, by)
        yield Proposal(
            place,
            f"{step.step} by {roles}",
            f"{facts.name(earlier)!r} need not hand the work on",
            (Change(step=step.step, by=by),),
            Saved(
                lead_time=gap and Bounds.up_to(gap.high),
                wait_time=gap and Bounds.up_to(gap.high),
                handoffs=handoffs,
                money=cheaper(facts, place, rate),
            ),
            Lost(participants=leaving(facts, {place: by})),
            (f"Can {roles} do it?", *asked_if_dearer(facts, place, rate)),
            (Change.model_validate({"step": step.step, "by": by, "wait": "0 s"}),),
        )


def _gaps(facts: Facts, by: tuple[str, ...], place: int) -> Bounds | None:
    """The wait between the step and all those that the role does."""
    total = Bounds(0.0, 0.0)
    for a, b in facts.flows:
        if b == place and set(by) & set(facts.stream.steps[a].by):
            gap = facts.gap(a, place)
            if gap is None:
                return None
            total = total.plus(gap)
    return total
