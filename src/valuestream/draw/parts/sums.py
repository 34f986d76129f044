"""What the rungs of a ladder add up to, in a box at its end."""

from dataclasses import dataclass

from valuestream.draw.mapfacts import MapFacts
from valuestream.draw.scene import Box, Group, Node, Rect, Stroke, Text
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share

SUMS = 178.0
"""Its width."""
_LINE, _PADDING = 42.0, 12.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure of the whole stream."""

    label: str
    figure: str


def sums(facts: MapFacts, now: MapFacts | None, x: float, top: float) -> Group | None:
    """The box; of a future state, what each figure is `now` beside it. None for nothing known."""
    rows = _sums(facts)
    if not rows:
        return None
    today = {row.label.partition(" · ")[0]: row.figure for row in _sums(now)} if now else {}
    rect = Rect(x, top, SUMS, sums_height(facts))
    nodes: list[Node] = [Box(rect, "sums", 4)]
    for number, row in enumerate(rows):
        base = top + 22 + number * _LINE
        if number:
            nodes.append(Stroke(f"M{x:.1f} {base - 16:.1f}h{SUMS:.1f}", "rule"))
        was = today.get(row.label.partition(" · ")[0], row.figure)
        changed = was != row.figure
        nodes.append(Text(x + _PADDING, base, row.label, "map-label"))
        figure = "sum-changed" if changed else "sum"
        nodes.append(Text(x + _PADDING, base + 18, row.figure, figure))
        if changed:
            nodes.append(Text(rect.right - _PADDING, base, f"now {was}", "map-label", "end"))
    return Group("sums", tuple(nodes), room=rect)


def sums_height(facts: MapFacts) -> float:
    """The height of the box."""
    rows = _sums(facts)
    return 14 + len(rows) * _LINE if rows else 0.0


def _sums(facts: MapFacts) -> list[Sum]:
    known = facts.known
    found = [] if known.lead_time else _parts(facts)
    if known.lead_time:
        lead = format_duration(known.lead_time.value)
        found.append(Sum(f"Lead time{known.lead_time.mark}", lead))
    if known.process_time:
        work = format_duration(known.process_time.value)
        found.append(Sum(f"Process time{known.process_time.mark}", work))
    if known.flow_efficiency is not None:
        found.append(Sum("Flow efficiency", format_share(known.flow_efficiency)))
    if known.right:
        found.append(Sum(f"Rolled %C&A{known.right.mark}", format_share(known.right.value)))
    if known.kept is not None:
        found.append(Sum("Promises kept", format_share(known.kept)))
    return found


def _parts(facts: MapFacts) -> list[Sum]:
    """The sums of what is known, where too little is known for a lead time."""
    parts = (("Known waits", facts.total.wait), ("Known work", facts.total.work))
    return [Sum(label, format_duration(time)) for label, time in parts if time is not None]
