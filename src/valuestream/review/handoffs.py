"""Handoffs between roles, and how many fewer a case has after a change."""

from collections.abc import Mapping

from valuestream.review.facts import Facts
from valuestream.review.saving import Bounds

Roles = tuple[str, ...]


def fewer(
    facts: Facts, by: Mapping[int, Roles], together: frozenset[int] = frozenset()
) -> Bounds | None:
    """The handoffs that fall away when others do some steps, and some become one visit.

    A transition is one where no role takes part in both steps; None where nobody says who does.
    """
    now, then, known = 0.0, 0.0, False
    for (a, b), flow in facts.flows.items():
        before = is_one(_by(facts, a), _by(facts, b))
        within = a in together and b in together
        after = False if within else is_one(by.get(a, _by(facts, a)), by.get(b, _by(facts, b)))
        if before is not None and after is not None:
            known = True
            now, then = now + flow * before, then + flow * after
    return Bounds.known(now - then) if known else None


def without(facts: Facts, place: int) -> Bounds | None:
    """The handoffs that fall away with a step: into it and out of it, less those past it."""
    into = {a: f for (a, b), f in facts.flows.items() if b == place != a and f > 0}
    out = {b: f for (a, b), f in facts.flows.items() if a == place != b and f > 0}
    parts = [(is_one(_by(facts, a), _by(facts, place)), f) for a, f in into.items()]
    parts += [(is_one(_by(facts, place), _by(facts, b)), f) for b, f in out.items()]
    leaving = sum(out.values())
    parts += [
        (is_one(_by(facts, a), _by(facts, b)), -f * g / leaving)
        for a, f in into.items()
        for b, g in out.items()
    ]
    if not parts or any(handoff is None for handoff, _ in parts):
        return None
    return Bounds.known(sum(f for handoff, f in parts if handoff))


def is_one(one: Roles, other: Roles) -> bool | None:
    """Whether work goes from hand to hand between steps of these roles; None if not known."""
    return not set(one) & set(other) if one and other else None


def leaving(facts: Facts, by: Mapping[int, Roles], gone: int | None = None) -> tuple[str, ...]:
    """The roles that take part in no step any more."""
    now = [role for step in facts.stream.steps for role in step.by]
    then = {
        role
        for place in range(len(facts.stream.steps))
        if place != gone
        for role in by.get(place, _by(facts, place))
    }
    return tuple(role for role in dict.fromkeys(now) if role not in then)


def _by(facts: Facts, place: int) -> Roles:
    return facts.stream.steps[place].by
