"""A small picture on a finding's card: the stream's steps as bars, the finding's own among them."""

from collections.abc import Callable
from typing import NamedTuple

from markupsafe import Markup, escape

from valuestream.model.figures import Figures, StepFigures
from valuestream.model.findings import Finding

_WIDE, _HIGH, _LEAST = 300.0, 46.0, 3.0
_MOST_STEPS = 60


class _Measure(NamedTuple):
    """What the bars stand for, and how long a step's is; None where it is not known."""

    name: str
    of: Callable[[StepFigures], float | None]


def _wait(step: StepFigures) -> float | None:
    mean = step.wait_time.mean
    return step.elapsed_time.mean if mean is None else mean


def _broken(step: StepFigures) -> float | None:
    kept = step.promise.kept if step.promise else None
    return None if kept is None else 1 - kept


def _work(step: StepFigures) -> float | None:
    return step.process_time.mean


_WAIT = _Measure("The mean wait before each step", _wait)
_OF_FLOW = ("VS2", "VS4")
"""The families of codes whose findings show in the waits."""
_MEASURES = {
    "VS202": _Measure("The share of cases that come back to each step", lambda s: s.rework),
    "VS301": _Measure("The share of visits that break each step's promise", _broken),
    "VS404": _Measure("The mean process time of each step", _work),
}


def finding_picture(finding: Finding, figures: Figures) -> Markup | None:
    """The picture; None for a finding of no step, or where there is nothing to compare."""
    names = [step.step for step in figures.steps]
    if finding.step not in names or not 1 < len(names) <= _MOST_STEPS:
        return None
    measure = _MEASURES.get(finding.code, _WAIT)
    if measure is _WAIT and not finding.code.startswith(_OF_FLOW):
        return None
    heights = [measure.of(step) for step in figures.steps]
    top = max((h for h in heights if h), default=0.0)
    if not top:
        return None
    apart = _WIDE / len(names)
    bars = "".join(
        _bar(i * apart, apart, (height or 0.0) / top, name == finding.step, name)
        for i, (name, height) in enumerate(zip(names, heights, strict=True))
    )
    label = f"{measure.name}; that of {finding.step} is marked"
    return Markup(
        '<svg class="steps-bars" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(f"{_WIDE:g}", f"{_HIGH + 4:g}", label, Markup(bars))  # noqa: S704, made of numbers


def _bar(x: float, apart: float, share: float, own: bool, name: str) -> str:
    high = max(_LEAST, share * _HIGH)
    kind = "own" if own else "other"
    wide = max(2.0, apart - 4)
    return (
        f'<rect class="{kind}" x="{x + 2:.1f}" y="{_HIGH - high + 2:.1f}" width="{wide:.1f}" '
        f'height="{high:.1f}" rx="2"><title>{escape(name)}</title></rect>'
    )
