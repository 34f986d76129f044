"""Two steps that follow each other become one visit.

The one without a value for the customer goes into the other, else the one with less work. Saved:
the wait between the two, and the handoffs. Declared steps that are right in a share of their visits
are right together where both are, so that what either gets wrong repeats both: the lead time
counts that. Lost: a promise, where both made one.
"""

from collections.abc import Iterator

from valuestream.model.stream import Change
from valuestream.model.wiring import NotPossible
from valuestream.review.changes import Proposal
from valuestream.review.facts import Facts
from valuestream.review.handoffs import fewer, is_one, leaving
from valuestream.review.money import asked_if_dearer, cheaper
from valuestream.review.neighbours import neighbours
from valuestream.review.saving import Lost, Saved

KIND = "merged"


def propose(facts: Facts) -> Iterator[Proposal]:
    """Each two neighbours."""
    for first, second in neighbours(facts):
        into, other = _stays(facts, first, second)
        try:
            facts.wiring.joined(facts.name(other), facts.name(into))
        except NotPossible:
            continue
        yield _proposal(facts, first, second, into, other)


def _proposal(facts: Facts, first: int, second: int, into: int, other: int) -> Proposal:
    stays, goes = facts.stream.steps[into], facts.stream.steps[other]
    gap = facts.gap(first, second)
    by = {other: stays.by} if stays.by else {}
    asks = asked_if_dearer(facts, other, facts.rate(into))
    if not (goes.by and stays.by):
        asks = (f"Can those who do {stays.step!r} do it, too?", *asks)
    elif is_one(goes.by, stays.by):
        asks = (f"Can {' and '.join(stays.by)} do it?", *asks)
    return Proposal(
        other,
        f"{goes.step} merged into {stays.step}",
        f"the wait between {facts.name(first)!r} and {facts.name(second)!r} falls away",
        (Change(step=goes.step, merge_into=stays.step),),
        Saved(
            lead_time=gap,
            wait_time=gap,
            handoffs=fewer(facts, by, frozenset({into, other})),
            money=cheaper(facts, other, facts.rate(into)),
        ),
        Lost(promises=_promise(facts, into, other), participants=leaving(facts, by)),
        asks,
    )


def _stays(facts: Facts, first: int, second: int) -> tuple[int, int]:
    def weight(place: int) -> tuple[bool, float]:
        works = facts.works(place)
        return facts.stream.steps[place].has_value, works.middle if works else 0.0

    return (second, first) if weight(second) > weight(first) else (first, second)


def _promise(facts: Facts, into: int, other: int) -> tuple[str, ...]:
    values = [facts.stream.steps[place].value for place in (into, other)]
    if all(value is not None and value.promise for value in values) and values[1]:
        return (f"{facts.name(other)}: {values[1].promise}",)
    return ()
