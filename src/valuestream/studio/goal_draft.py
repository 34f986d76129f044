"""A goal in the making: which points there are, and what a chosen one suggests to write."""

from dataclasses import dataclass
from datetime import date

from valuestream.goals.setting import measurable
from valuestream.goals.suggesting import Suggestion
from valuestream.goals.suggestion_text import brings, measure_of, next_quarter, said
from valuestream.model.figure_path import NoSuchFigure, parse
from valuestream.model.measurable import Unit
from valuestream.model.periods import first_and_last_day
from valuestream.model.series import Series
from valuestream.model.stream import Stream
from valuestream.model.targets import write_target, write_value
from valuestream.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Offer:
    """A point that is worth a goal, in words."""

    measure: str
    says: str
    brings: str
    baseline: str
    target: str
    is_guardrail: bool
    step: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds, as texts."""

    measure: str
    key_result: str
    target: str
    kind: str = "to"
    from_: str = ""
    by: str = ""
    owner: str = ""
    goals: str = ""
    objective: str = ""


Points = list[tuple[str | None, list[tuple[str, str]]]]
"""Of the stream (None) and of each step: measures, and what they are in words."""


def offers(stream: Stream, found: tuple[Suggestion, ...]) -> list[Offer]:
    """The suggestions of a stream."""
    return [
        Offer(
            measure_of(own.path, stream),
            said(own),
            brings(own),
            _shown(own, own.baseline),
            _shown(own, own.target),
            own.is_guardrail,
            own.path.step,
        )
        for own in found
    ]


def points(stream: Stream, workspace: Workspace | None) -> Points:
    """All that can be measured, first of the stream, then step by step."""
    found: Points = []
    for path in measurable(stream, workspace):
        if not found or found[-1][0] != path.step:
            found.append((path.step, []))
        found[-1][1].append((measure_of(path, stream), path.figure.says))
    return found


def draft(
    stream: Stream, measure: str, found: tuple[Suggestion, ...], seen: Series | None, day: date
) -> Draft:
    """What to write first for a point: of a suggestion its target, else what the step promises."""
    _, last = first_and_last_day(next_quarter(day)) or (day, day)
    own = next((s for s in found if measure_of(s.path, stream) == measure), None)
    if own is not None:
        return Draft(
            measure,
            said(own),
            _written(own, own.target),
            "stay above" if own.is_guardrail else "to",
            "" if own.is_guardrail else _written(own, own.baseline),
            last.isoformat(),
        )
    level = seen.level(seen.counted[-1].end) if seen and seen.counted else None
    unit: Unit = seen.path.figure.unit if seen else "cases"
    from_ = "" if seen is None or level is None else write_target(level, unit, seen.currency)
    return Draft(measure, _says(measure), _kept(stream, measure), from_=from_, by=last.isoformat())


def _says(measure: str) -> str:
    try:
        path = parse(measure)
    except NoSuchFigure:
        return ""
    says = path.figure.says
    return f"{says[:1].upper()}{says[1:]}{f', {path.step}' if path.step else ''}"


def _kept(stream: Stream, measure: str) -> str:
    """The share of visits in which the step is to keep its promise."""
    try:
        path = parse(measure).found(stream)
    except NoSuchFigure:
        return ""
    if path.figure.name != "promise.kept" or path.step is None:
        return ""
    value = stream.steps[stream.index[path.step]].value
    return write_target(value.keep, "share") if value and value.keep is not None else ""


def _written(own: Suggestion, value: float) -> str:
    return write_target(value, own.path.figure.unit, own.series.currency)


def _shown(own: Suggestion, value: float) -> str:
    return write_value(value, own.path.figure.unit, own.series.currency)
