"""The state of a key result on a day, from its aim and its course: the rules of docs/goals.md."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from valuestream.goals.chance import FEWEST_WEEKS, Forecast, forecast
from valuestream.model.aims import Aim
from valuestream.model.series import Series

State = Literal[
    "not measurable",
    "broken",
    "missed",
    "at risk",
    "behind",
    "unknown",
    "not begun",
    "on track",
    "kept",
    "reached",
]
STATES: tuple[State, ...] = get_args(State)
"""The worst first."""
LIKELY = 0.5
"""What is less likely than this is at risk."""
_A_QUARTER = timedelta(days=91)
"""How far ahead a guardrail without an end is watched."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a key result on a day.

    Attributes:
        state: In a word.
        value: The level of the last four weeks; None where fewer than two of them have a value.
        data_until: The last day of the last whole week of the log.
        progress: The share of the way from baseline to target.
        expected: The value that was to be reached by now.
        chance: That the target is reached on its day, or that a guardrail holds until then.
        forecast: The paths that the chance is of.
        reason: Why something is not known; empty where nothing is missing.
    """

    state: State
    value: float | None = None
    data_until: date | None = None
    progress: float | None = None
    expected: float | None = None
    chance: float | None = None
    forecast: Forecast | None = None
    reason: str = ""


def judge(aim: Aim, known: Series, as_of: date) -> Judged:
    """What is known of a key result at the end of a day, from the weeks that were over then."""
    whole = [point for point in known.points if point.whole]
    if not known.counted or not whole:
        return Judged("unknown", reason=f"no whole week has a value by {as_of}")
    until = whole[-1].end
    over = aim.by is not None and aim.by < as_of
    last = min(until, aim.by + timedelta(days=1)) if aim.by and over else until
    value = known.level(last)
    data_until = until - timedelta(days=1)
    if value is None:
        reason = f"fewer than two of the four weeks to {last - timedelta(days=1)} have a value"
        return Judged("unknown", data_until=data_until, reason=reason)
    ahead = None if over else _ahead(aim, known, as_of)
    chance = ahead.chance(aim) if ahead else None
    found = Judged(
        "unknown",
        value,
        data_until,
        aim.progress(value),
        aim.expected(as_of),
        chance,
        ahead,
        "" if ahead or over else _why_no_chance(aim, known, as_of),
    )
    return replace(found, state=_state(found, value, aim, as_of))


def _ahead(aim: Aim, known: Series, as_of: date) -> Forecast | None:
    until = _until(aim, as_of)
    return forecast(known.points, until, known.path.figure.unit) if until else None


def _until(aim: Aim, as_of: date) -> date | None:
    return aim.by or (as_of + _A_QUARTER if aim.is_guardrail else None)


def _why_no_chance(aim: Aim, known: Series, as_of: date) -> str:
    weeks = len(known.counted)
    if weeks < FEWEST_WEEKS:
        return f"{weeks} weeks are too few to tell a chance; it takes {FEWEST_WEEKS}"
    until = _until(aim, as_of)
    if until is None:
        return "no day is said by which it is to be reached; add 'by'"
    if (until - known.counted[-1].end).days + 1 < 7:
        return "no chance is estimated: its day is less than a week after the last whole week"
    return "no chance is estimated: its day is more than a year after the last whole week"


def _state(found: Judged, value: float, aim: Aim, as_of: date) -> State:
    if aim.is_guardrail:
        return _of_guardrail(found, aim.is_met(value))
    if aim.by is not None and aim.by < as_of:
        return _when_over(found, aim.is_met(value), aim.by)
    if aim.is_met(value):
        return "reached"
    if aim.start is not None and as_of < aim.start:
        return "not begun"
    return _on_its_way(found, value, aim)


def _of_guardrail(found: Judged, is_met: bool) -> State:
    if not is_met:
        return "broken"
    return "at risk" if found.chance is not None and found.chance < LIKELY else "kept"


def _when_over(found: Judged, is_met: bool, by: date) -> State:
    # The weeks that would tell must be there.
    if found.data_until is None or (by - found.data_until).days > 7:
        return "unknown"
    return "reached" if is_met else "missed"


def _on_its_way(found: Judged, value: float, aim: Aim) -> State:
    if found.chance is not None and found.chance < LIKELY:
        return "at risk"
    if found.expected is not None and aim.is_short_of(value, found.expected):
        return "behind"
    return "on track" if found.expected is not None or found.chance is not None else "unknown"


def worst(states: Sequence[State]) -> State:
    """The state of an objective: the worst of its key results'."""
    return min(states, key=STATES.index)
