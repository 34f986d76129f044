"""The data box under a process box: one figure a line, only those that are known."""

from collections.abc import Iterator
from dataclasses import dataclass

from valuestream.draw.known import Fact, KnownStep
from valuestream.draw.parts.cards import RIGHT_ENOUGH
from valuestream.draw.parts.promise import tone_of
from valuestream.draw.scene import Box, Group, Node, Rect, Stroke, Text
from valuestream.model.durations import format_duration
from valuestream.model.figures import Provenance
from valuestream.model.shares import format_share
from valuestream.model.stream import Step

_LINE, _PADDING = 20.0, 11.0


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of a data box: what it is called, itself, and the style of its text."""

    label: str
    figure: str
    style: str = "map-fact"


def rows(step: Step, facts: KnownStep, visits: int | None) -> tuple[Row, ...]:
    """The known figures of a step, times first."""
    return tuple(_rows(step, facts, visits))


def _rows(step: Step, facts: KnownStep, visits: int | None) -> Iterator[Row]:
    times = (("P/T", facts.work), ("Wait", facts.wait), ("Wait + P/T", facts.elapsed))
    for label, time in times:
        if time:
            yield Row(f"{label}{time.mark}", format_duration(time.value))
    if facts.right:
        bad = facts.right.value < RIGHT_ENOUGH
        style = "map-fact-bad" if bad else "map-fact"
        yield Row(f"%C&A{facts.right.mark}", format_share(facts.right.value), style)
    if facts.rework:
        yield Row("Rework", format_share(facts.rework))
    kept = facts.promise.kept if facts.promise else None
    if facts.promise and kept is not None:
        tone = tone_of(kept, facts.promise.target)
        yield Row(
            "Promise kept", format_share(kept), "map-fact-bad" if tone == "bad" else "map-fact"
        )
    yield from _declared(step, facts)
    if visits is not None:
        yield Row("Visits", f"{visits:,}")


def _declared(step: Step, facts: KnownStep) -> Iterator[Row]:
    """What no log measures."""
    known = (f for f in (facts.work, facts.wait, facts.elapsed, facts.right) if f)
    beside: Provenance = next((f.beside for f in known), "declared")
    mark = Fact(0.0, "declared", beside).mark
    if step.changeover is not None:
        yield Row(f"C/O{mark}", format_duration(step.changeover))
    if step.uptime is not None:
        yield Row(f"Uptime{mark}", format_share(step.uptime))


def data_height(shown: tuple[Row, ...]) -> float:
    """The height of a box with these rows."""
    return len(shown) * _LINE + 8 if shown else 0.0


def data_box(shown: tuple[Row, ...], rect: Rect) -> Group:
    """The box in its place."""
    nodes: list[Node] = [Box(rect, "data-box", 0)]
    top = rect.y + 4
    for number, row in enumerate(shown):
        if number:
            across = rect.width - 2 * _PADDING
            nodes.append(Stroke(f"M{rect.x + _PADDING:.1f} {top:.1f}h{across:.1f}", "rule"))
        base = top + 14.2
        nodes.append(Text(rect.x + _PADDING, base, row.label, "map-label"))
        nodes.append(Text(rect.right - _PADDING, base, row.figure, row.style, "end"))
        top += _LINE
    return Group("data", tuple(nodes), room=rect)
