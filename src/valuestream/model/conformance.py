"""Where cases leave a stream: alignments summed up, as immutable values."""

from dataclasses import dataclass
from typing import Literal

Departure = Literal["skipped", "added", "repeated", "out of order"]
DEPARTURES: tuple[Departure, ...] = ("skipped", "added", "repeated", "out of order")


@dataclass(frozen=True, slots=True)
class Times:
    """In how many cases something happened, and how often in all of them together."""

    cases: int = 0
    visits: int = 0


NEVER = Times()


@dataclass(frozen=True, slots=True)
class StepConformance:
    """How cases left the stream at one step."""

    step: str
    skipped: Times = NEVER
    added: Times = NEVER
    repeated: Times = NEVER
    out_of_order: Times = NEVER


@dataclass(frozen=True, slots=True)
class Deviation:
    """One way of leaving the stream: what became of a step, between which steps done in place.

    `after` is None at the begin of a case, `before` at its end. Of a step out of order the two say
    where it was done. `lead_time` is the mean of these cases, `lead_time_of_others` of all others,
    in seconds. `examples` are ids of cases in the log, of the most frequent variants.
    """

    what: Departure
    step: str
    after: str | None
    before: str | None
    cases: int
    visits: int
    lead_time: float | None = None
    lead_time_of_others: float | None = None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedVariant:
    """A sequence of steps, its cases, and the cost and fitness of its optimal alignment."""

    steps: tuple[str, ...]
    cases: int
    cost: int
    fitness: float


@dataclass(frozen=True, slots=True)
class Conformance:
    """How far a log's cases follow their stream, by optimal alignments.

    `fitness` is the mean of the cases' fitness (PM4Py: average trace fitness), `log_fitness` that
    of all visits together. `fitting_cases` took a way that the stream allows; `unfinished` ones
    stop before an end of the stream. `steps` are in the stream's order, `deviations` and `variants`
    by falling cases. Where a log has more variants than were aligned, all counts are estimates.
    """

    fitness: float
    log_fitness: float
    cases: int
    fitting_cases: int
    unfinished: int
    shortest: int
    """Steps of the shortest way through the stream."""
    variants_aligned: int
    variants_of: int
    steps: tuple[StepConformance, ...]
    deviations: tuple[Deviation, ...]
    variants: tuple[AlignedVariant, ...]

    @property
    def is_estimate(self) -> bool:
        """Whether only a part of the log's variants was aligned."""
        return self.variants_aligned < self.variants_of
