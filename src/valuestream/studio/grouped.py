"""The groups of a stream's cases as a page shows them: a row each, their times on one scale."""

from collections.abc import Iterator
from dataclasses import dataclass

from valuestream.draw.parts.promise import Tone, tone_of
from valuestream.events import Ledger
from valuestream.measure.groups import WAYS
from valuestream.model.figures import Figures
from valuestream.studio.addresses import Address
from valuestream.studio.groups import Group, GroupsOf, GroupsSeen
from valuestream.studio.studio import Studio
from valuestream.studio.whole import Answer
from valuestream.studio.words import noted
from valuestream.studio.workspace import Kept

BY = {
    "week": noted("Week"),
    "month": noted("Month"),
    "weekday": noted("Weekday"),
    "variant": noted("Variant"),
}
"""What cases are divided by, in words; else by a column of the log, in its own."""
DAYS = {
    "Monday": noted("Monday"),
    "Tuesday": noted("Tuesday"),
    "Wednesday": noted("Wednesday"),
    "Thursday": noted("Thursday"),
    "Friday": noted("Friday"),
    "Saturday": noted("Saturday"),
    "Sunday": noted("Sunday"),
}
_PROMISES = 3
"""So many promises have a column."""


@dataclass(frozen=True, slots=True)
class Promised:
    """The share of a group's visits that kept a step's promise."""

    kept: float | None
    tone: Tone


@dataclass(frozen=True, slots=True)
class Row:
    """A group; `to_median` and `to_p85` are its lead times as shares of the longest one shown."""

    group: Group
    to_median: float
    to_p85: float
    promised: tuple[Promised, ...]

    @property
    def figures(self) -> Figures | None:
        """Its figures; None where it visited no step."""
        return self.group.figures


@dataclass(frozen=True, slots=True)
class Grouped:
    """The groups that an address asks for, and by what else they could be made."""

    answer: Answer
    choices: tuple[str, ...]
    steps: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    more: int = 0


def grouped(studio: Studio, kept: Kept, address: Address, ledger: Ledger | None) -> Grouped:
    """What is known of them by now; only the choices where the address asks for no groups."""
    columns = ledger.columns if ledger else {}
    who = tuple(columns[c] for c in ("resource",) if c in columns)
    if not address.by:
        return Grouped(Answer("unmeasured"), (*WAYS, *who))
    answer = studio.answer(GroupsOf(kept.key, address.by, address.cases.segment()))
    seen: GroupsSeen | None = answer.value
    if seen is None:
        return Grouped(answer, (*WAYS, *who))
    promised = (
        tuple(s.step for s in kept.stream.steps if s.value and s.value.promise)[:_PROMISES]
        if kept.stream
        else ()
    )
    choices = (*WAYS, *(c for c in seen.columns if c not in WAYS))
    return Grouped(answer, choices, promised, tuple(_rows(seen, promised)), seen.more)


def _rows(seen: GroupsSeen, promised: tuple[str, ...]) -> Iterator[Row]:
    times = [g.figures.lead_time for g in seen.groups if g.figures]
    longest = max((t.p85 or 0.0 for t in times), default=0.0) or 1.0
    for own in seen.groups:
        time = own.figures.lead_time if own.figures else None
        median, p85 = (time.p50 or 0.0, time.p85 or 0.0) if time else (0.0, 0.0)
        yield Row(own, median / longest, p85 / longest, _promised(own.figures, promised))


def _promised(figures: Figures | None, steps: tuple[str, ...]) -> tuple[Promised, ...]:
    kept = {s.step: s.promise for s in figures.steps} if figures else {}
    found = [kept.get(step) for step in steps]
    return tuple(
        Promised(p.kept, tone_of(p.kept, p.target)) if p else Promised(None, "plain") for p in found
    )
