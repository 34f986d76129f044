"""What the figures say, in a few plain sentences."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from valuestream.model.figures import Figures, StepFigures
from valuestream.model.stream import Stream
from valuestream.report.filters import duration, known, share

_MUCH = 0.3
"""From this share on, one step holds much of the time."""


class Most(NamedTuple):
    """The step with the most of some time, its share of all of it, and what that is a case."""

    step: StepFigures
    share: float
    seconds_per_case: float

    @property
    def name(self) -> str:
        """The step's name inside a sentence."""
        return quoted(self.step.step)


def summary(stream: Stream, figures: Figures) -> str:
    """A short paragraph for somebody who reads nothing else. No figure stands for an absent one."""
    return " ".join(_sentences(stream, figures))


def _sentences(stream: Stream, figures: Figures) -> Iterator[str]:
    if figures.provenance == "declared":
        yield _declared(figures)
    elif not figures.cases:
        yield "The log has no case that visited a step of this stream, so nothing is measured yet."
    else:
        yield _lead_time(stream, figures)
        yield from _where_time_goes(figures)
        yield from _what_comes_back(figures)
        yield from _worst_promise(figures)
    unanswered = sum(1 for step in stream.steps if not step.has_value)
    if unanswered:
        yield _unanswered(stream, unanswered)


def _declared(figures: Figures) -> str:
    if figures.lead_time.mean is None:
        return (
            "Nothing is measured yet: the stream has no event log, and not all steps say how long "
            "they take."
        )
    time = duration(figures.lead_time.mean)
    efficiency = figures.flow_efficiency
    work = f", of which {share(efficiency)} is work" if efficiency is not None else ""
    return f"As declared, a case takes {time}{work}. Nothing is measured yet."


def _lead_time(stream: Stream, figures: Figures) -> str:
    who = _customer(stream)
    p50, p85 = figures.lead_time.p50, figures.lead_time.p85
    if p50 is None or p85 is None:
        return "How long a case takes cannot be told from this log."
    if figures.cases == 1:
        return f"The one {who} seen took {duration(p50)}."
    work = figures.flow_efficiency
    worked = f"; {share(work)} of that time is work" if work is not None else ""
    return (
        f"One {who} in two is through within {duration(p50)}, "
        f"85 in 100 within {duration(p85)}{worked}."
    )


def _customer(stream: Stream) -> str:
    """The customer in the middle of a sentence; names of several words stay as written."""
    name = known(stream.customer) or "case"
    return name.lower() if name.istitle() and name.isalpha() else name


def _where_time_goes(figures: Figures) -> Iterator[str]:
    waiting = most_waiting(figures)
    if waiting is None:
        yield from _where_time_passes(figures)
    elif waiting.share >= _MUCH:
        each = duration(waiting.seconds_per_case)
        yield f"{share(waiting.share)} of all waiting is before {waiting.name}, {each} a case."


def _where_time_passes(figures: Figures) -> Iterator[str]:
    elapsed = _most(figures, lambda step: step.elapsed_time.mean)
    if elapsed and elapsed.share >= _MUCH:
        each = duration(elapsed.seconds_per_case)
        yield (
            f"{share(elapsed.share)} of all time passes until {elapsed.name} is done, {each} a "
            "case; how much of it is work, the log does not tell."
        )


def most_waiting(figures: Figures) -> Most | None:
    """The step that holds most of the waiting, and its share of all of it; None if unknown."""
    return _most(figures, lambda step: step.wait_time.mean)


def _most(figures: Figures, mean_of: Callable[[StepFigures], float | None]) -> Most | None:
    """A step's time in all is its mean times the visits that another came before."""
    followers = dict.fromkeys((s.step for s in figures.steps), 0)
    for transition in figures.transitions:
        followers[transition.to] += transition.count
    times = [(step, (mean_of(step) or 0.0) * followers[step.step]) for step in figures.steps]
    total = sum(seconds for _, seconds in times)
    if not total:
        return None
    step, seconds = max(times, key=lambda time: time[1])
    return Most(step, seconds / total, seconds / (figures.cases or 1))


def _what_comes_back(figures: Figures) -> Iterator[str]:
    step = max(figures.steps, key=lambda s: (s.rework or 0.0) * (s.cases or 0))
    if step.rework and step.rework >= 0.02:
        yield f"{share(step.rework)} of those who come to {quoted(step.step)} come to it again."


def _worst_promise(figures: Figures) -> Iterator[str]:
    broken = [
        (step.promise.target - step.promise.kept, step)
        for step in figures.steps
        if step.promise and step.promise.kept is not None and step.promise.target is not None
    ]
    gap, step = max(broken, key=lambda pair: pair[0], default=(0.0, None))
    if step and step.promise and step.promise.kept is not None and gap > 0:
        yield (
            f"What {quoted(step.step)} promises is kept {share(step.promise.kept)} of the "
            f"time, where {share(step.promise.target or 0)} is wanted."
        )


def _unanswered(stream: Stream, count: int) -> str:
    who = f"the {_customer(stream)}" if known(stream.customer) else "the customer"
    if count == len(stream.steps):
        return f"Nobody has said yet what {who} receives from any step."
    steps = "one step" if count == 1 else f"{count} steps"
    return f"Of {steps} nobody has said yet what {who} receives."


def quoted(name: str) -> str:
    """A step's name inside a sentence."""
    return f"“{name}”"
