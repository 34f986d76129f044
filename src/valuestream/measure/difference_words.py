"""A difference in one plain sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from valuestream.measure.differences import Difference
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share

_OF_ALL = {
    "lead_time": "Lead time",
    "process_time": "Process time",
    "completed": "Completed cases",
    "flow_efficiency": "Flow efficiency",
}
_OF_STEPS = {
    "process_time": "Process time of {}",
    "wait_time": "Wait before {}",
    "elapsed_time": "Elapsed time of {}",
    "rework": "Rework of {}",
    "complete_accurate": "Complete and accurate of {}",
    "promise.kept": "Promise of {} kept",
}
_PERCENTILES = {".p50": "the median", ".p85": "the 85th percentile"}


@dataclass(frozen=True, slots=True)
class _Words:
    """How an amount is said, and what is said of more and of less of it."""

    amount: Callable[[float], str]
    more: str
    less: str

    def said(self, by: float) -> str:
        if by == 0:
            return "the same"
        return f"{self.amount(abs(by))} {self.more if by > 0 else self.less}"


def in_words(difference: Difference) -> str:
    """What the other segment is to the one: by how much, between what, and whether by chance.

    Such as `Wait before Check-in: the median is 12 min longer (8 min to 15 min), a large difference
    that chance does not explain`.
    """
    name, percentile = _parts(difference.figure)
    if percentile:
        said = f"{_PERCENTILES[percentile]} is {_apart(difference, _DURATIONS)}"
    else:
        shares = f"{format_share(difference.other)} instead of {format_share(difference.one)}"
        said = f"{shares}, {_apart(difference, _SHARES)}"
    return f"{_subject(name)}: {said}, {_judgement(difference)}"


def _parts(figure: str) -> tuple[str, str]:
    for percentile in _PERCENTILES:
        if figure.endswith(percentile):
            return figure.removesuffix(percentile), percentile
    return figure, ""


def _subject(name: str) -> str:
    if not name.startswith("steps/"):
        return _OF_ALL.get(name, name)
    # A step's own name may hold a slash.
    step, _, figure = name.removeprefix("steps/").rpartition("/")
    return _OF_STEPS.get(figure, f"{figure} of {{}}").replace("{}", step)


def _apart(difference: Difference, words: _Words) -> str:
    by, low, high = difference.other - difference.one, difference.low, difference.high
    if low >= 0 < by:
        ends = f"{words.amount(low)} to {words.amount(high)}"
    elif high <= 0 > by:
        ends = f"{words.amount(-high)} to {words.amount(-low)}"
    else:
        ends = f"{words.said(low)} to {words.said(high)}"
    return f"{words.said(by)} ({ends})"


def _points(share: float) -> str:
    points = f"{share * 100:.2g}" if share < 0.1 else f"{share * 100:.0f}"
    return f"{points} point{'' if points == '1' else 's'}"


def _judgement(difference: Difference) -> str:
    if not difference.larger_than_chance:
        return "which may be chance"
    if difference.size == "negligible":
        return "which chance does not explain, though all in all the two hardly differ"
    return f"a {difference.size} difference that chance does not explain"


_DURATIONS = _Words(format_duration, "longer", "shorter")
_SHARES = _Words(_points, "more", "less")
