"""Where a key result is to go, in numbers: what is reached, how far it is, what was expected."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from valuestream.model.goals import Goals, KeyResult, ResultKind
from valuestream.model.measurable import Better, Figure
from valuestream.model.targets import read_target


@dataclass(frozen=True, slots=True)
class Aim:
    """A key result in numbers of its figure's unit.

    Attributes:
        kind: As written, or as it follows from what is.
        rises: Whether more is nearer to it, or on the right side of a guardrail.
        target: What is to be reached, or the limit of a guardrail.
        baseline: Where it starts; None where neither the text nor the data tell.
        start: The day of the baseline.
        by: The last day on which it may be reached; None for a guardrail without an end.
        phases: Targets on the way.
    """

    kind: ResultKind
    rises: bool
    target: float
    baseline: float | None = None
    start: date | None = None
    by: date | None = None
    phases: tuple[tuple[date, float], ...] = ()

    @property
    def is_guardrail(self) -> bool:
        """Whether a value is to be kept, not to be reached."""
        return self.kind in ("stay above", "stay below")

    def is_met(self, value: float) -> bool:
        """Whether a value is at the target or beyond it, or on the right side of a guardrail."""
        return value >= self.target if self.rises else value <= self.target

    def is_short_of(self, value: float, expected: float) -> bool:
        """Whether a value is worse than what is expected."""
        return value < expected if self.rises else value > expected

    def progress(self, value: float) -> float | None:
        """The share of the way from baseline to target: below 0 and above 1 where it is so.

        None for guardrails, and where the baseline is not known or is the target.
        """
        if self.is_guardrail or self.baseline is None or self.baseline == self.target:
            return None
        return (value - self.baseline) / (self.target - self.baseline)

    @property
    def expected_path(self) -> tuple[tuple[date, float], ...]:
        """Days and values, in order: from the baseline over the phases to the target.

        Empty for guardrails, and where start, day or baseline are not known.
        """
        if self.is_guardrail or None in (self.start, self.by, self.baseline):
            return ()
        return tuple(self._turns())

    def _turns(self) -> Iterator[tuple[date, float]]:
        if self.start is not None and self.baseline is not None:
            yield self.start, self.baseline
        for day, value in self.phases:
            if self.start and self.by and self.start < day < self.by:
                yield day, value
        if self.by is not None:
            yield self.by, self.target

    def expected(self, day: date) -> float | None:
        """Where it is to be on a day, in a straight line between the turns of its path.

        None before its start, and where there is no path.
        """
        path = self.expected_path
        if not path or day < path[0][0]:
            return None
        for (one, value), (other, onward) in pairwise(path):
            if one <= day <= other and one < other:
                return value + (onward - value) * ((day - one).days / (other - one).days)
        return path[-1][1]


def kind_of(result: KeyResult, figure: Figure, currency: str | None = None) -> ResultKind:
    """The kind that is written, or that follows: of a limit to keep, or of baseline and target.

    Raises ValueError where a value is none of the figure's unit.
    """
    if result.kind is not None:
        return result.kind
    if result.stay_above is not None:
        return "stay above"
    if result.stay_below is not None:
        return "stay below"
    if result.from_ is None or result.to is None:
        return "reach"
    baseline = read_target(result.from_, figure.unit, currency)
    target = read_target(result.to, figure.unit, currency)
    if baseline == target:
        return "reach"
    return "increase" if target > baseline else "decrease"


def aim_of(
    goals: Goals,
    result: KeyResult,
    figure: Figure,
    measured: float | None = None,
    currency: str | None = None,
) -> Aim:
    """The aim of a key result; `measured` is the baseline where the text says none.

    Raises ValueError where a value is none of the figure's unit, or nothing is to be reached.
    """
    if result.limit is None:
        raise ValueError("nothing is to be reached; add 'to', 'stay above' or 'stay below'")

    def read(written: str | float) -> float:
        return read_target(written, figure.unit, currency)

    kind, target = kind_of(result, figure, currency), read(result.limit[1])
    baseline = measured if result.from_ is None else read(result.from_)
    return Aim(
        kind,
        _rises(kind, figure.better, baseline, target),
        target,
        baseline,
        goals.start_of(result),
        goals.day_of(result),
        tuple((phase.by, read(phase.to)) for phase in result.phases),
    )


def _rises(kind: ResultKind, better: Better | None, baseline: float | None, target: float) -> bool:
    if kind == "reach":
        if better is not None:
            return better == "higher"
        return baseline is None or target >= baseline
    return kind in ("increase", "stay above")
