"""Acts into improvements, whatever the order of their lines and however often each stands there.

Acts are sorted by time and each counts once, so that two branches fold alike, whichever was merged
into the other. What contradicts is not counted, and named.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from valuestream.improvements.acts import KINDS, STATE, Act, Kind, State
from valuestream.improvements.lines import Line, Read, Wrong, fault
from valuestream.model.findings import Finding

_NEEDS: dict[Kind, Kind] = {
    "decide": "accept",
    "design": "decide",
    "roll-out": "decide",
    "verify": "roll-out",
}
CLOSED: tuple[State, ...] = ("verified", "dropped")
AHEAD = timedelta(days=1)
"""Clocks differ; what lies further in the future is a fault."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A finding on its way to an effect: the acts that count, by time; at least one."""

    id: str
    acts: tuple[Act, ...]

    @property
    def state(self) -> State:
        """What the last act made of it."""
        return STATE[self.acts[-1].kind]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in CLOSED

    @property
    def since(self) -> datetime:
        """When it came into its state."""
        return self.acts[-1].time

    @property
    def dates(self) -> dict[Kind, datetime]:
        """When each act was done."""
        return {act.kind: act.time for act in self.acts}

    @property
    def finding(self) -> str:
        """The finding's code."""
        return self.acts[0].finding or ""

    @property
    def place(self) -> str:
        """Where the finding lies: `stream / step`, or `stream`."""
        return self.acts[0].place or ""

    @property
    def message(self) -> str:
        """What the review said."""
        return next((act.message for act in self.acts if act.message), "")

    @property
    def owner(self) -> str:
        """Who accepted the finding."""
        return next((act.by for act in self.acts if act.kind == "accept"), self.acts[0].by)

    @property
    def done(self) -> str:
        """What was done of it: what the roll-out says, else the design, else the decision."""
        words = {act.kind: act.words for act in self.acts}
        kinds: tuple[Kind, ...] = ("roll-out", "design", "decide")
        return next((words[kind] for kind in kinds if words.get(kind)), "")

    def is_of(self, finding: str, place: str) -> bool:
        """Whether it is of this finding at this place."""
        return (self.finding, self.place.casefold()) == (finding, place.casefold())

    def age(self, now: datetime) -> float:
        """Seconds in its state; none where its last act lies in the future."""
        return max(0.0, (now - self.since).total_seconds())


@dataclass(frozen=True, slots=True)
class Board:
    """The improvements of a workspace by their first act, and what is wrong with the others."""

    improvements: tuple[Improvement, ...] = ()
    faults: tuple[Finding, ...] = ()


def fold(read: Read, now: datetime) -> Board:
    """The improvements of a file. The order and the repetition of its lines do not matter."""
    by_id: defaultdict[str, dict[Act, int]] = defaultdict(dict)
    for line in read.lines:
        by_id[line.act.improvement].setdefault(line.act, line.number)
    improvements, faults = [], list(read.faults)
    for name, acts in by_id.items():
        found, wrong = _improvement(name, acts, read.name)
        improvements += [found] if found else []
        faults += wrong
    improvements.sort(key=lambda i: i.acts[0].order)
    faults += _twice(improvements, by_id, read.name)
    faults += _ahead(read.lines, now, read.name)
    return Board(tuple(improvements), tuple(sorted(faults, key=lambda f: (f.line or 0, f.code))))


def by_state(board: Board) -> list[Improvement]:
    """The improvements in the order of their states, of each the oldest first."""
    order = list(STATE.values())
    return sorted(board.improvements, key=lambda i: (order.index(i.state), i.since, i.id))


def refusal(done: Mapping[Kind, Act], kind: Kind) -> str | None:
    """Why an act cannot follow those that were done; None where it can."""
    last = max(done.values(), key=lambda act: KINDS.index(act.kind)) if done else None
    if kind in done:
        return f"was {_said(done[kind])} already; 'valuestream improvements' shows what is next"
    if last is None:
        return None if kind in ("find", "accept") else "was not accepted; accept its finding first"
    if STATE[last.kind] in CLOSED:
        return f"was {_said(last)}; accept the finding anew to go on"
    if KINDS.index(kind) < KINDS.index(last.kind):
        return f"was {_said(last)}, and '{kind}' comes before that; accept the finding anew"
    need = _NEEDS.get(kind)
    if need and need not in done:
        return f"is {STATE[last.kind]} and not {STATE[need]}; '{need}' comes before '{kind}'"
    return None


def _said(act: Act) -> str:
    return f"{STATE[act.kind]} on {act.time:%Y-%m-%d}"


def _improvement(
    name: str, acts: Mapping[Act, int], file: str
) -> tuple[Improvement | None, list[Finding]]:
    done: dict[Kind, Act] = {}
    faults = []
    for act in sorted(acts, key=lambda a: a.order):
        first = next(iter(done.values()), None)
        why = _contradiction(done, act, first)
        if why is None:
            done[act.kind] = act
            continue
        faults.append(fault(file, acts[act], why))
    return (Improvement(name, tuple(done.values())) if done else None), faults


def _contradiction(done: Mapping[Kind, Act], act: Act, first: Act | None) -> Wrong | None:
    """What is wrong with an act that does not count; None with one that does."""
    if first and _differs(act.finding, first.finding) | _differs(act.place, first.place):
        message = f"{act.improvement} is of {_of(first)}, and here of {_of(act)}"
        return Wrong("VS084", message, "give one of the two another id, on all its lines")
    if act.kind in done:
        own = done[act.kind]
        message = (
            f"{act.improvement} is {STATE[act.kind]} a second time, by {_who(act)}; what counts is "
            f"the first time, by {_who(own)}"
        )
        return Wrong("VS082", message, "remove the line that is not meant")
    why = refusal(done, act.kind)
    if why is None:
        return None
    message, _, advice = f"'{act.kind}' does not count: {act.improvement} {why}".partition("; ")
    return Wrong("VS083", message, f"{advice}, or remove the line")


def _who(act: Act) -> str:
    return f"{act.by[:80]!r} on {act.time:%Y-%m-%d}"


def _of(act: Act) -> str:
    return f"{act.finding or '?'} at {(act.place or '?')[:200]!r}"


def _differs(one: str | None, other: str | None) -> bool:
    return bool(one and other and one.casefold() != other.casefold())


def _twice(
    improvements: Iterable[Improvement], by_id: Mapping[str, Mapping[Act, int]], file: str
) -> Iterable[Finding]:
    """Findings on which two improvements are at work: two people accepted them apart."""
    first: dict[tuple[str, str], Improvement] = {}
    for own in (i for i in improvements if i.is_open):
        other = first.setdefault((own.finding, own.place.casefold()), own)
        if other is not own:
            message = f"{own.id} is of the same finding as {other.id}: {_of(own.acts[0])}"
            advice = f"drop one: valuestream improvements drop {own.id}"
            line = by_id[own.id][own.acts[0]]
            yield fault(file, line, Wrong("VS085", message, advice, "warning"))


def _ahead(lines: Iterable[Line], now: datetime, file: str) -> Iterable[Finding]:
    for line in lines:
        if line.act.time - now > AHEAD:
            message = f"the act's time, {line.act.time:%Y-%m-%d}, has not come yet"
            advice = "look at its year, and at the clock of whoever wrote it"
            yield fault(file, line.number, Wrong("VS086", message, advice, "warning"))
