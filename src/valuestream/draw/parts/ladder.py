"""The ladder under a map: waiting on its upper rungs, work on its lower ones, and their sums."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.draw.fonts import width
from valuestream.draw.mapfacts import MapFacts, Rung
from valuestream.draw.scene import Box, Group, Node, Rect, Stroke, Text
from valuestream.draw.typography import FONTS
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share

HEIGHT = 104.0
SUMS = 178.0
"""The width of the sums."""
_UPPER, _LOWER = 26.0, 56.0


@dataclass(frozen=True, slots=True)
class Place:
    """A column on the ladder: where its rungs begin, meet and end, and what they say."""

    start: float
    box: float
    end: float
    rung: Rung
    repeats: str = ""
    """How the work comes about, where it is not that of one visit."""


def ladder(places: Sequence[Place], top: float) -> Group | None:
    """The rungs of a band; None where nothing is known of it."""
    if not any(place.rung.known for place in places):
        return None
    path, at = f"M{places[0].start:.1f} {top + _LOWER:.1f}", top + _LOWER
    fills: list[Node] = []
    words: list[Node] = []
    for place in places:
        rung = place.rung
        if rung.elapsed is not None and rung.wait is None and rung.work is None:
            rect = Rect(place.start, top + _UPPER, place.end - place.start, _LOWER - _UPPER)
            fills.append(Box(rect, "rung-elapsed"))
            path += f"H{place.start:.1f}V{top + _UPPER:.1f}H{place.end:.1f}V{top + _LOWER:.1f}"
            words.append(_said(rung.elapsed, (place.start, place.end), top + _UPPER - 8, "rung-wait"))
            continue
        if rung.wait:
            rect = Rect(place.start, top + _UPPER, place.box - place.start, _LOWER - _UPPER)
            fills.append(Box(rect, "rung-fill"))
            path += f"H{place.start:.1f}V{top + _UPPER:.1f}H{place.box:.1f}V{top + _LOWER:.1f}"
        if rung.wait is not None:
            high = _UPPER if rung.wait else _LOWER
            words.append(_said(rung.wait, (place.start, place.box), top + high - 8, "rung-wait"))
        if rung.work is not None:
            wide = place.end - place.box
            fills.append(Box(Rect(place.box, top + _LOWER - 3, wide, 6), "rung-work-bar"))
            words.append(_said(rung.work, (place.box, place.end), top + _LOWER + 22, "rung-work"))
            if place.repeats:
                middle = (place.box + place.end) / 2
                words.append(Text(middle, top + _LOWER + 38, place.repeats, "map-label", "middle"))
    path += f"H{places[-1].end:.1f}"
    left = places[0].start
    room = Rect(left, top, places[-1].end - left, HEIGHT - 8)
    return Group("ladder", (*fills, Stroke(path, "ladder"), *words), room=room)


def _said(seconds: float, between: tuple[float, float], y: float, style: str) -> Text:
    left, right = between
    said = format_duration(seconds) if seconds else "0"
    return Text((left + right) / 2, y, said, style, "middle")


def sums(facts: MapFacts, x: float, top: float) -> Group | None:
    """What the rungs add up to, at the ladder's end; None where nothing is known."""
    rows = _sums(facts)
    if not rows:
        return None
    nodes: list[Node] = []
    rect = Rect(x, top, SUMS, 14 + len(rows) * 40)
    nodes.append(Box(rect, "sums", 4))
    for number, (label, figure) in enumerate(rows):
        base = top + 22 + number * 40
        if number:
            nodes.append(Stroke(f"M{x:.1f} {base - 17:.1f}h{SUMS:.1f}", "rule"))
        nodes.append(Text(x + 12, base, label, "map-label"))
        nodes.append(Text(x + 12, base + 18, figure, "sum"))
    return Group("sums", tuple(nodes), room=rect)


def sums_height(facts: MapFacts) -> float:
    """The height of the sums."""
    rows = _sums(facts)
    return 14 + len(rows) * 40 if rows else 0.0


def _sums(facts: MapFacts) -> list[tuple[str, str]]:
    known = facts.known
    found = [] if known.lead_time else _parts(facts.total)
    if known.lead_time:
        found.append((f"Lead time{known.lead_time.mark}", format_duration(known.lead_time.value)))
    if known.process_time:
        mark = known.process_time.mark
        found.append((f"Process time{mark}", format_duration(known.process_time.value)))
    if known.flow_efficiency is not None:
        found.append(("Flow efficiency", format_share(known.flow_efficiency)))
    if known.right:
        found.append((f"Rolled %C&A{known.right.mark}", format_share(known.right.value)))
    if known.kept is not None:
        found.append(("Promises kept", format_share(known.kept)))
    return found


def _parts(total: Rung) -> list[tuple[str, str]]:
    """The sums of what is known, where too little is known for a lead time."""
    parts = (("Known waits", total.wait), ("Known work", total.work))
    return [(label, format_duration(seconds)) for label, seconds in parts if seconds is not None]
