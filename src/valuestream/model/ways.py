"""The ways on from a step, as `then` writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator

from valuestream.model.shares import Share, parse_share
from valuestream.model.written import Written

_FORMS = "write a step's name, 'name: 10 %', or 'together: [one, other]'"


_SHARE = {"type": ["string", "number"]}
_TOGETHER = {
    "type": "object",
    "properties": {
        "together": {"type": "array", "items": {"type": "string"}, "minItems": 2},
        "share": _SHARE,
    },
    "required": ["together"],
    "additionalProperties": False,
}
_BRANCH = {
    "type": "object",
    "maxProperties": 1,
    "minProperties": 1,
    "additionalProperties": _SHARE,
}


@dataclass(frozen=True, slots=True)
class Onward(Written):
    """One way on: to a step, or to several at the same time; None where no share is written."""

    SCHEMA: ClassVar[dict[str, Any]] = {
        "anyOf": [{"type": "string"}, _TOGETHER, _BRANCH],
        "title": "Way on",
    }

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

    def write(self) -> object:
        """As `then` writes it."""
        if len(self.to) > 1:
            share = {} if self.share is None else {"share": f"{self.share * 100:g} %"}
            return {"together": list(self.to), **share}
        return self.to[0] if self.share is None else {self.to[0]: f"{self.share * 100:g} %"}


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
