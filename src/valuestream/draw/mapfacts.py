"""What a value stream map says: means for each visit, and what they add up to for each case."""

from dataclasses import dataclass

from valuestream.draw.known import Fact, Known, known, mean
from valuestream.draw.ways import reached
from valuestream.model.declared import expected_visits
from valuestream.model.figures import Figures
from valuestream.model.stream import Stream


@dataclass(frozen=True, slots=True)
class Rung:
    """What a step adds to the time of a case, in seconds: None for what is not known.

    `elapsed` is work and wait together, where no more than that is known.
    """

    wait: float | None = None
    work: float | None = None
    elapsed: float | None = None

    def __add__(self, other: "Rung") -> "Rung":
        return Rung(
            _sum(self.wait, other.wait),
            _sum(self.work, other.work),
            _sum(self.elapsed, other.elapsed),
        )

    @property
    def known(self) -> bool:
        """Whether anything is."""
        return not self.wait is self.work is self.elapsed is None


@dataclass(frozen=True, slots=True)
class MapFacts:
    """The facts of a map. Times of a visit are means; `rungs` are expected times of a case.

    `visits` are those of a case, `waits` how many of them have others before them. `waiting` is
    the mean number of cases that wait before each step, by Little's law: as many as come in a
    second times the seconds that each waits. `demand` is cases a second, `takt` seconds.
    """

    stream: Stream
    known: Known
    rungs: tuple[Rung, ...]
    visits: tuple[float | None, ...]
    waits: tuple[float | None, ...]
    waiting: tuple[float | None, ...]
    demand: Fact | None
    takt: Fact | None

    @property
    def total(self) -> Rung:
        """What the rungs add up to."""
        return sum(self.rungs, Rung())

    @property
    def overlaps(self) -> bool:
        """Whether the rungs have more work than a case's process time: some is at the same time."""
        work, process = self.total.work, self.known.process_time
        return work is not None and process is not None and work > 1.001 * process.value


def map_facts(stream: Stream, figures: Figures | None) -> MapFacts:
    """The facts, measured where they are, else declared."""
    facts = known(stream, figures, mean)
    visits, waits = _visits(stream, figures), _waits(stream, figures)
    demand = _demand(stream, figures)
    rungs = tuple(
        Rung(elapsed=_product(waited, of.elapsed))
        if of.elapsed
        else Rung(_product(waited, of.wait), _product(visited, of.work))
        for of, visited, waited in zip(facts.steps, visits, waits, strict=True)
    )
    shares = reached(stream)
    waiting = tuple(
        None
        if demand is None
        else _product(demand.value * (waited or share), of.wait or of.elapsed)
        for of, waited, share in zip(facts.steps, waits, shares, strict=True)
    )
    return MapFacts(
        stream, facts, rungs, tuple(visits), tuple(waits), waiting, demand, _takt(stream, figures)
    )


def _sum(one: float | None, other: float | None) -> float | None:
    return other if one is None else one if other is None else one + other


def _product(times: float | None, fact: Fact | None) -> float | None:
    return None if times is None or fact is None else times * fact.value


def _visits(stream: Stream, figures: Figures | None) -> list[float | None]:
    """For each step, how often a case visits it."""
    declared = expected_visits(stream) or (None,) * len(stream.steps)
    if figures is None or not figures.cases:
        return list(declared)
    seen = {step.step: step.visits for step in figures.steps}
    return [
        known if (count := seen.get(step.step)) is None else count / figures.cases
        for step, known in zip(stream.steps, declared, strict=True)
    ]


def _waits(stream: Stream, figures: Figures | None) -> list[float | None]:
    """For each step, how many visits of a case another visit comes before: only they wait."""
    visits = _visits(stream, figures)
    if figures is None or not figures.cases or not figures.transitions:
        return visits
    into = dict.fromkeys((step.step for step in stream.steps), 0)
    for transition in figures.transitions:
        if transition.to in into:
            into[transition.to] += transition.count
    seen = {step.step for step in figures.steps if step.visits is not None}
    return [
        into[step.step] / figures.cases if step.step in seen else visited
        for step, visited in zip(stream.steps, visits, strict=True)
    ]


def _demand(stream: Stream, figures: Figures | None) -> Fact | None:
    period = figures.period if figures else None
    source = figures.provenance if figures else "declared"
    if figures and figures.cases and period and period.end > period.start:
        seconds = (period.end - period.start).total_seconds()
        return Fact(figures.cases / seconds, source, source)
    return Fact.of(stream.arrivals.rate if stream.arrivals else None, "declared", source)


def _takt(stream: Stream, figures: Figures | None) -> Fact | None:
    source = figures.provenance if figures else "declared"
    working = figures.working_time if figures else None
    if working and working.takt_time is not None:
        return Fact(working.takt_time, source, source)
    return Fact.of(1 / stream.arrivals.rate if stream.arrivals else None, "declared", source)
