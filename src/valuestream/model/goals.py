"""Objectives and key results as their text says them."""

from typing import Annotated, TypeAlias

from pydantic import Field

from valuestream.model.element import Day, Element, Text
from valuestream.model.shares import Share

Target: TypeAlias = Text | Annotated[float, Field(strict=True, allow_inf_nan=False)]
"""A figure as written: `90 %`, `40 min`, `8 EUR`, or a bare number."""


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
    from_: Target | None = None
    to: Target | None = None
    by: Day | None = None
    stay_above: Target | None = None
    stay_below: Target | None = None
    owner: Text | None = None
    phases: tuple[Phase, ...] = ()
    check_ins: tuple[CheckIn, ...] = Field(default=(), alias="check-ins")


class Goals(Element):
    """The contents of a `*.goals.yaml`."""

    objective: Text
    owner: Text | None = None
    period: Text | None = None
    why: Text | None = None
    key_results: Annotated[tuple[KeyResult, ...], Field(min_length=1)]
