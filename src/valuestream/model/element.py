"""What every written element has in common."""

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints


class Element(BaseModel):
    """An immutable part of a text whose keys are all known."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.rstrip("_").replace("_", " "),
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        use_attribute_docstrings=True,
    )


def listed(value: object) -> object:
    """One text as a list of it."""
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed)]
"""One text, or a list of texts."""
