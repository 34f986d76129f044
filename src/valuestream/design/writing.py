"""A plan as the text of a stream, with the questions that a person answers next."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from valuestream.design.blocks import Line, Together, added, blocks, length, order
from valuestream.design.library import UNDESIGNED, Known
from valuestream.design.plan import Plan
from valuestream.model.durations import format_duration
from valuestream.model.names import identify
from valuestream.model.promises import Within
from valuestream.text.blocks import in_flow, pair
from valuestream.text.scalars import write

_CARRIED = (
    *("step", "does", "by", "process", "value", "needs", "gives", "people", "work", "wait"),
    *("right", "uptime", "changeover", "cost", "adds", "waste"),
)
"""What a step takes with it. Its ways, events and links are those of the stream it comes from."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the stream says above its steps."""

    name: str
    customer: str | None = None
    request: str | None = None


@dataclass(frozen=True)
class Written:
    """A plan laid out: its steps in the text's order and side by side where that can be said."""

    plan: Plan
    head: Head

    @cached_property
    def line(self) -> Line:
        """The blocks. A step's place is that in the plan, steps to be designed first."""
        return blocks(self.before, self.times)

    @cached_property
    def before(self) -> tuple[frozenset[int], ...]:
        """Of each place those that give what it needs: of several that do, the first."""
        gives = [frozenset((gap,)) for gap in self.plan.gaps]
        gives += [known.gives for known in self.plan.known]
        first: dict[str, int] = {}
        for place, given in enumerate(gives):
            for thing in given:
                first.setdefault(thing, place)
        brought, gaps = self.plan.problem.brought, len(self.plan.gaps)
        needs = [frozenset[str]()] * gaps + [known.needs - brought for known in self.plan.known]
        return tuple(frozenset(first[need] for need in own) for own in needs)

    @cached_property
    def times(self) -> tuple[float, ...]:
        """The declared seconds of each place, 0 where none are; all 1 where nobody declares any."""
        told = [0.0] * len(self.plan.gaps) + [known.seconds or 0.0 for known in self.plan.known]
        return tuple(told) if any(told) else (1.0,) * len(told)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The name of each place. Of two steps of one name both say where they come from."""
        own = [f"{UNDESIGNED} ({self.plan.problem.library.name(g)})" for g in self.plan.gaps]
        own += [known.name for known in self.plan.known]
        shared = {key for key in map(identify, own) if [*map(identify, own)].count(key) > 1}
        homes = [""] * len(self.plan.gaps) + [known.home.stream for known in self.plan.known]
        told = [
            f"{name} ({home})" if home and identify(name) in shared else name
            for name, home in zip(own, homes, strict=True)
        ]
        return tuple(_numbered(told))

    @property
    def rows(self) -> tuple[tuple[str, Known | None], ...]:
        """From top to bottom each step's name, and the known step; None for one to be designed."""
        steps = [None] * len(self.plan.gaps) + [*self.plan.known]
        return tuple((self.names[place], steps[place]) for place in order(self.line))

    @property
    def says(self) -> tuple[str, ...]:
        """What a person should know of it, a sentence each."""
        return tuple(_sentences(self))

    @property
    def text(self) -> str:
        """The text of the stream."""
        lines = [f"# {sentence}" for sentence in self.says]
        lines += [f"stream: {write(self.head.name)}"]
        lines += [f"customer: {write(self.head.customer or _WHO)}"]
        request = self.head.request or _request(self.plan)
        lines += [f"request: {write(request)}"] if request else []
        lines += [f"outcome: {write(_listed(self.plan, self.plan.problem.goals))}", "", "steps:"]
        ways = _ways(self.line)
        for place in order(self.line):
            step = _step(self, place, ways.get(place))
            lines += ["    " + line for line in step]
            lines[-len(step)] = "  - " + step[0]
            lines.append("")
        return "\n".join(lines[:-1]) + "\n"


_WHO = "TODO: Who makes the request and receives the value?"


def _sentences(written: Written) -> Iterator[str]:
    plan, names = written.plan, written.plan.problem.library
    yield f"Designed from its outcome backwards: {measured(plan)}."
    for gap in plan.gaps:
        users = [k.name for k in plan.known if gap in k.needs]
        wanted = f", which {' and '.join(map(repr, users))} needs" if users else ""
        yield f"To be designed: a step that gives {names.name(gap)!r}{wanted}; none is known."
    waits = added(written.line, written.before)
    for one, other in waits[:_TOLD]:
        yield (
            f"{written.names[other]!r} could go side by side with {written.names[one]!r}; one is "
            "written after the other, since ways taken together start and meet in one step."
        )
    if len(waits) > _TOLD:
        yield f"So could {len(waits) - _TOLD} more pairs of steps."
    longer = length(written.line, written.times) - (plan.known_part or 0.0)
    if plan.problem.by == "time" and longer >= 1:
        yield f"As it is written it takes {format_duration(longer)} more."


