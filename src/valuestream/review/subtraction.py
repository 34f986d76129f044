"""The subtraction list: what could be taken away, what that saves, and what would be lost."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures
from valuestream.model.money import Cost
from valuestream.model.scenarios import applied
from valuestream.model.stream import Change, Scenario, Stream
from valuestream.model.work import Work
from valuestream.review.changes import Proposal, kinds
from valuestream.review.facts import Facts
from valuestream.review.saving import RANKS, Bounds, Saved, Subtraction
from valuestream.review.stands import stands_on

_LEAST = 0.001
"""Of a lead time, a handoff or a unit of money: less is not worth a row."""


def subtractions(
    stream: Stream, figures: Figures | None = None, costs: Mapping[str, Cost] | None = None
) -> tuple[Subtraction, ...]:
    """All that could be taken away, ranked: first what saves most and loses nothing.

    Behind it stands what somebody has to answer for first, then that of which nobody can tell if
    the customer would miss it, then what loses value, breaks needs or lets defects through.
    Without figures, by what the stream declares of itself. `costs` are those of roles by the hour.
    Raises InputError for figures of another stream's steps.
    """
    seen = figures or declare(stream)
    if [f.step for f in seen.steps] != [s.step for s in stream.steps]:
        raise InputError(
            f"the figures of {seen.stream!r} are not of the steps of {stream.stream!r}; "
            "measure the stream that is looked at"
        )
    facts = Facts(stream, seen, costs or {})
    found = [
        _subtraction(facts, kind.name, proposal)
        for kind in kinds()
        for proposal in kind.propose(facts)
    ]
    return tuple(sorted((one for one in found if _is_worth_it(one, facts.total)), key=_rank))


def _subtraction(facts: Facts, kind: str, proposal: Proposal) -> Subtraction:
    why = f"{proposal.why[:1].upper()}{proposal.why[1:]} ({stands_on(facts.figures)})"
    return Subtraction(
        facts.name(proposal.place),
        kind,
        proposal.title,
        Scenario(why=why, change=proposal.changes),
        _within(facts, replace(proposal.saved, lead_time=_lead_time(facts, proposal))),
        proposal.lost,
        facts.provenance,
        proposal.asks,
        proposal.value_is_asked,
    )


def _lead_time(facts: Facts, proposal: Proposal) -> Bounds | None:
    """Declared: the stream's lead time less that with the change made. Else by the formula."""
    if facts.is_measured or facts.total is None:
        return proposal.saved.lead_time
    every = [
        _difference(stream, changes)
        for stream, changes in product(
            _guesses(facts.stream), filter(None, (proposal.changes, proposal.at_best))
        )
    ]
    known = [max(0.0, saved) for saved in every if saved is not None]
    if len(known) < len(every):
        return None
    by_formula = proposal.saved.lead_time
    most = by_formula.high if proposal.at_best and by_formula else max(known)
    return Bounds(min(known), max(known)).within(most)


def _difference(stream: Stream, changes: tuple[Change, ...]) -> float | None:
    before = declare(stream).lead_time.mean
    after = declare(applied(stream, Scenario(change=changes))).lead_time.mean
    return None if before is None or after is None else before - after


def _guesses(stream: Stream) -> tuple[Stream, ...]:
    """The stream with its guesses at their least and at their most; itself where it has none."""
    if not any(step.work and step.work.guess for step in stream.steps):
        return (stream,)
    return tuple(
        stream.model_copy(
            update={
                "steps": tuple(
                    step.model_copy(update={"work": _at(step.work, end)}) for step in stream.steps
                )
            }
        )
        for end in ("min", "max")
    )


def _at(work: Work | None, end: str) -> Work | None:
    if work is None or not work.guess or getattr(work, end) is None:
        return work
    return Work.model_construct(distribution="constant", mean=getattr(work, end))


def _within(facts: Facts, saved: Saved) -> Saved:
    lead_time = saved.lead_time and saved.lead_time.within(facts.total)
    return replace(saved, lead_time=lead_time)


def _is_worth_it(found: Subtraction, total: float | None) -> bool:
    """Whether it saves what somebody would notice; or, where nothing is known, is a step less."""
    saved = found.saved
    if not saved.known:
        return found.kind == "removed"
    time = (saved.lead_time or saved.wait_time, saved.process_time)
    parts = (saved.handoffs, saved.money.amount if saved.money else None)
    return any(b is not None and b.high > _LEAST * (total or 0.0) for b in time) or (
        (found.kind != "merged" or saved.lead_time is None or saved.lead_time.high > 0)
        and any(b is not None and b.high >= _LEAST for b in parts)
    )


def _rank(found: Subtraction) -> tuple[int, float, float, float, str, str]:
    saved = found.saved
    most = (
        -(bounds.middle if bounds else 0.0)
        for bounds in (saved.lead_time, saved.process_time, saved.handoffs)
    )
    lead, process, handoffs = most
    return RANKS.index(found.rank), lead, process, handoffs, found.step, found.kind
