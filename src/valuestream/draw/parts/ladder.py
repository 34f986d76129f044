"""The ladder under a map: waiting on its upper rungs, work on its lower ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.draw.mapfacts import Rung
from valuestream.draw.scene import Box, Group, Node, Rect, Stroke, Text
from valuestream.model.durations import format_duration

HEIGHT = 104.0
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
            words += _repeats(place, (place.start, place.end), top)
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
            words += _repeats(place, (place.box, place.end), top + 19)
    path += f"H{places[-1].end:.1f}"
    left = places[0].start
    room = Rect(left, top, places[-1].end - left, HEIGHT - 8)
    return Group("ladder", (*fills, Stroke(path, "ladder"), *words), room=room)


def _repeats(place: Place, between: tuple[float, float], top: float) -> list[Node]:
    if not place.repeats:
        return []
    return [Text(sum(between) / 2, top + _LOWER + 19, place.repeats, "map-label", "middle")]


def _said(seconds: float, between: tuple[float, float], y: float, style: str) -> Text:
    left, right = between
    said = format_duration(seconds) if seconds else "0"
    return Text((left + right) / 2, y, said, style, "middle")
