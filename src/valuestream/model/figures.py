"""Figures of a stream: what DEFINITIONS calls them, as immutable values with their provenance.

Durations are seconds, shares lie between 0 and 1, and what the data cannot give is None.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from valuestream.model.conformance import Conformance

Provenance = Literal["guessed", "declared", "measured", "simulated"]


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean and the 50th, 85th and 95th percentile of durations, in seconds."""

    mean: float | None = None
    p50: float | None = None
    p85: float | None = None
    p95: float | None = None


UNKNOWN = Spread()


@dataclass(frozen=True, slots=True)
class Kept:
    """The share of the visits that kept a promise, of how many, and the share that should.

    `low` and `high` are the ends of the share's 95 % interval; `undecided` are open visits.
    """

    kept: float | None
    of: int
    target: float | None = None
    broken: int = 0
    undecided: int = 0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class StepTimes:
    """A step's durations in working time of a calendar."""

    calendar: str
    process_time: Spread
    wait_time: Spread
    elapsed_time: Spread


@dataclass(frozen=True, slots=True)
class WorkingTimes:
    """The cases' durations in working time of the stream's calendar.

    `takt_time` is the available working time of the period for each case that came in it.
    """

    calendar: str
    lead_time: Spread
    process_time: Spread
    flow_efficiency: float | None
    takt_time: float | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Steps whose values customers received in this order, and how many customers did."""

    steps: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class Received:
    """Of the completed cases: the share that received every value, and which received which.

    `low` and `high` are the ends of the 95 % interval of `every`; `by_step` are the shares that
    received each step's value.
    """

    cases: int
    every: float
    low: float
    high: float
    by_step: dict[str, float]
    sequences: tuple[Sequence, ...]


@dataclass(frozen=True, slots=True)
class StepFigures:
    """The figures of one step."""

    step: str
    visits: int | None = None
    cases: int | None = None
    rework: float | None = None
    complete_accurate: float | None = None
    process_time: Spread = UNKNOWN
    wait_time: Spread = UNKNOWN
    elapsed_time: Spread = UNKNOWN
    promise: Kept | None = None
    working_time: StepTimes | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """How often visits of one step are followed by one of another, and the gap between them."""

    origin: str
    to: str
    count: int
    gap: Spread
    working_gap: Spread | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A sequence of steps and the number of cases that took it."""

    steps: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class Week:
    """An ISO week (UTC): cases that came, that were completed, and those in work at its end."""

    week: str
    arrivals: int
    completed: int
    work_in_progress: int


@dataclass(frozen=True, slots=True)
class Period:
    """From the earliest start to the latest end."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Handoffs:
    """Transitions whose two visits have different, known resources."""

    count: int
    per_case: float | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a stream, and where they come from."""

    stream: str
    provenance: Provenance
    steps: tuple[StepFigures, ...]
    events: int | None = None
    cases: int | None = None
    completed_cases: int | None = None
    unmapped: dict[str, int] = field(default_factory=dict)
    outside: int = 0
    """Cases left out because nothing in them started the stream's clock."""
    period: Period | None = None
    lead_time: Spread = UNKNOWN
    process_time: Spread = UNKNOWN
    flow_efficiency: float | None = None
    rolled_complete_accurate: float | None = None
    working_time: WorkingTimes | None = None
    received: Received | None = None
    transitions: tuple[Transition, ...] = ()
    variants: tuple[Variant, ...] = ()
    handoffs: Handoffs | None = None
    weeks: tuple[Week, ...] = ()
    conformance: Conformance | None = None
    """Set by who asked for it: `measure` leaves it out."""
