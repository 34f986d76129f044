"""Two steps as one: what a step holds into which another is merged."""

from math import sqrt

from valuestream.model.money import Cost
from valuestream.model.stream import Step, Value
from valuestream.model.work import Work

_LONGEST = 2000


def combined(first: Step, second: Step, into: Step) -> Step:
    """The step `into`, which is one of two that follow each other, with both done in it.

    One visit does the work of both and is right where both are; the wait between them is gone.
    Who did `into` does both. The other is kept as a sub-step, whose events count for it.
    """
    other = first if into is second else second
    given = _together(first.gives, second.gives)
    return into.model_copy(
        update={
            "does": _said(first.does, second.does),
            "process": _together(first.process, second.process),
            "value": _value(first.value, second.value, into.value),
            "needs": tuple(n for n in _together(first.needs, second.needs) if n not in first.gives),
            "gives": given,
            "end": first.end or second.end,
            "work": _sum(first.work, second.work),
            "wait": first.wait,
            "right": _product(first.right, second.right),
            "cost": _cost(into.cost, other.cost),
            "sub_steps": (*into.sub_steps, *_inside(other, into)),
        }
    )


def _inside(step: Step, into: Step) -> tuple[Step, ...]:
    """The step as a sub-step; none where a sub-step has its name or id already."""
    if any(s.key == step.key or s.step.casefold() == step.step.casefold() for s in into.sub_steps):
        return ()
    kept = ("step", "id", "does", "by", "process", "events", "sub_steps", "detailed_in")
    return (Step(**{key: getattr(step, key) for key in kept}),)


def _together(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _said(one: str | None, other: str | None) -> str | None:
    both = "; ".join(text for text in (one, other) if text)
    return both if 0 < len(both) <= _LONGEST else one or other


def _value(first: Value | None, second: Value | None, kept: Value | None) -> Value | None:
    """Both values in one, with one promise: that of the step which stays, else the other's."""
    said = [value for value in (first, second) if value and not value.is_open]
    if len(said) < 2:
        return said[0] if said else kept
    promising = next((v for v in (kept, *said) if v and v.promise), None)
    return Value(
        receives=_said(said[0].receives, said[1].receives),
        promise=promising and promising.promise,
        keep=promising and promising.keep,
    )


def _product(one: float | None, other: float | None) -> float | None:
    return (
        None
        if one is None and other is None
        else (1.0 if one is None else one) * (1.0 if other is None else other)
    )


def _cost(kept: Cost | None, other: Cost | None) -> Cost | None:
    """What a visit costs adds up; an hour costs what it costs where the work is done then."""
    if kept is None or other is None:
        return kept or other
    both_by_visit = kept.per == other.per == "visit" and kept.currency == other.currency
    return Cost(kept.amount + other.amount, kept.currency) if both_by_visit else kept


def _sum(one: Work | None, other: Work | None) -> Work | None:
    """The work of both, one after the other: means and (taken as independent) variances add up."""
    if one is None or other is None:
        return one or other
    guess = one.guess or other.guess
    if one.distribution == other.distribution == "uniform" and guess:
        low, high = (one.min or 0) + (other.min or 0), (one.max or 0) + (other.max or 0)
        return Work.model_construct(distribution="uniform", min=low, max=high, guess=True)
    mean, sd = one.expected + other.expected, sqrt(one.variance + other.variance)
    if sd == 0 or mean == 0:
        return Work.model_construct(distribution="constant", mean=mean, guess=guess)
    return Work.model_construct(distribution="gamma", mean=mean, sd=sd, guess=guess)
