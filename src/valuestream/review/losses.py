"""What is lost with a step: the value, the promises, what later steps need, the check it is."""

from valuestream.model.needs import broken
from valuestream.model.promises import Within
from valuestream.review.facts import Facts
from valuestream.review.handoffs import leaving
from valuestream.review.saving import Caught, Lost

_LEAST_CAUGHT = 0.01


def lost_with(facts: Facts, place: int) -> Lost:
    """What is lost when a step falls away."""
    step = facts.stream.steps[place]
    received = step.value.receives if step.value and step.has_value else None
    return Lost(
        value=received or ("as declared by 'adds'" if step.adds == "value" else None),
        promises=promises_of(facts, place),
        outcome=facts.stream.outcome if facts.stream.ends == (place,) else None,
        breaks=broken(facts.stream, facts.ways, frozenset({place})),
        rework=caught(facts, place),
        necessary=step.adds == "necessary",
        participants=leaving(facts, {}, place),
    )


def promises_of(facts: Facts, place: int) -> tuple[str, ...]:
    """The step's own promise, and those of others whose clock it starts."""
    found = []
    for at, step in enumerate(facts.stream.steps):
        promise = step.value.promise if step.value else None
        if promise is None:
            continue
        clocks = [t.step for t in promise.terms if isinstance(t, Within) and t.step]
        if at == place or place in map(facts.stream.place, clocks):
            found.append(f"{step.step}: {promise}")
    return tuple(found)


def caught(facts: Facts, place: int) -> Caught | None:
    """The cases that go back from a step: measured, else as its ways say. None below 1 %."""
    back: dict[int, float] = {}
    for (a, b), flow in facts.flows.items():
        if a == place != b and facts.ways.is_back(a, b):
            back[b] = flow
    visits = facts.visits[place]
    if not back or not visits:
        return None
    share = min(1.0, sum(back.values()) / visits)
    ordered = sorted(back, key=lambda b: -back[b])
    told = tuple(facts.name(b) for b in ordered if back[b] >= _LEAST_CAUGHT * visits)
    return Caught(share, told or (facts.name(ordered[0]),)) if share >= _LEAST_CAUGHT else None
