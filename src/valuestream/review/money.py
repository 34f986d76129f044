"""What work costs, and what of it a change saves."""

from valuestream.model.money import Cost
from valuestream.review.facts import Facts
from valuestream.review.saving import Bounds, Money

_HOUR = 3600


def all_of_it(facts: Facts, place: int) -> Money | None:
    """The cost of a step's visits in a case; None where nobody says what it costs."""
    rate, visits = facts.rate(place), facts.visits[place]
    if rate is not None and rate.per == "visit" and visits is not None:
        return Money(Bounds.known(float(rate.amount) * visits), rate.currency)
    return of_its_work(facts, place)


def of_its_work(facts: Facts, place: int) -> Money | None:
    """The cost of a step's work by the hour; None where nobody says what an hour costs."""
    rate, work = facts.rate(place), facts.works(place)
    if rate is None or work is None or rate.per != "hour":
        return None
    return Money(work.times(float(rate.amount) / _HOUR), rate.currency)


def dearer(facts: Facts, place: int, then: Cost | None) -> float | None:
    """By how much the step's work costs more in a case when an hour costs something else.

    None where nobody says what either costs by the hour, or in different currencies.
    """
    now, work = facts.rate(place), facts.works(place)
    if now is None or then is None or work is None or now.currency != then.currency:
        return None
    if now.per != "hour" or then.per != "hour":
        return None
    return float(then.amount - now.amount) / _HOUR * work.middle


def cheaper(facts: Facts, place: int, then: Cost | None) -> Money | None:
    """The saving when it costs less; None where it does not."""
    more = dearer(facts, place, then)
    return None if more is None or then is None else Money(Bounds.known(-more), then.currency)


def asked_if_dearer(facts: Facts, place: int, then: Cost | None) -> tuple[str, ...]:
    """The question that more cost asks."""
    more = dearer(facts, place, then)
    if more is None or then is None or more < 0.005:
        return ()
    return (f"Is it worth {more:,.2f} {then.currency} more a case for the work?",)
