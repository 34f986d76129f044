"""What cases cost: the work of their visits by the hour, or their visits, by what the text says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from valuestream.model.costs import step_costs
from valuestream.model.money import Cost
from valuestream.model.stream import Stream

_HOUR = 3_600_000_000


@dataclass(frozen=True, slots=True)
class CaseCosts:
    """How a case's cost is summed up over its visits.

    Attributes:
        sql: Of the visits of a case; null where one that is paid by the hour has no known process
            time. None where no step has a cost, or costs are in several currencies.
        currency: Of the costs.
        notes: Which steps are left out, since nobody says what they cost.
    """

    sql: str | None
    currency: str | None
    notes: tuple[str, ...] = ()


def case_costs(stream: Stream, costs: Mapping[str, Cost]) -> CaseCosts:
    """What a case costs, by the costs of its steps."""
    known = step_costs(stream, costs)
    currencies = {cost.currency for cost in known.values()}
    if len(currencies) != 1:
        several = f"costs are in several currencies: {', '.join(sorted(currencies))}"
        return CaseCosts(None, None, (several,) if currencies else ())
    free = [step.step for place, step in enumerate(stream.steps) if place not in known]
    notes = (f"without {', '.join(free)}, whose cost nobody says",) if free else ()
    return CaseCosts(_summed(known), currencies.pop(), notes)


def _summed(known: dict[int, Cost]) -> str:
    by_hour = ", ".join(str(place) for place, cost in known.items() if cost.per == "hour")
    each = f"sum(CASE step {' '.join(_priced(known))} ELSE 0 END)"
    if not by_hour:
        return each
    return f"CASE WHEN bool_and(known OR step NOT IN ({by_hour})) THEN {each} END"


def _priced(known: dict[int, Cost]) -> Iterator[str]:
    for place, cost in known.items():
        amount = f"CAST({float(cost.amount)!r} AS DOUBLE)"
        per = f"CAST(end_us - start_us AS DOUBLE) / {_HOUR} * " if cost.per == "hour" else ""
        yield f"WHEN {place} THEN {per}{amount}"
