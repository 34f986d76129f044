"""The map's nodes as boxes with a size, before they have their place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from valuestream.draw.bandedflow import Boxed
from valuestream.draw.flowboxes import Bar
from valuestream.draw.flowgraph import FlowGraph
from valuestream.draw.layers import Size
from valuestream.draw.mapfacts import MapFacts
from valuestream.draw.parts.databox import rows
from valuestream.draw.parts.inlet import Inlet
from valuestream.draw.parts.mapcard import MapCard, map_card
from valuestream.draw.parts.row import waits_most
from valuestream.draw.scene import Group
from valuestream.model.durations import format_duration
from valuestream.model.findings import Finding

_IN_APART, _GATE = 28.0, Size(14.0, 14.0)


@dataclass(frozen=True, slots=True)
class Gate:
    """Where cases come in or leave: a point that arrows to and from the customer meet."""

    kind: str
    width: float = 24.0
    size: Size = _GATE
    entry: float = 0.0
    tip: str = ""

    def at(self, x: float, y: float) -> Group:
        """Nothing to see by itself."""
        return Group(self.kind, ())


def map_boxes(
    facts: MapFacts,
    graph: FlowGraph,
    findings: Sequence[Finding],
    now: MapFacts | None = None,
) -> tuple[Boxed, ...]:
    """A box for each node of the graph; all process boxes are equally tall.

    Of a future state, `now` are today's facts, and what differs from them is marked.
    """
    into = Counter(edge.to for edge in graph.edges)
    out = Counter(edge.origin for edge in graph.edges)
    found: list[Boxed] = []
    most = waits_most(facts.known.steps)
    for index, node in enumerate(graph.nodes):
        if node.kind == "step":
            card = _card(facts, node.place, into[index], findings, node.place == most)
            found.append(marked(card, now) if now else card)
        elif node.kind in ("start", "end"):
            # A broad arrow needs more room than a line.
            wide = 46.0 if node.kind == "start" and facts.stream.supplier else 24.0
            found.append(Gate("request" if node.kind == "start" else "outcome", wide))
        else:
            found.append(Bar(max(into[index], out[index])))
    cards = [box for box in found if isinstance(box, MapCard)]
    tall, strip = max(card.tall for card in cards), max(card.strip for card in cards)
    return tuple(
        replace(box, tall=max(tall, 2 * box.entry + 28), strip=strip)
        if isinstance(box, MapCard)
        else box
        for box in found
    )


def _card(
    facts: MapFacts, place: int, ways: int, findings: Sequence[Finding], most: bool
) -> MapCard:
    step, known = facts.stream.steps[place], facts.known.steps[place]
    figures = facts.known.measured
    seen = {s.step: s.visits for s in figures.steps} if figures else {}
    entry = _IN_APART * (ways - 1) / 2
    inlet = Inlet(step.supplied or "push", *_waiting(facts, place), entry, most)
    own = [f for f in findings if f.step in (step.step, step.key) and f.costs]
    shown = rows(step, known, seen.get(step.step))
    return replace(map_card(step, place + 1, shown, own, inlet), entry=entry)


def _waiting(facts: MapFacts, place: int) -> tuple[str, str]:
    """What waits before a step: how many cases where that is known, else how long each."""
    known = facts.known.steps[place]
    wait = known.wait or known.elapsed
    if wait is None or wait.value <= 0:
        return "", ""
    waiting = facts.waiting[place]
    each = format_duration(wait.value)
    if waiting is None:
        return each, f"each case waits {each} before this step"
    cases = f"{_count(waiting)} cases"
    are = "wait" if known.wait else "wait or are in work"
    return cases, f"{cases} {are} at a time, each {each} (Little's law)"


def _count(cases: float) -> str:
    return f"{cases:,.0f}" if cases >= 9.95 else f"{cases:.1f}" if cases >= 0.05 else "< 0.1"


def marked(card: MapCard, now: MapFacts) -> MapCard:
    """The card of a future state, with what the scenario changes at it."""
    place = now.stream.place(card.step.step)
    before = now.stream.steps[place] if place is not None else None
    today = rows(before, now.known.steps[place], None) if before and place is not None else ()
    figures = {row.label.partition(" · ")[0]: row.figure for row in today}
    shown = tuple(
        row
        if figures.get(row.label.partition(" · ")[0]) == row.figure
        else replace(row, style="map-fact-changed")
        for row in card.rows
    )
    who = before is None or (before.by, before.people) != (card.step.by, card.step.people)
    ways = before is not None and before.then != card.step.then
    changed = who or ways or shown != card.rows
    return replace(card, rows=shown, changed=changed, kind="future")
