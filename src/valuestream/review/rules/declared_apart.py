"""What it finds: a declared work, wait or share of right visits that is not what was measured.

Why it matters: people plan by what stands in the text: how many are needed, what can be promised.
What is written and wrong is worse than what is not written.

Example: in a log by which the work takes 25 min.

    - step: Check the application
      work: 5 min

Instead: write what is, and keep what should be for a scenario.

    - step: Check the application
      work: 25 min

How it is computed: on 30 visits or more. Of `work` and `wait`: the measured mean is one and a half
times the declared one or more, or two thirds or less; the median lies on the same side; and the
declared one is outside the 95 % interval of the mean, whose width follows from the median and the
85th percentile (log-normal). What is apart by less than a twentieth of the mean lead time is left
alone, and what is shorter than declared is a note. A guess with a range holds where the mean is
within it. Of `right`: the declared share is outside the 95 % interval (Wilson) of %C&A, and 5
points or more from it.
"""

from collections.abc import Iterator
from math import exp, log, sqrt

from valuestream.model.chance import wilson
from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, Spread, StepFigures
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.shares import format_share
from valuestream.model.stream import Step, Stream
from valuestream.review.stands import stands_on

CODE = "VS501"
TITLE = "A declared figure that is not the measured one"
SEVERITY: Severity = "warning"

_FEWEST_VISITS = 30
_RATIO = 1.5
_POINTS = 0.05
_OF_LEAD_TIME = 0.05
_Z = 1.959964
_Z85 = 1.036433  # 85 % of the standard normal distribution


def find(stream: Stream, seen: Seen) -> Iterator[Finding]:
    """Each declared figure that is apart from what was measured."""
    figures = seen.figures
    if figures.cases is None:
        return
    least = _OF_LEAD_TIME * (figures.lead_time.mean or 0.0)
    for place, (step, shown) in enumerate(zip(stream.steps, figures.steps, strict=True)):
        if (shown.visits or 0) < _FEWEST_VISITS:
            continue
        if (
            step.work
            and not _within(step, shown)
            and _apart(step.work.expected, shown.process_time, shown, least)
        ):
            yield _time(place, step, "work", shown.process_time, figures)
        if step.wait is not None and _apart(step.wait, shown.wait_time, shown, least):
            yield _time(place, step, "wait", shown.wait_time, figures)
        if _wrong(step, shown):
            yield _right(place, step, shown, figures)


def _within(step: Step, shown: StepFigures) -> bool:
    work, mean = step.work, shown.process_time.mean
    if work is None or mean is None or work.min is None or work.max is None:
        return False
    return work.min <= mean <= work.max


def _apart(declared: float, spread: Spread, shown: StepFigures, least: float) -> bool:
    mean, median, p85 = spread.mean, spread.p50, spread.p85
    if mean is None or median is None or p85 is None:
        return False
    longer = mean >= _RATIO * declared and median > declared
    shorter = mean <= declared / _RATIO and median < declared
    if not (longer or shorter) or (median <= 0 and declared <= 0):
        return False
    half = _Z * _deviation(mean, median, p85) / sqrt(shown.visits or 1)
    return abs(mean - declared) > max(half, least)


def _deviation(mean: float, median: float, p85: float) -> float:
    """The standard deviation of a log-normal distribution of this mean and these percentiles."""
    if median <= 0:
        return max(mean, p85)
    sigma = log(max(p85, median) / median) / _Z85
    return mean * sqrt(exp(min(sigma, 3.0) ** 2) - 1)


def _time(place: int, step: Step, key: str, spread: Spread, figures: Figures) -> Finding:
    declared = (step.work.expected if step.work and key == "work" else step.wait) or 0.0
    mean = spread.mean or 0.0
    return Finding(
        CODE,
        SEVERITY if mean > declared else "note",
        f"{step.step!r} declares {key}: {format_duration(declared)}, and it is "
        f"{format_duration(mean)} on average, {stands_on(figures)}",
        f"write '{key}: {format_duration(mean)}', or leave it out so that the measured one counts",
        ("steps", place, key),
        step.step,
        {"declared": declared, "mean": mean, "median": spread.p50, "p85": spread.p85},
    )


def _wrong(step: Step, shown: StepFigures) -> bool:
    share = shown.complete_accurate
    if step.right is None or share is None or abs(step.right - share) < _POINTS:
        return False
    low, high = wilson(share, shown.visits or 0)
    return not low <= step.right <= high


def _right(place: int, step: Step, shown: StepFigures, figures: Figures) -> Finding:
    share = shown.complete_accurate or 0.0
    low, high = wilson(share, shown.visits or 0)
    return Finding(
        CODE,
        SEVERITY,
        f"{step.step!r} declares right: {format_share(step.right or 0.0)}, and "
        f"{format_share(share)} of its visits do not come back, {stands_on(figures)}",
        f"write 'right: {share * 100:.0f} %', or leave it out so that the measured one counts",
        ("steps", place, "right"),
        step.step,
        {"declared_right": step.right, "complete_accurate": share, "low": low, "high": high},
    )
