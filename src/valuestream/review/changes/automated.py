"""Nobody does a step any more: it is done by a machine, at once.

Saved: its work, and what an hour of it costs. The wait before it is taken to stay, and so are
handoffs: work that goes to a machine and from it is handed on all the same. Asked: whether a
machine can do it, what that costs, and whether the customer still has the value. Not proposed where
no work is known.
"""

from collections.abc import Iterator

from valuestream.model.stream import Change
from valuestream.review.changes import Proposal
from valuestream.review.facts import Facts
from valuestream.review.handoffs import leaving
from valuestream.review.money import of_its_work
from valuestream.review.saving import Bounds, Lost, Saved

KIND = "automated"


def propose(facts: Facts) -> Iterator[Proposal]:
    """Each step that has work."""
    for place, step in enumerate(facts.stream.steps):
        work = facts.works(place)
        if work is None or work.high <= 0:
            continue
        asks = ["Can a machine do it, and at what cost?"]
        if step.value is not None:
            asks.append("Does the customer still receive the value?")
        yield Proposal(
            place,
            f"{step.step} automated",
            f"nobody works in {step.step!r} any more",
            (Change(step=step.step, automate=True),),
            Saved(
                lead_time=Bounds.up_to(work.high) if facts.is_measured else work,
                process_time=work,
                money=of_its_work(facts, place),
            ),
            Lost(participants=leaving(facts, {place: ()})),
            tuple(asks),
            value_is_asked=step.value is not None,
        )
