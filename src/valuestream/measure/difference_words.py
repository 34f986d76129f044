"""A difference in one plain sentence; a comparison as a document."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import isclose
from typing import Any

from valuestream.measure.differences import Comparison, Difference
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
_WORKING = "working_time."
_PERCENTILES = {".p50": "the median is ", ".p85": "the 85th percentile is "}


def comparison_document(found: Comparison) -> dict[str, Any]:
    """The comparison as a JSON object."""
    return {
        "cases": {"one": found.cases[0], "other": found.cases[1]},
        "differences": [
            {**asdict(d), "larger_than_chance": d.larger_than_chance, "says": in_words(d)}
            for d in found.differences
        ],
        "not_told": list(found.not_told),
    }


def in_words(difference: Difference) -> str:
    """What the other segment is to the one: by how much, between what, and whether by chance.

    Such as `Wait before Check-in: the median is 12 min longer (8 min to 15 min), a large difference
    that chance does not explain`.
    """
    name, percentile = _parts(difference.figure)
    words = _DURATIONS if percentile else _SHARES
    one, other = words.value(difference.one), words.value(difference.other)
    subject = f"{_subject(name)}: {_PERCENTILES.get(percentile, '')}"
    if isclose(difference.one, difference.other, rel_tol=1e-9):
        return f"{subject}the same, {one}"
    both = "" if percentile else f"{other} instead of {one}, "
    return f"{subject}{both}{_apart(difference, words)}, {_judgement(difference)}"


def _parts(figure: str) -> tuple[str, str]:
    for percentile in _PERCENTILES:
        if figure.endswith(percentile):
            return figure.removesuffix(percentile), percentile
    return figure, ""


def _subject(name: str) -> str:
    if _WORKING in name:
        return f"{_subject(name.replace(_WORKING, ''))} in working time"
    if not name.startswith("steps/"):
        return _OF_ALL.get(name, name)
    # A step's own name may hold a slash.
    step, _, figure = name.removeprefix("steps/").rpartition("/")
    return _OF_STEPS.get(figure, f"{figure} of {{}}").replace("{}", step)


@dataclass(frozen=True, slots=True)
class _Words:
    """How a value is said, an amount, and more or less by an amount."""

    value: Callable[[float], str]
    amount: Callable[[float], str]
    more: str
    less: str

    def by(self, amount: float) -> str:
        if amount == 0:
            return "the same"
        return f"{self.amount(abs(amount))} {self.more if amount > 0 else self.less}"


def _apart(difference: Difference, words: _Words) -> str:
    by, low, high = difference.other - difference.one, difference.low, difference.high
    if low >= 0 < by:
        ends = f"{words.amount(low)} to {words.amount(high)}"
    elif high <= 0 > by:
        ends = f"{words.amount(abs(high))} to {words.amount(abs(low))}"
    else:
        ends = f"{words.by(low)} to {words.by(high)}"
    return f"{words.by(by)} ({ends})"


def _points(share: float) -> str:
    points = f"{share * 100:.0f}" if share >= 0.0995 else f"{share * 100:.1f}".removesuffix(".0")
    if points == "0" and share > 0:
        return "< 0.1 points"
    return f"{points} point{'' if points == '1' else 's'}"


_DURATIONS = _Words(format_duration, format_duration, "longer", "shorter")
_SHARES = _Words(format_share, _points, "more", "less")


def _judgement(difference: Difference) -> str:
    if not difference.larger_than_chance:
        return "which may be chance"
    # The size is that of all values: where only the slowest differ, "negligible" would mislead.
    if difference.size == "negligible" and _parts(difference.figure)[1]:
        return "which chance does not explain, though the values as a whole hardly differ"
    return f"a {difference.size} difference that chance does not explain"
