"""The future state of a map: today's figures with a scenario's changes made."""

from dataclasses import replace
from math import prod

from valuestream.draw.known import Fact, Known
from valuestream.draw.mapfacts import MapFacts, map_facts
from valuestream.model.figures import UNKNOWN, Figures, StepFigures
from valuestream.model.scenarios import applied
from valuestream.model.stream import Step, Stream
from valuestream.model.work import Work


def future_facts(now: MapFacts, scenario: str) -> MapFacts:
    """The facts of a stream as a scenario would have it, given those of today.

    What the scenario does not change is as it was measured, or else declared; waits change only
    where it says so. Raises InputError for an unknown scenario, and one that cannot be made.
    """
    today = _as_measured(now)
    stream = applied(today, scenario)
    figures = now.known.measured
    facts = map_facts(stream, _counts(today, stream, figures) if figures else None)
    known = replace(facts.known, kept=None, promises=0, measured=None)
    return replace(facts, known=known if figures is None else _reckoned(known, facts))


def _as_measured(now: MapFacts) -> Stream:
    """The stream with what was measured of its steps in place of what it declares."""
    if now.known.measured is None:
        return now.stream
    steps = []
    for step, known in zip(now.stream.steps, now.known.steps, strict=True):
        # Constructed, since work of no time may be measured though nobody may declare it.
        work = known.work and Work.model_construct(distribution="constant", mean=known.work.value)
        seen = {"work": work, "wait": known.wait and known.wait.value}
        seen["right"] = known.right and known.right.value
        steps.append(step.model_copy(update={k: v for k, v in seen.items() if v is not None}))
    return now.stream.model_copy(update={"steps": tuple(steps)})


def _counts(today: Stream, stream: Stream, figures: Figures) -> Figures:
    """How often cases came, and nothing that a scenario may have changed."""
    before = {step.step: step for step in today.steps}
    seen = {step.step: step for step in figures.steps}
    steps = (_count(before[s.step], s, seen[s.step]) for s in stream.steps if s.step in seen)
    names = {step.step for step in stream.steps}
    ways = tuple(t for t in figures.transitions if t.to in names)
    return Figures(
        figures.stream,
        "declared",
        tuple(steps),
        cases=figures.cases,
        period=figures.period,
        transitions=ways,
    )


def _count(before: Step, after: Step, seen: StepFigures) -> StepFigures:
    # Who does it right more often comes again less often; who goes other ways, no one has counted.
    same = before.right == after.right and before.then == after.then
    known = (after.wait, after.work) != (None, None)
    return StepFigures(
        after.step,
        visits=seen.visits if same else None,
        elapsed_time=UNKNOWN if known else seen.elapsed_time,
    )


def _reckoned(known: Known, facts: MapFacts) -> Known:
    """The figures of the whole stream, from those of its steps."""
    total, whole = facts.total, all(rung.known for rung in facts.rungs)
    rights = [step.right.value for step in known.steps if step.right]
    lead = sum(t for t in (total.wait, total.work, total.elapsed) if t is not None)
    work = total.work if whole and total.elapsed is None else None
    right = prod(rights) if len(rights) == len(known.steps) else None
    return replace(
        known,
        lead_time=Fact.of(lead if whole else None, "declared", "declared"),
        process_time=Fact.of(work, "declared", "declared"),
        flow_efficiency=work / lead if work is not None and lead else None,
        right=Fact.of(right, "declared", "declared"),
    )
