"""Which points of a stream are worth a goal: measurable, and felt by the customer.

Promises and waits first, then lead time, rework and values received. The target of each is what the
best quarter of its weeks already reach, so that it is known to be possible.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from valuestream.measure import Visits
from valuestream.measure.history import histories
from valuestream.model.costs import role_costs
from valuestream.model.figure_path import FigurePath, figure
from valuestream.model.measurable import OF_STEP, OF_STREAM, Figure
from valuestream.model.series import Point, Series
from valuestream.model.stream import Stream
from valuestream.model.targets import read_target, write_target
from valuestream.model.workspace import Workspace

WEEKS = 52
"""Older weeks say little of what is possible today."""
FEWEST_WEEKS = 8
QUARTER = 13
"""The weeks of a baseline: four are often those of a season."""
_LEAST = 0.05
"""A twentieth of a duration, or one of a hundred cases: less is not worth a goal."""
_MOST = {"promise.kept": 3, "wait_time.p85": 2, "elapsed_time.p85": 2, "rework": 2}
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A point worth a goal.

    Attributes:
        path: The figure.
        series: Its course.
        baseline: The level of its last quarter.
        target: What the best quarter of its weeks reach.
        gain: What it would bring in a week, in the words of `brings`; 0 where the means of the
            last quarter are as good as the best ones.
        brings: Whose or what the gain is: `customers`, `cases`, `hours of waiting` and such.
        is_guardrail: Whether it is as good as its best weeks already and only to be kept; the
            target is then what half of its weeks reach.
    """

    path: FigurePath
    series: Series
    baseline: float
    target: float
    gain: float
    brings: str
    is_guardrail: bool = False


def suggested(
    visits: Visits, workspace: Workspace | None, as_of: date | None = None
) -> tuple[Suggestion, ...]:
    """The points, those that matter most first; of each kind those that would bring the most.

    `as_of` is the day at whose end the weeks must be over; None for all of them. Empty where the
    log has fewer than eight whole weeks.
    """
    paths = _paths(visits.stream)
    means = [FigurePath(p.stream, p.step, figure(_mean(p), _among(p))) for p in paths]
    found = histories(visits, [*paths, *means], role_costs(workspace))
    if as_of:
        found = tuple(series.until(as_of + timedelta(days=1)) for series in found)
    pairs = zip(found, found[len(paths) :], strict=False)
    return tuple(_chosen([s for one, mean in pairs if (s := _suggestion(one, mean))]))


def _paths(stream: Stream) -> list[FigurePath]:
    def of_steps(name: str) -> Iterator[FigurePath]:
        own = figure(name, OF_STEP)
        yield from (FigurePath(stream.key, step.step, own) for step in stream.steps)

    return [
        *of_steps("promise.kept"),
        *of_steps("wait_time.p85"),
        *of_steps("elapsed_time.p85"),
        FigurePath(stream.key, None, figure("lead_time.p85", OF_STREAM)),
        *of_steps("rework"),
        FigurePath(stream.key, None, figure("received.every", OF_STREAM)),
    ]


def _mean(path: FigurePath) -> str:
    """The figure whose sum over cases is what a change brings: of a percentile, the mean."""
    return path.figure.name.replace(".p85", ".mean")


def _among(path: FigurePath) -> tuple[Figure, ...]:
    return OF_STREAM if path.step is None else OF_STEP


def _suggestion(series: Series, mean: Series) -> Suggestion | None:
    points, path = series.counted[-WEEKS:], series.path
    if len(points) < FEWEST_WEEKS:
        return None
    level = series.level(points[-1].end, QUARTER)
    if level is None:
        return None
    baseline = _rounded(level, path)
    rises = path.figure.better == "higher"
    target = _rounded(_reached(points, 0.75 if rises else 0.25), path)
    if _is_worth(target, baseline, path):
        gain = _gain(mean, rises)
        return Suggestion(path, series, baseline, target, gain, _brings(path))
    usual = _rounded(_reached(points, 0.5), path)
    if path.figure.name != "promise.kept" or baseline < usual:
        return None
    return Suggestion(path, series, baseline, usual, 0.0, _brings(path), is_guardrail=True)


def _reached(points: Sequence[Point], rank: float) -> float:
    return float(np.quantile([p.value for p in points if p.value is not None], rank))


def _rounded(value: float, path: FigurePath) -> float:
    """As somebody would write it."""
    unit = path.figure.unit
    if unit == "share":
        value = round(value, 2)
    return read_target(write_target(value, unit), unit)


def _is_worth(target: float, baseline: float, path: FigurePath) -> bool:
    way = target - baseline if path.figure.better == "higher" else baseline - target
    if path.figure.unit == "share":
        return way > 0.0099
    return way >= _LEAST * baseline


def _gain(mean: Series, rises: bool) -> float:
    """What a week would have more, or less: the way from the last weeks' level to the best quarter.

    Times the cases or visits of a week.
    """
    points = mean.counted[-WEEKS:]
    level = mean.level(points[-1].end, QUARTER) if points else None
    if level is None:
        return 0.0
    way = _reached(points, 0.75 if rises else 0.25) - level
    recent = points[-QUARTER:]
    gain = abs(way) * sum(point.n for point in recent) / len(recent)
    if (way > 0) != rises:
        return 0.0
    return gain / _HOUR if mean.path.figure.unit == "duration" else gain


def _brings(path: FigurePath) -> str:
    name = path.figure.name
    if name in ("promise.kept", "received.every"):
        return "customers"
    if name == "rework":
        return "cases"
    if path.step is None:
        return "hours of lead time"
    return "hours of waiting" if name.startswith("wait") else "hours from one step to the next"


def _chosen(found: list[Suggestion]) -> Iterator[Suggestion]:
    """Of each kind the best few; of waits what is waited, not what elapses, where it is known."""
    if any(own.path.figure.name == "wait_time.p85" for own in found):
        found = [own for own in found if own.path.figure.name != "elapsed_time.p85"]
    for kind in dict.fromkeys(own.path.figure.name for own in found):
        chased = [s for s in found if s.path.figure.name == kind and not s.is_guardrail]
        yield from sorted(chased, key=lambda own: -own.gain)[: _MOST.get(kind, 1)]
    yield from (own for own in found if own.is_guardrail)
