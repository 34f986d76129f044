"""Reasons in plain sentences."""

from valuestream.model.durations import format_duration
from valuestream.model.reasons import Reason, Reasons
from valuestream.model.shares import format_share

_MOST_SAME = 3


def heading(found: Reasons) -> str:
    """How many cases have the problem, out of how many, and how many things were looked at."""
    above = f" (above {format_duration(found.threshold)})" if found.threshold is not None else ""
    sample = f", a sample of {found.of:,}" if found.of > found.cases else ""
    are = found.problem if found.problem == "slow" else f"cases {found.problem}"
    return (
        f"{found.with_problem:,} of {found.cases:,} cases{sample} are {are}{above}; "
        f"{found.looked_at:,} things looked at"
    )


def sentence(reason: Reason, found: Reasons) -> str:
    """One reason: by how much its cases differ, how many they are, and how sure that is."""
    p = "< 0.001" if reason.p_confirmed < 0.001 else f"= {reason.p_confirmed:.2g}"
    said = (
        f"Cases {reason.segment} {_differ(reason, found)}; they are "
        f"{format_share(reason.share_of_cases)} of the cases and hold "
        f"{format_share(reason.share_of_problem)} of those {_those(found)}; "
        f"confirmed on the other half (p {p}, {found.looked_at:,} things looked at)"
    )
    return ". ".join([said, *_remarks(reason)]) + "."


def _those(found: Reasons) -> str:
    return "that are slow" if found.problem == "slow" else found.problem


def _differ(reason: Reason, found: Reasons) -> str:
    effect = reason.effect
    if found.unit == "share":
        return (
            f"{found.does} in {format_share(effect.mean)} of the cases "
            f"against {format_share(effect.other_mean)}"
        )
    if effect.median is not None and effect.other_median is not None:
        apart = effect.median - effect.other_median
        if apart > 0:
            return (
                f"{found.does} {format_duration(apart)} longer (median "
                f"{format_duration(effect.median)} against {format_duration(effect.other_median)})"
            )
    return (
        f"{found.does} longer, though not in the middle (mean {format_duration(effect.mean)} "
        f"against {format_duration(effect.other_mean)})"
    )


def _remarks(reason: Reason) -> list[str]:
    said = []
    if reason.only_by_period:
        said.append(
            "Cases that came at the same time do not differ so: it is when they came that differs"
        )
    if reason.known_late:
        said.append("This is known only at the last step: a sign, hardly a cause")
    if reason.same:
        more = len(reason.same) - _MOST_SAME
        rest = f", and {more} more" if more > 0 else ""
        named = "; ".join(reason.same[:_MOST_SAME])
        said.append(f"Much the same cases, or explained by these: {named}{rest}")
    return said
