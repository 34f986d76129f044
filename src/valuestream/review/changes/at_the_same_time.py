"""Two steps that follow each other are done at the same time.

Saved: the lesser of their durations (wait and work), as often as the one follows the other. In the
mean, the lesser of two durations is at most the lesser of their means: measured, that is the most.
Lost: what the second needs and the first gives is not yet there. Not proposed where one of them is
the first step, where cases part at one of them, or where the same role does both: one person cannot
do two things at once.
"""

from collections.abc import Iterator

from valuestream.model.needs import broken
from valuestream.model.stream import Change
from valuestream.model.wiring import NotPossible
from valuestream.review.changes import Proposal
from valuestream.review.facts import Facts
from valuestream.review.handoffs import is_one
from valuestream.review.neighbours import neighbours
from valuestream.review.saving import Bounds, Lost, Saved

KIND = "at the same time"


def propose(facts: Facts) -> Iterator[Proposal]:
    """Each two neighbours that different people do, as far as is known."""
    for first, second in neighbours(facts):
        one, other = facts.stream.steps[first], facts.stream.steps[second]
        if is_one(one.by, other.by) is False:
            continue
        try:
            facts.wiring.at_once(other.step, one.step)
        except NotPossible:
            continue
        silent = not (one.gives and other.needs)
        yield Proposal(
            second,
            f"{other.step} at the same time as {one.step}",
            f"the shorter of {one.step!r} and {other.step!r} takes no time of its own",
            (Change(step=other.step, together_with=one.step),),
            Saved(lead_time=_lesser(facts, first, second)),
            Lost(breaks=broken(facts.stream, facts.ways, apart=(first, second))),
            (f"Does {other.step!r} need what {one.step!r} gives?",) if silent else (),
        )


def _lesser(facts: Facts, first: int, second: int) -> Bounds | None:
    one, other = facts.elapsed(first), facts.elapsed(second)
    if one is None or other is None:
        return None
    lesser = min(one.high, other.high) * facts.flows.get((first, second), 0.0)
    return Bounds.up_to(lesser) if facts.is_measured else Bounds.known(lesser)
