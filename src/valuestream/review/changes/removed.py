"""A step falls away, and what led to it leads to where it led.

Saved: the work and the wait of its visits, the handoffs into it and out of it less those that take
their place, the cost of its work. Lost: its value and promise, what it gives that later steps need
(and what these give), what it catches where cases go back from it. Not proposed for the only step,
nor for the first one: the request comes in there.
"""

from collections.abc import Iterator

from valuestream.model.stream import Change
from valuestream.model.wiring import NotPossible
from valuestream.review.changes import Proposal
from valuestream.review.facts import Facts
from valuestream.review.handoffs import without
from valuestream.review.losses import lost_with
from valuestream.review.money import all_of_it
from valuestream.review.saving import Bounds, Saved

KIND = "removed"


def propose(facts: Facts) -> Iterator[Proposal]:
    """Each step but the first."""
    for place in range(1, len(facts.stream.steps)):
        name = facts.name(place)
        try:
            facts.wiring.without(name)
        except NotPossible:
            continue
        step = facts.stream.steps[place]
        open_ = step.value is not None and step.value.is_open and step.adds is None
        yield Proposal(
            place,
            f"without {name}",
            f"the work in {name!r} and the wait before it fall away",
            (Change(step=name, remove=True),),
            Saved(
                _lead_time(facts, place),
                facts.works(place),
                facts.waits(place),
                without(facts, place),
                all_of_it(facts, place),
            ),
            lost_with(facts, place),
            ("What does the customer receive from it?",) if open_ else (),
            value_is_asked=open_,
        )


def _lead_time(facts: Facts, place: int) -> Bounds | None:
    elapsed = facts.elapsed(place)
    times = facts.arrivals(place) if facts.is_measured else facts.visits[place]
    return None if elapsed is None or times is None else elapsed.times(times)
