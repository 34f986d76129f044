"""A value stream as its text says it."""

from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from valuestream.model.consistency import inconsistencies
from valuestream.model.durations import Seconds
from valuestream.model.element import Day, Element, Flag, Text, Texts, listed
from valuestream.model.money import Cost
from valuestream.model.names import identify, is_question
from valuestream.model.occurrences import Occurrence, Occurrences
from valuestream.model.promises import Promise
from valuestream.model.rates import PerSecond
from valuestream.model.shares import Share
from valuestream.model.staffing import Staffing
from valuestream.model.ways import Onwards
from valuestream.model.work import Worked

Kind = Literal["operational", "developmental"]
Waste = Literal[
    "transport",
    "inventory",
    "motion",
    "waiting",
    "overproduction",
    "overprocessing",
    "defects",
    "skills",
]
Adds = Literal["value", "necessary", "nothing"]
Id = Annotated[str, Field(pattern=r"^[^\s/]+$", max_length=200)]


class Value(Element):
    """What the customer receives from a step, in the customer's words, and what is promised."""

    receives: Text
    promise: Promise | None = None
    keep: Share | None = None
    """The share of the visits that should keep the promise."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has said yet what the customer receives."""
        return is_question(self.receives)


def _value(written: object) -> object:
    return {"receives": written} if isinstance(written, str) else written


def _rate(written: object) -> object:
    return {"rate": written} if isinstance(written, str) else written


class Arrivals(Element):
    """How many requests come, and how they are spread: at random (exponential) or evenly."""

    rate: PerSecond
    distribution: Literal["exponential", "constant"] = "exponential"


class Step(Element):
    """One part of the stream: its name, who does it, and the value it gives the customer."""

    step: Text
    id: Id | None = None
    """Stable name for links; made from the step's name where it is not set."""
    does: Text | None = None
    by: Texts = ()
    """The participants: roles that take part."""
    process: Texts = ()
    """The business processes behind the step."""
    value: Annotated[Value, BeforeValidator(_value, json_schema_input_type=Text | Value)] | None = (
        None
    )
    needs: Texts = ()
    gives: Texts = ()
    then: Onwards = ()
    """The ways on, where they are not simply the next step."""
    end: Flag = False
    """Whether a case that reached this step is completed; by default the last step's cases are."""
    events: Occurrences
    """The activities of the log that belong to the step, where they differ from its name."""
    begins: Occurrences = Field(default=(), alias="from")
    """The events that start a visit, where it is measured between two events."""
    finishes: Occurrences = Field(default=(), alias="to")
    """The events that end it."""
    states: Occurrences
    """Where a log records which state a case enters: those in which it is in this step."""
    work: Worked | None = None
    wait: Seconds | None = None
    right: Share | None = None
    """Share of the visits that are complete and accurate."""
    people: Staffing | None = None
    cost: Cost | None = None
    adds: Adds | None = None
    """Lean's three classes: value-adding, not so but necessary, not value-adding."""
    waste: Annotated[
        tuple[Waste, ...], BeforeValidator(listed, json_schema_input_type=Waste | tuple[Waste, ...])
    ] = ()
    sub_steps: "tuple[Step, ...]" = Field(default=(), alias="sub-steps")
    detailed_in: Text | None = None
    """The name of the stream that details this step."""
    develops: Texts = ()
    """On a developmental stream: the operational steps that this step builds or improves."""

    @property
    def key(self) -> str:
        """The step's id: the one set, else the one made from its name."""
        return self.id or identify(self.step)

    @property
    def has_value(self) -> bool:
        """Whether somebody has said what the customer receives."""
        return self.value is not None and not self.value.is_open

    @property
    def listed(self) -> tuple[str, ...]:
        """The activities that the step and its sub-steps list in their `events`."""
        own = tuple(o.activity for o in self.events if o.is_name and o.activity)
        return own + tuple(a for sub in self.sub_steps for a in sub.listed)

    @property
    def described(self) -> tuple[Occurrence, ...]:
        """What it and its sub-steps say of their events beyond names."""
        own = tuple(o for o in self.events if not o.is_name)
        return own + tuple(o for sub in self.sub_steps for o in sub.described)

    @property
    def is_between(self) -> bool:
        """Whether its visits last from one event to another."""
        return bool(self.begins or self.finishes or self.states)

    @property
    def sub_names(self) -> tuple[str, ...]:
        """The names of its sub-steps, and of theirs."""
        return tuple(n for sub in self.sub_steps for n in (sub.step, *sub.sub_names))


