"""Reasons found on one half of the cases, confirmed on the other, and told apart from each other.

Each value of each feature is tested against the other cases to which the question applies, one way
(worse): found where its p, adjusted for all tests (Benjamini and Hochberg 1995), is below 0.05 on
the one half, confirmed where its p, adjusted for all found (Holm 1979), is so on the other.

A reason that says nothing more, given those that say more (van Elteren's test within the cases
that share them), is folded into the one it overlaps most. One that says nothing among cases that
came at the same time (ten stretches of as many cases) is said to be so by the period alone.
"""

from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from valuestream.events import Events
from valuestream.measure import MeasureError, Visits
from valuestream.measure.effects import benjamini_hochberg
from valuestream.model.reasons import Effect, Reason, Reasons
from valuestream.why.features import Feature
from valuestream.why.looking import features
from valuestream.why.problems import Problem
from valuestream.why.ranks import Codes, Mask, higher, holm, ranked, tail
from valuestream.why.sampled import Cases, sampled

_CHANCE = 0.05
_FEWEST_A_HALF = 10
_LEAST_DELTA = 0.02
_STRETCHES = 10
_MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class _Segment:
    """A value of a feature: its cases among those to which the question applies."""

    feature: Feature
    code: int
    inside: Mask
    applies: Mask
    p: float = 1.0
    p_confirmed: float = 1.0

    @property
    def says(self) -> str:
        return self.feature.segments[self.code]

    def z(self, cases: Cases, among: Mask, strata: Codes | None = None) -> float:
        asked = self.applies & among
        of = np.zeros(int(asked.sum()), np.int64) if strata is None else strata[asked]
        return higher(ranked(cases.value[asked], of), self.inside[asked], of)


def why(visits: Visits, events: Events, problem: Problem, zone: str = "UTC") -> Reasons:
    """What sets the cases of a problem apart; hours and days are those of the time zone.

    Raises MeasureError where there are too few cases, or nothing in which they differ.
    """
    cases = sampled(visits, problem)
    looked_at, left_out = features(visits, events, problem, cases, zone)
    asked = [segment for feature in looked_at for segment in _segments(feature, cases)]
    if not asked:
        raise MeasureError(
            "the cases do not differ in anything that at least ten of each half have and others "
            "have not; choose more cases, or a log with attributes"
        )
    found = _found(asked, cases)
    confirmed = _confirmed(found, cases)
    if cases.without:
        why_not = "are not completed" if problem.step is None else "tell nothing of it"
        left_out.append(f"{cases.without:,} cases were left out, for they {why_not}")
    if cases.cut:
        left_out.append(
            f"{cases.cut:,} cases came too late in the log to tell whether they are slow"
        )
    reasons = _told_apart(confirmed, cases)
    return Reasons(
        problem.name,
        problem.does,
        problem.unit,
        cases.threshold if problem.unit == "seconds" else None,
        len(cases.value),
        cases.of,
        int(cases.bad.sum()),
        len(asked),
        tuple(sorted(reasons, key=lambda r: (r.only_by_period, -r.explained))),
        len(found) - len(confirmed),
        tuple(left_out),
    )


def _segments(feature: Feature, cases: Cases) -> list[_Segment]:
    """The values that enough cases of both halves have, and enough have not."""
    applies, found = feature.codes >= 0, []
    of = [int((applies & half).sum()) for half in (cases.first_half, ~cases.first_half)]
    for code in feature.asked or range(len(feature.values)):
        inside = feature.codes == code
        many = int((inside & cases.first_half).sum()), int((inside & ~cases.first_half).sum())
        if all(_FEWEST_A_HALF <= n <= m - _FEWEST_A_HALF for n, m in zip(many, of, strict=True)):
            found.append(_Segment(feature, code, inside, applies))
    return found


