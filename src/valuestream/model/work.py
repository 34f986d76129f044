"""How long a step's work takes: always the same, spread, or a person's estimate."""

import re
from datetime import timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from valuestream.model.durations import Seconds, parse_duration
from valuestream.model.element import Element, Flag

_RANGE = re.compile(r"(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s+to\s+(\d.*)")
_NEEDED = {
    "constant": ("mean",),
    "exponential": ("mean",),
    "lognormal": ("mean", "sd"),
    "gamma": ("mean", "sd"),
    "uniform": ("min", "max"),
    "triangular": ("min", "mode", "max"),
    "empirical": ("values",),
}
Shape = Literal[
    "constant", "exponential", "lognormal", "gamma", "triangular", "uniform", "empirical"
]


class Work(Element):
    """The distribution of a duration, in seconds. A guess is a person's estimate with a range."""

    distribution: Shape
    mean: Seconds | None = None
    sd: Seconds | None = None
    min: Seconds | None = None
    mode: Seconds | None = None
    max: Seconds | None = None
    values: tuple[Seconds, ...] | None = None
    guess: Flag = False

    @property
    def expected(self) -> float:
        """The mean, in seconds."""
        if self.distribution == "uniform":
            return (self._of("min") + self._of("max")) / 2
        if self.distribution == "triangular":
            return (self._of("min") + self._of("mode") + self._of("max")) / 3
        if self.distribution == "empirical":
            values = self.values or ()
            return sum(values) / len(values)
        return self._of("mean")

    @property
    def variance(self) -> float:
        """The variance, in seconds squared."""
        low, mode, high = self.min or 0.0, self.mode or 0.0, self.max or 0.0
        values = self.values or ()
        mean = self.expected
        known = {
            "constant": 0.0,
            "exponential": mean**2,
            "uniform": (high - low) ** 2 / 12,
            "triangular": ((high - low) ** 2 + (mode - low) * (mode - high)) / 18,
            "empirical": sum((v - mean) ** 2 for v in values) / max(1, len(values)),
        }
        return known.get(self.distribution, (self.sd or 0.0) ** 2)

    def _of(self, parameter: str) -> float:
        value: float | None = getattr(self, parameter)
        assert value is not None  # _complete has seen to it
        return value


def _complete(work: Work) -> Work:
    needed = _NEEDED[work.distribution]
    missing = [p for p in needed if not getattr(work, p)]
    if work.min == 0 and "min" in missing:
        missing.remove("min")
    if work.mean == 0 and work.distribution == "constant":
        missing = []  # what is automated takes no work
    if missing:
        raise ValueError(f"{work.distribution} work also needs {' and '.join(missing)}")
    ordered = [v for v in (work.min, work.mode, work.max) if v is not None]
    if ordered != sorted(ordered):
        raise ValueError("min, mode and max must not fall")
    return work


def _from_text(text: object) -> object:
    if isinstance(text, dict | Work):
        return text
    found = _RANGE.fullmatch(text.strip()) if isinstance(text, str) else None
    if not found:
        mean = timedelta(seconds=parse_duration(text))
        return {"distribution": "constant", "mean": mean}
    unit = found[2] or re.sub(r"[\d.\s]", "", found[3])
    low, high = parse_duration(f"{found[1]} {unit}"), parse_duration(found[3])
    spread = {"min": timedelta(seconds=low), "max": timedelta(seconds=high)}
    return {"distribution": "uniform", "guess": True, **spread}


Worked = Annotated[
    Work, BeforeValidator(_from_text, json_schema_input_type=str | Work), AfterValidator(_complete)
]
"""Work as written: `4 min`, `3 to 8 min` (a guess), or a mapping with a distribution."""