class Change(Element):
    """What a scenario changes at one step."""

    step: Text
    people: Staffing | None = None
    work: Worked | None = None
    wait: Seconds | None = None
    right: Share | None = None
    then: Onwards | None = None
    by: Texts | None = None
    remove: Flag = False
    merge_into: Text | None = None
    """The neighbour that does its work, too."""
    together_with: Text | None = None
    """The neighbour with which it is done at the same time."""
    automate: Flag = False
    """Whether nobody does it any more."""

    @property
    def structural(self) -> tuple[str, ...]:
        """Its keys after which the stream has other steps or ways between them."""
        said = {
            "remove": self.remove,
            "merge into": self.merge_into,
            "together with": self.together_with,
        }
        return tuple(key for key, value in said.items() if value)


class Scenario(Element):
    """A named set of changes to a stream."""

    why: Text | None = None
    arrivals: (
        Annotated[Arrivals, BeforeValidator(_rate, json_schema_input_type=Text | Arrivals)] | None
    ) = None
    change: tuple[Change, ...] = ()


class Delivery(Element):
    """Something that a developmental stream delivered on a day, and the step that it changes."""

    on: Day
    what: Text
    changes: Texts = ()


class Stream(Element):
    """A value stream: the steps from a customer's request to the last interaction."""

    stream: Text
    id: Id | None = None
    kind: Kind = "operational"
    customer: Text | None = None
    why: Text | None = None
    request: Text | None = None
    outcome: Text | None = None
    calendar: Text | None = None
    log: Text | None = None
    begins: Occurrences = Field(default=(), alias="from")
    """The events that start its clock, where that is not the first visit."""
    finishes: Occurrences = Field(default=(), alias="to")
    """The events that stop it and complete the case."""
    arrivals: (
        Annotated[Arrivals, BeforeValidator(_rate, json_schema_input_type=Text | Arrivals)] | None
    ) = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    scenarios: dict[Text, Scenario] = {}
    deliveries: tuple[Delivery, ...] = ()

    @property
    def key(self) -> str:
        """The stream's id: the one set, else the one made from its name."""
        return self.id or identify(self.stream)

    @cached_property
    def index(self) -> dict[str, int]:
        """The place of each step by its name and by its id, both as written and case-folded."""
        places: dict[str, int] = {}
        for names in ([s.step for s in self.steps], [s.key for s in self.steps]):
            for place, name in enumerate(names):
                places.setdefault(name, place)
                places.setdefault(name.casefold(), place)
        return places

    def place(self, name: str) -> int | None:
        """The place of the step of that name or id, counted from 0; None if there is none."""
        return self.index.get(name, self.index.get(name.casefold()))

    @property
    def ends(self) -> tuple[int, ...]:
        """The places of the steps whose cases are completed: those marked, else the last."""
        marked = tuple(i for i, s in enumerate(self.steps) if s.end)
        return marked or (len(self.steps) - 1,)

    @model_validator(mode="after")
    def _consistent(self, info: ValidationInfo) -> "Stream":
        found = inconsistencies(self)
        collected: list[Any] | None = (info.context or {}).get("inconsistencies")
        if collected is not None:
            collected.extend(found)
        elif found:
            raise ValueError("; ".join(i.message for i in found))
        return self
