"""What is said of a discovered stream: how much it explains, what is left out, what to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from valuestream.discover.seen import Activity, Sequences
from valuestream.discover.steps import RARE, Part
from valuestream.discover.ways import Course
from valuestream.model.shares import format_share

MUCH = 0.2
"""Where a larger share of the visits is in no step, that is said."""
_NAMED = 30
_PROPOSED = 6


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a log."""

    cases: int
    activities: Sequence[Activity]
    parts: Sequence[Part]
    course: Course
    sequences: Sequences
    left_out: Mapping[str, int]
    cover: float
    proposals: Sequence[str]
    first: Sequence[str]
    """The names of the steps that come first, in either order where there are several."""


def head(found: Found) -> list[str]:
    """The comments above the stream."""
    rows = sum(a.rows for a in found.activities)
    said = (
        f"A first stream from an event log: {found.cases:,} cases, {rows:,} visits, "
        f"{len(found.activities):,} activities.",
        *sentences(found),
        "Next: say who the customer is, and at each step what the customer receives; a step that "
        "gives nothing can perhaps go. wait and work are means, measured; right is the share of "
        "the visits after which the case does not come back to the step or an earlier one.",
        *_left_out(found),
        *_proposed(found),
    )
    return [line for sentence in said for line in wrap(sentence, 97, break_long_words=False)]


def sentences(found: Found) -> tuple[str, ...]:
    """How much is explained and by which threshold; what is odd of the log, and what to do."""
    explained = format_share(found.course.explained)
    looked = found.sequences.looked_at
    sampled = "" if looked == 1 else f" looked at (a sample of {format_share(looked)})"
    said = (
        f"Its ways explain {explained} of the cases{sampled}: their steps can be walked from where "
        "cases start to an end."
    )
    if found.course.moves < 1:
        said += (
            f" Ways that fewer than {format_share(found.course.threshold)} of a step's visits "
            "take are left out."
        )
    return (said, *_odd(found), *_beside(found))


def _odd(found: Found) -> Iterator[str]:
    """Why it may be no stream yet, and what to do."""
    variants, total = len(found.sequences.cases), found.sequences.total
    if found.cases == 1:
        yield "The log has one case: that is an example, no stream; add more cases."
    elif max(map(len, found.sequences.cases)) == 1:
        yield (
            "No case has more than one visit, so the order of the steps is not known; look "
            "whether the right column is the case (--case)."
        )
    elif found.course.explained < min(0.5, found.cover):
        yield (
            f"That is little: the {total:,} cases took {variants:,} different ways, though "
            f"{format_share(found.course.moves)} of the moves are on those written. Join "
            "activities into steps ('events'), ask for fewer steps (--steps), or look at cases "
            "of one kind."
        )


def _beside(found: Found) -> Iterator[str]:
    """What stands beside the steps and their ways."""
    if len(found.first) > 1:
        names = " and ".join(map(repr, found.first))
        yield (
            f"{names} come in either order at the start, perhaps at the same time: a step written "
            "above them can say so, with 'then: {together: […]}'."
        )
    if none := found.cases - found.sequences.of:
        yield f"{none:,} of the {found.cases:,} cases have none of its steps and do not count."
    if (share := _share_left_out(found)) > MUCH:
        yield (
            f"{format_share(share)} of the visits are in no step: the log has "
            f"{len(found.activities):,} activities. Name those that belong together in a step's "
            "'events' ('Check *' stands for all that begin so)."
        )


def _share_left_out(found: Found) -> float:
    return sum(found.left_out.values()) / sum(a.rows for a in found.activities)


def _left_out(found: Found) -> list[str]:
    if not found.left_out:
        return []
    share = _share_left_out(found)
    most = sorted(found.left_out.items(), key=lambda named: (-named[1], named[0]))
    named = [f"{' '.join(name.split())[:80]} ({rows:,})" for name, rows in most[:_NAMED]]
    more = f"; and {len(most) - _NAMED:,} more" if len(most) > _NAMED else ""
    return [
        f"In no step, for they are rare (under {format_share(RARE)} of the cases) or beyond the "
        f"most steps, {format_share(share)} of the visits: {'; '.join(named)}{more}",
    ]


def _proposed(found: Found) -> list[str]:
    if not found.proposals:
        return []
    more = len(found.proposals) - _PROPOSED
    rest = f"; and {more:,} more such" if more > 0 else ""
    said = "; ".join(found.proposals[:_PROPOSED])
    return [f"Perhaps one step each (join them with 'events', or keep them apart): {said}{rest}."]
