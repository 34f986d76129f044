"""What every written element has in common."""

import re
from datetime import date
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


class Element(BaseModel):
    """An immutable part of a text whose keys are all known."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.rstrip("_").replace("_", " "),
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        # Built when first used: to check a stream, goals and workspaces need not be.
        defer_build=True,
    )


def listed(value: object) -> object:
    """One text as a list of it."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Texts = Annotated[
    tuple[Text, ...], BeforeValidator(listed, json_schema_input_type=Text | tuple[Text, ...])
]
"""One text, or a list of texts."""

Flag = Annotated[bool, Field(strict=True)]
"""true or false, and nothing that is taken for one of them."""


def day(value: object) -> object:
    """A date as written, `2026-06-30`. ValueError for the numbers that pydantic would take."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError(f"{value!r} is no day of the calendar; look at its month") from None
    raise ValueError(f"{value!r} is no date; write one such as 2026-06-30")


Day = Annotated[date, BeforeValidator(day, json_schema_input_type=date)]
"""A day of the calendar."""
