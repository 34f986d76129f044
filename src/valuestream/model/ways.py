"""The ways on from a step, as `then` writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from valuestream.model.shares import Share, parse_share

_FORMS = "write a step's name, 'name: 10 %', or 'together: [one, other]'"


@dataclass(frozen=True, slots=True)
class Onward:
    """One way on: to a step, or to several at the same time; None where no share is written."""

    to: tuple[str, ...]
    share: float | None = None

    @classmethod
    def parse(cls, written: object) -> "Onward":
        """The way in a name, in `{name: share}` or in `{together: [names], share: 40 %}`."""
        if isinstance(written, Onward):
            return written
        if isinstance(written, str) and written.strip():
            return cls((written.strip(),))
        if isinstance(written, Mapping) and isinstance(written.get("together"), list):
            return cls._together(dict(written))
        if isinstance(written, Mapping) and len(written) == 1:
            name, share = next(iter(written.items()))
            return cls((str(name),), parse_share(share))
        raise ValueError(f"{written!r} is no way on; {_FORMS}")

    @classmethod
    def _together(cls, written: dict[str, Any]) -> "Onward":
        names, share = written.pop("together"), written.pop("share", None)
        if written or len(names) < 2 or not all(isinstance(n, str) for n in names):
            raise ValueError(
                "ways taken together are at least two names, as 'together: [one, other]'"
            )
        return cls(tuple(names), None if share is None else parse_share(share))

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls.parse, serialization=core_schema.plain_serializer_function_ser_schema(cls._write)
        )

    def _write(self) -> object:
        if len(self.to) > 1:
            share = {} if self.share is None else {"share": f"{self.share * 100:g} %"}
            return {"together": list(self.to), **share}
        return self.to[0] if self.share is None else {self.to[0]: f"{self.share * 100:g} %"}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        share = {"type": ["string", "number"]}
        together = {
            "type": "object",
            "properties": {
                "together": {"type": "array", "items": {"type": "string"}, "minItems": 2},
                "share": share,
            },
            "required": ["together"],
            "additionalProperties": False,
        }
        branch = {
            "type": "object",
            "maxProperties": 1,
            "minProperties": 1,
            "additionalProperties": share,
        }
        return {"anyOf": [{"type": "string"}, together, branch], "title": "Way on"}


def _listed(written: object) -> object:
    if isinstance(written, str):
        return [written]
    if isinstance(written, Mapping):
        if "together" in written:
            return [written]
        return [{name: share} for name, share in written.items()]
    return written


Onwards = Annotated[
    tuple[Onward, ...],
    BeforeValidator(_listed, json_schema_input_type=Onward | tuple[Onward, ...] | dict[str, Share]),
]
"""One way on, a list of them, or a mapping of names to shares."""
