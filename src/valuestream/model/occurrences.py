"""Which events of a log are meant: by activity, by what lifecycle says of them, by a condition."""

import re
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from valuestream.model.element import Element, Text

_PAIRED = ("start", "complete")


class Occurrence(Element):
    """Events of a log: all that is written must hold of them."""

    activity: Text | None = None
    """The activity's name; `*` in it stands for any letters."""
    lifecycle: Text | None = None
    """A transition that makes no visit by itself, such as suspend; an instant then."""
    where: Text | None = None
    """An SQL expression over the log's columns."""

    @property
    def is_name(self) -> bool:
        """Whether it is an activity's name and nothing else."""
        return not (self.lifecycle or self.where or "*" in (self.activity or "*"))

    def names(self, activity: str) -> bool:
        """Whether an activity is the one that is meant, or one of those."""
        if self.activity is None or self.activity == activity:
            return True
        pattern = ".*".join(map(re.escape, self.activity.split("*")))
        return "*" in self.activity and re.fullmatch(pattern, activity, re.DOTALL) is not None

    @model_validator(mode="after")
    def _says_something(self) -> "Occurrence":
        if not (self.activity or self.lifecycle or self.where):
            raise ValueError("nothing says which events; give an activity, lifecycle or where")
        if self.lifecycle and self.lifecycle.lower() in _PAIRED:
            raise ValueError(
                f"{self.lifecycle!r} rows make visits by themselves; leave lifecycle out, or name "
                "another transition such as suspend"
            )
        return self


def _named(written: object) -> object:
    return {"activity": written} if isinstance(written, str) else written


def _listed(written: object) -> object:
    return [written] if isinstance(written, str | dict) else written


_One = Annotated[Occurrence, BeforeValidator(_named, json_schema_input_type=Text | Occurrence)]
Occurrences = Annotated[
    tuple[_One, ...],
    BeforeValidator(_listed, json_schema_input_type=Text | Occurrence | tuple[_One, ...]),
    Field(default=()),
]
"""One activity or occurrence, or a list of them."""
