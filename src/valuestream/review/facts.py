"""What is known of a case's visits, wait and work: measured, else as the stream declares them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, Provenance, StepFigures
from valuestream.model.graph import Graph, graph
from valuestream.model.money import Cost
from valuestream.model.scenarios import wiring
from valuestream.model.stream import Stream
from valuestream.model.wiring import Wiring
from valuestream.review.expected import expected
from valuestream.review.saving import Bounds


@dataclass(frozen=True)
class Facts:
    """A stream and its figures as its cases live them. Steps by their places, from 0."""

    stream: Stream
    figures: Figures
    costs: Mapping[str, Cost] = field(default_factory=dict)
    """What the hour of a role costs, where its step does not say."""

    @cached_property
    def ways(self) -> Graph:
        """The ways between the steps."""
        return graph(self.stream)

    @cached_property
    def wiring(self) -> Wiring:
        """The same by name, as changes take them."""
        return wiring(self.stream)

    @property
    def is_measured(self) -> bool:
        """Whether a log was looked at."""
        return self.figures.cases is not None

    @cached_property
    def provenance(self) -> Provenance:
        """Where the figures come from; the weakest of them."""
        guessed = any(s.work.guess for s in self.stream.steps if s.work)
        return "guessed" if guessed and not self.is_measured else self.figures.provenance

    @cached_property
    def visits(self) -> tuple[float | None, ...]:
        """The visits of each step by a case, in the mean."""
        if self.is_measured:
            cases = self.figures.cases or 1
            return tuple((s.visits or 0) / cases for s in self.figures.steps)
        found = expected(self.stream)
        return tuple(e.visits for e in found) or (None,) * len(self.stream.steps)

    @cached_property
    def flows(self) -> Mapping[tuple[int, int], float]:
        """How often a case goes from one step to the next, in the mean, by both places."""
        flows: dict[tuple[int, int], float] = {}
        if self.is_measured:
            for t in self.figures.transitions:
                a, b = self.stream.place(t.origin), self.stream.place(t.to)
                if a is not None and b is not None:
                    flows[a, b] = t.count / (self.figures.cases or 1)
            return flows
        for a, (visits, ways) in enumerate(zip(self.visits, self.ways.ways, strict=True)):
            by_rework = 1.0 if self.goes_back(a) else self.stream.steps[a].right or 1.0
            for way in ways:
                for b in way.to:
                    flows[a, b] = flows.get((a, b), 0.0) + (visits or 0.0) * by_rework * way.share
        return flows

    def goes_back(self, place: int) -> bool:
        """Whether the step's own ways say where its rework goes."""
        return any(self.ways.is_back(place, to) for w in self.ways.ways[place] for to in w.to)

    def work(self, place: int) -> Bounds | None:
        """Process time of one visit, in seconds; a guess with its range."""
        if self.is_measured:
            return _known(self.figures.steps[place].process_time.mean)
        step = self.stream.steps[place]
        if step.work is None:
            return None if step.wait is None else Bounds(0.0, 0.0)
        if step.work.guess and step.work.min is not None and step.work.max is not None:
            return Bounds(step.work.min, step.work.max)
        return Bounds.known(step.work.expected)

    def wait(self, place: int) -> Bounds | None:
        """Wait before one visit that another came before; at most the elapsed time of instants."""
        if self.is_measured:
            return _wait(self.figures.steps[place])
        step = self.stream.steps[place]
        return Bounds.known(step.wait or 0.0) if step.wait is not None or step.work else None

    def waits(self, place: int) -> Bounds | None:
        """All wait of a case before a step."""
        times = self.arrivals(place) if self.is_measured else self.visits[place]
        wait = self.wait(place)
        return None if wait is None or times is None else wait.times(times)

    def works(self, place: int) -> Bounds | None:
        """All process time of a case in a step."""
        visits, work = self.visits[place], self.work(place)
        return None if visits is None or work is None else work.times(visits)

    def arrivals(self, place: int) -> float:
        """How often a case comes to a step from another visit."""
        return sum(flow for (_, to), flow in self.flows.items() if to == place)

    def elapsed(self, place: int) -> Bounds | None:
        """By how much a visit of the step moves the end of its case on: its wait and work."""
        wait, work = self.wait(place), self.work(place)
        if not self.is_measured or wait is None:
            return None if wait is None or work is None else wait.plus(work)
        elapsed = self.figures.steps[place].elapsed_time.mean
        if work is None or elapsed is None:
            return _known(elapsed)
        # Where visits overlap, those beside it may take as long without it.
        overlap = self._overlap
        return Bounds(0.0, elapsed) if overlap else Bounds.known(elapsed)

    @cached_property
    def _overlap(self) -> bool:
        sums = [
            (s.elapsed_time.mean, (s.wait_time.mean or 0.0) + (s.process_time.mean or 0.0))
            for s in self.figures.steps
        ]
        return any(e is not None and both > e * 1.01 + 1e-6 for e, both in sums)

    def gap(self, first: int, second: int) -> Bounds | None:
        """All wait of a case between two steps; at most the time between their instants."""
        flow = self.flows.get((first, second), 0.0)
        wait = self.wait(second)
        if wait is None:
            return None
        if not self.is_measured:
            into = self.arrivals(second)
            waits = self.waits(second)
            return waits.times(flow / into) if into and waits else None
        gap = (
            next(
                t.gap.mean
                for t in self.figures.transitions
                if (t.origin, t.to) == (self.name(first), self.name(second))
            )
            if flow
            else 0.0
        )
        if gap is None:
            return None
        return (Bounds.known(gap) if wait.low == wait.high else Bounds.up_to(gap)).times(flow)

    def name(self, place: int) -> str:
        """A step's name."""
        return self.stream.steps[place].step

    def rate(self, place: int, by: tuple[str, ...] | None = None) -> Cost | None:
        """What the step's work costs, by whom it is done or by others; None if nobody says."""
        step = self.stream.steps[place]
        if step.cost is not None:
            return step.cost
        roles = step.by if by is None else by
        return self.costs.get(roles[0]) if len(roles) == 1 else None

    @property
    def total(self) -> float | None:
        """The mean lead time of a case."""
        return self.figures.lead_time.mean


def _known(value: float | None) -> Bounds | None:
    return None if value is None else Bounds.known(value)


def _wait(step: StepFigures) -> Bounds | None:
    if step.wait_time.mean is not None:
        return Bounds.known(step.wait_time.mean)
    elapsed = step.elapsed_time.mean
    return None if elapsed is None else Bounds.up_to(elapsed)


def shown(seconds: float) -> str:
    """A duration in a sentence."""
    return format_duration(seconds)
