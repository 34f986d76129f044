"""What cases cost: the work of their visits by the hour, or their visits, by what the text says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from valuestream.model.money import Cost
from valuestream.model.stream import Step, Stream
from valuestream.model.workspace import Workspace

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


def role_costs(workspace: Workspace | None) -> dict[str, Cost]:
    """What the roles of a workspace cost, by their names."""
    roles = workspace.roles.items() if workspace else ()
    return {name: role.cost for name, role in roles if role.cost}


def case_costs(stream: Stream, costs: Mapping[str, Cost]) -> CaseCosts:
    """What a case costs: a step's own cost, else that of its role where it is by one alone."""
    known = {place: cost for place, step in enumerate(stream.steps) if (cost := _of(step, costs))}
    currencies = {cost.currency for cost in known.values()}
    if len(currencies) != 1:
        several = f"costs are in several currencies: {', '.join(sorted(currencies))}"
        return CaseCosts(None, None, (several,) if currencies else ())
    free = [step.step for place, step in enumerate(stream.steps) if place not in known]
    notes = (f"without {', '.join(free)}, whose cost nobody says",) if free else ()
    return CaseCosts(_summed(known), currencies.pop(), notes)


def _of(step: Step, costs: Mapping[str, Cost]) -> Cost | None:
    return step.cost or (costs.get(step.by[0]) if len(step.by) == 1 else None)


def _summed(known: dict[int, Cost]) -> str:
    by_hour = ", ".join(str(place) for place, cost in known.items() if cost.per == "hour")
    each = f"sum(CASE step {' '.join(_priced(known))} ELSE 0.0 END)"
    if not by_hour:
        return each
    return f"CASE WHEN bool_and(known OR step NOT IN ({by_hour})) THEN {each} END"


def _priced(known: dict[int, Cost]) -> Iterator[str]:
    for place, cost in known.items():
        amount = f"CAST({float(cost.amount)!r} AS DOUBLE)"
        per = f"(end_us - start_us) / {_HOUR}.0 * " if cost.per == "hour" else ""
        yield f"WHEN {place} THEN {per}{amount}"
