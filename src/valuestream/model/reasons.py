"""What sets the cases of a problem apart from the others."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["seconds", "share"]


@dataclass(frozen=True, slots=True)
class Effect:
    """How much worse the cases of a segment fare than the others.

    Durations are in seconds; of a problem that a case has or has not they are shares.

    Attributes:
        mean: The mean of the segment,
        other_mean: and of the others.
        median: The median of the segment,
        other_median: and of the others; None of shares.
        low: The ends of the 95 % interval
        high: of the difference of the means (Welch).
        cliffs_delta: P(worse) − P(better) over all pairs; of shares their difference.
        risk_ratio: The share with the problem over that of the others; None where those have none.
    """

    mean: float
    other_mean: float
    median: float | None
    other_median: float | None
    low: float
    high: float
    cliffs_delta: float
    risk_ratio: float | None


@dataclass(frozen=True, slots=True)
class Reason:
    """A segment of the cases that fares worse than the others.

    Attributes:
        feature: What was looked at: `channel`, `first resource`, `weekday`.
        value: Its value in these cases.
        step: The step that it is about, if it is about one.
        segment: Which cases these are, to follow "Cases".
        cases: How many they are,
        share_of_cases: of all that were looked at.
        share_of_problem: Their share of the cases with the problem.
        explained: The share of the problem's size (time above the threshold, or cases) that
            would vanish if these cases were as the others: the attributable fraction.
        p: Of the half on which it was found, adjusted for all that was looked at.
        p_confirmed: Of the other half, adjusted for all that was found.
        only_by_period: Whether cases that came at the same time do not differ.
        known_late: Whether its value stands only at the last event of the cases.
        same: Segments that say nothing beyond this one.
    """

    feature: str
    value: str
    step: str | None
    segment: str
    cases: int
    share_of_cases: float
    share_of_problem: float
    effect: Effect
    explained: float
    p: float
    p_confirmed: float
    only_by_period: bool = False
    known_late: bool = False
    same: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """What sets the cases of a problem apart.

    Attributes:
        problem: The problem, to follow "cases".
        does: What a case does more, such as `take` or `wait before Check-in`.
        unit: Of the effects.
        threshold: Seconds above which a case has the problem; None of shares.
        cases: The cases looked at,
        of: out of so many,
        with_problem: and those of them that have it.
        looked_at: The segments that were tested.
        reasons: Those found on one half and confirmed on the other, most explained first.
        unconfirmed: Found on the one half and not confirmed.
        left_out: What was not looked at, each in a sentence.
    """

    problem: str
    does: str
    unit: Unit
    threshold: float | None
    cases: int
    of: int
    with_problem: int
    looked_at: int
    reasons: tuple[Reason, ...]
    unconfirmed: int = 0
    left_out: tuple[str, ...] = ()
