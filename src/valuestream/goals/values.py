"""Objectives and key results as they were measured: what a terminal, a page or a studio shows."""

from dataclasses import dataclass
from datetime import date
from statistics import fmean

from valuestream.goals.judging import Judged, State, worst
from valuestream.model.aims import Aim
from valuestream.model.findings import Finding
from valuestream.model.goals import CheckIn, Goals, KeyResult
from valuestream.model.series import Series
from valuestream.model.targets import write_value


@dataclass(frozen=True, slots=True)
class MeasuredResult:
    """A key result and what the log says of it.

    `aim`, `series` and `judged` are None where it cannot be measured; `refused` then says why, and
    what to measure instead.
    """

    result: KeyResult
    owner: str | None
    stream: str | None = None
    aim: Aim | None = None
    series: Series | None = None
    judged: Judged | None = None
    refused: Finding | None = None
    said: tuple[CheckIn, ...] = ()
    """The check-ins until then."""

    @property
    def state(self) -> State:
        """In a word."""
        return self.judged.state if self.judged else "not measurable"

    @property
    def is_guardrail(self) -> bool:
        """Whether it is watched, not chased."""
        return self.aim is not None and self.aim.is_guardrail

    def written(self, value: float | None) -> str:
        """A value of its figure in words; a dash where there is none."""
        if self.series is None:
            return write_value(None, "cases")
        return write_value(value, self.series.path.figure.unit, self.series.currency)

    @property
    def levels(self) -> tuple[tuple[date, float], ...]:
        """Its history: on the Monday after each whole week, the level of the four weeks before."""
        if self.series is None:
            return ()
        ends = (point.end for point in self.series.points if point.whole)
        found = ((end, self.series.level(end)) for end in ends)
        return tuple((end, level) for end, level in found if level is not None)


@dataclass(frozen=True, slots=True)
class MeasuredObjective:
    """An objective with its key results, in the order of the text.

    `findings` are the faults of its text that do not keep it from being measured.
    """

    goals: Goals
    file: str
    as_of: date
    results: tuple[MeasuredResult, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def state(self) -> State:
        """The worst of its key results'."""
        return worst([result.state for result in self.results])

    @property
    def progress(self) -> float | None:
        """The mean of the key results' progress, each between none and all of its way."""
        found = [r.judged.progress for r in self.results if r.judged]
        ways = [min(1.0, max(0.0, way)) for way in found if way is not None]
        return fmean(ways) if ways else None
