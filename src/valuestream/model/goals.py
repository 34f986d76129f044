"""Objectives and key results as their text says them."""

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from valuestream.model.element import Day, Element, Text
from valuestream.model.periods import first_and_last_day
from valuestream.model.shares import Share

Target: TypeAlias = Text | Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A figure as written: `90 %`, `40 min`, `8 EUR`, or a bare number."""
ResultKind: TypeAlias = Literal["reach", "increase", "decrease", "stay above", "stay below"]
"""`reach` goes the way that is better for customers; the last two are guardrails."""


class CheckIn(Element):
    """What was said of a key result on a day."""

    on: Day
    confidence: Share | None = None
    note: Text | None = None


class Phase(Element):
    """A target on the way."""

    by: Day
    to: Target


class KeyResult(Element):
    """A figure of a stream that must go from a baseline to a target by a date, or stay there."""

    key_result: Text
    measure: Text
    """The path of the figure: `hotel-check-in / Check-in at the desk / promise.kept`."""
    kind: ResultKind | None = None
    """Where it does not follow from what is written."""
    from_: Target | None = None
    to: Target | None = None
    start: Day | None = None
    """The day of the baseline; by default the first of the goals' period."""
    by: Day | None = None
    """The last day on which it may be reached; by default the last of the goals' period."""
    stay_above: Target | None = None
    stay_below: Target | None = None
    owner: Text | None = None
    phases: tuple[Phase, ...] = ()
    check_ins: tuple[CheckIn, ...] = Field(default=(), alias="check-ins")

    @property
    def limit(self) -> tuple[str, Target] | None:
        """What it is to reach or keep, and the key that says so; None where nothing does."""
        for key in ("to", "stay above", "stay below"):
            value: Target | None = getattr(self, key.replace(" ", "_"))
            if value is not None:
                return key, value
        return None


class Goals(Element):
    """The contents of a `*.goals.yaml`."""

    objective: Text
    owner: Text | None = None
    period: Text | None = None
    why: Text | None = None
    key_results: Annotated[tuple[KeyResult, ...], Field(min_length=1)]

    def start_of(self, result: KeyResult) -> date | None:
        """The day from which a key result is expected to move; None where nothing says one."""
        days = first_and_last_day(self.period) if self.period else None
        return result.start or (days[0] if days else None)

    def day_of(self, result: KeyResult) -> date | None:
        """The day by which it is to be reached; None where nothing says one."""
        days = first_and_last_day(self.period) if self.period else None
        return result.by or (days[1] if days else None)
