"""What a change saves in a case and what would be lost: values, with their bounds."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from valuestream.model.figures import Provenance
from valuestream.model.needs import Broken
from valuestream.model.stream import Scenario

Rank = Literal["loses nothing", "asks", "asks for the value", "loses"]
RANKS: tuple[Rank, ...] = get_args(Rank)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A saving: at least `low` and at most `high`, never below 0; equal where it is known."""

    low: float
    high: float

    @classmethod
    def known(cls, value: float) -> "Bounds":
        """A saving that is known; what would be none is 0."""
        return cls(max(0.0, value), max(0.0, value))

    @classmethod
    def up_to(cls, value: float) -> "Bounds":
        """A saving of which only the most is known."""
        return cls(0.0, max(0.0, value))

    def times(self, factor: float) -> "Bounds":
        """So many of it."""
        return Bounds(self.low * factor, self.high * factor)

    def plus(self, other: "Bounds") -> "Bounds":
        """Both."""
        return Bounds(self.low + other.low, self.high + other.high)

    def within(self, total: float | None) -> "Bounds":
        """The saving, which cannot be more than there is."""
        if total is None:
            return self
        return Bounds(min(self.low, total), min(self.high, total))

    @property
    def middle(self) -> float:
        """By what it is ranked."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Money:
    """A saving in a currency."""

    amount: Bounds
    currency: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What a case no longer takes, in the mean; durations in seconds, None what is not known.

    `process_time` and `wait_time` are those of all its visits together, `lead_time` that of the
    case: where ways run in parallel, less than both.
    """

    lead_time: Bounds | None = None
    process_time: Bounds | None = None
    wait_time: Bounds | None = None
    handoffs: Bounds | None = None
    money: Money | None = None

    @property
    def known(self) -> tuple[Bounds, ...]:
        """The savings that are known."""
        money = self.money.amount if self.money else None
        every = (self.lead_time, self.process_time, self.wait_time, self.handoffs, money)
        return tuple(bounds for bounds in every if bounds is not None)


@dataclass(frozen=True, slots=True)
class Caught:
    """Cases that go back from a step: the share of its visits, and the steps they go back to."""

    share: float
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """What would be lost: the customer's value and promises, what later steps need, a check."""

    value: str | None = None
    promises: tuple[str, ...] = ()
    outcome: str | None = None
    breaks: tuple[Broken, ...] = ()
    rework: Caught | None = None
    necessary: bool = False
    """Whether the step is declared to be necessary."""
    participants: tuple[str, ...] = ()
    """Those that would take part in no step any more."""

    @property
    def is_nothing(self) -> bool:
        """Whether neither the customer nor a later step misses anything."""
        said = (self.value, self.promises, self.outcome, self.breaks, self.rework, self.necessary)
        return not any(said)


NOTHING = Lost()


@dataclass(frozen=True, slots=True)
class Subtraction:
    """One thing that could be taken away, as a scenario; what it saves, loses and leaves open."""

    step: str
    kind: str
    title: str
    """The scenario's name: what is done, in a few words."""
    scenario: Scenario
    saved: Saved
    lost: Lost
    provenance: Provenance
    asks: tuple[str, ...] = ()
    """What somebody has to answer before it can be done."""
    value_is_asked: bool = False
    """Whether nobody can tell if the customer would miss something."""

    @property
    def rank(self) -> Rank:
        """How sure it is that nothing is lost."""
        if not self.lost.is_nothing:
            return "loses"
        if self.value_is_asked:
            return "asks for the value"
        return "asks" if self.asks else "loses nothing"

    def as_json(self) -> dict[str, Any]:
        """The object of `--format json`."""
        shown: dict[str, Any] = asdict(self)
        shown["scenario"] = self.scenario.model_dump(by_alias=True, exclude_defaults=True)
        shown["lost"]["breaks"] = [b._asdict() for b in self.lost.breaks]
        return {"rank": self.rank, **shown}