_TOLD = 3


def measured(plan: Plan) -> str:
    """What a plan comes to: its steps, its time or cost, and whether none is smaller."""
    count = f"{plan.size} step{'s' * (plan.size != 1)}"
    by = plan.problem.by
    least = {"steps": "the fewest", "time": "the least time", "cost": "the least cost"}[by]
    shown = count
    if by != "steps":
        figure = _figure(plan) if plan.known_part is not None else "unknown"
        shown = f"{figure}{'' if plan.is_whole else ' or more'} in {count}"
    if plan.is_proven:
        return f"{shown}, {least} that the known steps allow"
    more = f"; at least {plan.least} are needed" if by == "steps" and plan.least else ""
    return f"{shown}; whether that is {least} could not be proven in the time{more}"


def _figure(plan: Plan) -> str:
    part = plan.known_part or 0.0
    if plan.problem.by == "time":
        return format_duration(part)
    return f"{part:,.2f} {next(known.money[1] for known in plan.known if known.money)}"


def _numbered(names: Sequence[str]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for name in names:
        key = identify(name)
        seen[key] = seen.get(key, 0) + 1
        yield name if seen[key] == 1 else f"{name} {seen[key]}"


def _listed(plan: Plan, things: Sequence[str]) -> str:
    return ", ".join(plan.problem.library.name(thing) for thing in things)


def _request(plan: Plan) -> str:
    return _listed(plan, sorted(plan.problem.brought))


def _ways(line: Line, meet: int | None = None) -> dict[int, object]:
    """What each step's `then` says; steps without one go on to the next."""
    found: dict[int, object] = {}
    for part, after in zip(line.parts, (*line.parts[1:], None), strict=True):
        if isinstance(part, Together):
            assert isinstance(after, int)  # a line that can be written
            for branch in part.branches:
                found |= _ways(branch, after)
        elif isinstance(after, Together):
            found[part] = [branch.parts[0] for branch in after.branches]
        elif after is None and meet is not None:
            found[part] = meet
    return found


def _step(written: Written, place: int, onward: object) -> list[str]:
    gaps = len(written.plan.gaps)
    data = _gap(written, place) if place < gaps else _carried(written, place)
    if isinstance(onward, list):
        data["then"] = {"together": [written.names[to] for to in onward]}
    elif isinstance(onward, int) and not _is_next(written.line, place, onward):
        data["then"] = written.names[onward]
    lines = [line for key, value in data.items() for line in _pair(key, value)]
    home = written.plan.known[place - gaps].home if place >= gaps else None
    if home and home.stream:
        kind = "the template " if home.origin == "template" else ""
        lines[0] += f"  # from {kind}{home.stream}"
    return lines


def _pair(key: str, value: object) -> list[str]:
    # Ways and distributions stand on one line, as people write them.
    on_one_line = isinstance(value, dict) and key in ("then", "work")
    return [f"{key}: {in_flow(value)}"] if on_one_line else pair(key, value, 0)


def _is_next(line: Line, place: int, onward: int) -> bool:
    rows = order(line)
    return rows.index(onward) == rows.index(place) + 1


def _gap(written: Written, place: int) -> dict[str, Any]:
    thing = written.plan.problem.library.name(written.plan.gaps[place])
    return {
        "step": written.names[place],
        "value": f"TODO: What does the customer receive from {thing}?",
        "gives": thing,
    }


def _carried(written: Written, place: int) -> dict[str, Any]:
    known = written.plan.known[place - len(written.plan.gaps)]
    data = {key: known.written[key] for key in _CARRIED if known.written.get(key) is not None}
    data["step"] = written.names[place]
    data.setdefault("value", f"TODO: What does the customer receive from {known.name}?")
    promise = known.step.value.promise if known.step.value else None
    since = [t.step for t in promise.terms if isinstance(t, Within) and t.step] if promise else []
    if isinstance(data["value"], Mapping) and not set(since) <= set(written.names):
        kept = {k: v for k, v in data["value"].items() if k not in ("promise", "keep")}
        data["value"] = kept["receives"] if len(kept) == 1 else kept
    return {key: data[key] for key in _CARRIED if key in data}