def _found(asked: list[_Segment], cases: Cases) -> list[_Segment]:
    ps = [tail(segment.z(cases, cases.first_half)) for segment in asked]
    adjusted = benjamini_hochberg(ps)
    return [
        replace(segment, p=p)
        for segment, p in zip(asked, adjusted, strict=True)
        if p < _CHANCE and _effect(segment, cases).cliffs_delta >= _LEAST_DELTA
    ]


def _confirmed(found: list[_Segment], cases: Cases) -> list[_Segment]:
    ps = holm([tail(segment.z(cases, ~cases.first_half)) for segment in found])
    return [replace(s, p_confirmed=p) for s, p in zip(found, ps, strict=True) if p < _CHANCE]


def _told_apart(confirmed: list[_Segment], cases: Cases) -> list[Reason]:
    """The reasons that say something beyond each other, the clearest sought first."""
    every = np.ones(len(cases.value), np.bool_)
    clearest = sorted(confirmed, key=lambda s: -s.z(cases, every))
    stretch = _stretches(cases)
    kept: list[_Segment] = []
    same: dict[int, list[str]] = {}
    beyond = _limit(len(confirmed))
    strata = np.zeros(len(cases.value), np.int64)
    for segment in clearest:
        if kept and (len(kept) == _MOST_KEPT or segment.z(cases, every, strata) < beyond):
            same.setdefault(_nearest(segment, kept), []).append(segment.says)
            continue
        strata = np.unique(strata * 2 + segment.inside, return_inverse=True)[1].astype(np.int64)
        kept.append(segment)
    return [
        _reason(
            segment,
            cases,
            not segment.feature.of_time and segment.z(cases, every, stretch) < beyond,
            tuple(same.get(at, ())),
        )
        for at, segment in enumerate(kept)
    ]


def _limit(many: int) -> float:
    """The z above which one of so many tests is not chance: Bonferroni's, by bisection."""
    low, high = 0.0, 10.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) > _CHANCE / max(many, 1) else (low, middle)
    return high


def _nearest(segment: _Segment, kept: list[_Segment]) -> int:
    """The kept one whose cases are most the same: the phi coefficient."""
    phis = [abs(np.corrcoef(segment.inside, other.inside)[0, 1]) for other in kept]
    return int(np.argmax(phis))


def _stretches(cases: Cases) -> Codes:
    order = np.argsort(cases.start_us, kind="stable")
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(len(order)) * _STRETCHES // len(order)
    return found


def _reason(segment: _Segment, cases: Cases, by_period: bool, same: tuple[str, ...]) -> Reason:
    inside, others = segment.inside, segment.applies & ~segment.inside
    excess = cases.excess
    beyond = (excess[inside].mean() - excess[others].mean()) * inside.sum() / excess.sum()
    return Reason(
        segment.feature.name,
        segment.feature.values[segment.code],
        segment.feature.step,
        segment.says,
        int(inside.sum()),
        float(inside.mean()),
        float(cases.bad[inside].sum() / cases.bad.sum()),
        _effect(segment, cases),
        float(beyond),
        segment.p,
        segment.p_confirmed,
        by_period,
        segment.feature.late,
        same,
    )


def _effect(segment: _Segment, cases: Cases) -> Effect:
    one = cases.value[segment.inside]
    other = cases.value[segment.applies & ~segment.inside]
    apart = float(one.mean() - other.mean())
    error = 1.96 * sqrt(one.var(ddof=1) / len(one) + other.var(ddof=1) / len(other))
    ranks = ranked(np.r_[one, other], np.zeros(len(one) + len(other), np.int64))
    above = float(ranks[: len(one)].sum()) - len(one) * (len(one) + 1) / 2
    is_share = cases.threshold == 0.0
    bad = cases.bad[segment.inside].mean()
    rest = cases.bad[segment.applies & ~segment.inside].mean()
    return Effect(
        float(one.mean()),
        float(other.mean()),
        None if is_share else float(np.median(one)),
        None if is_share else float(np.median(other)),
        apart - error,
        apart + error,
        2 * above / (len(one) * len(other)) - 1,
        float(bad / rest) if rest else None,
    )
