"""The ladder under a map: waiting on its upper rungs, work on its lower ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.draw.mapfacts import Rung
from valuestream.draw.scene import Box, Group, Rect, Stroke, Text
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
    left, right = places[0].start, places[-1].end
    path, fills, words = f"M{left:.1f} {top + _LOWER:.1f}", [], []
    for place in places:
        along, boxes, said = _together(place, top) if place.rung.elapsed else _apart(place, top)
        path += along
        fills += boxes
        words += said
    line = Stroke(f"{path}H{right:.1f}", "ladder")
    room = Rect(left, top, right - left, HEIGHT - 8)
    return Group("ladder", (*fills, line, *words), room=room)


Drawn = tuple[str, list[Box], list[Text]]
"""A piece of the line, what is filled under it, what it says."""


def _together(place: Place, top: float) -> Drawn:
    """Work and wait on one rung, where no more is known."""
    up, fill = _rung(place.start, place.end, top, "rung-elapsed")
    words = [
        _said(place.rung.elapsed or 0.0, (place.start, place.end), top + _UPPER - 8, "rung-wait")
    ]
    return up, [fill], [*words, *_repeats(place, (place.start, place.end), top)]


def _apart(place: Place, top: float) -> Drawn:
    """The wait on its rung, and the work after it."""
    wait, work = place.rung.wait, place.rung.work
    path, fills, words = "", [], []
    if wait:
        path, fill = _rung(place.start, place.box, top, "rung-fill")
        fills.append(fill)
    if wait is not None:
        high = top + (_UPPER if wait else _LOWER) - 8
        words.append(_said(wait, (place.start, place.box), high, "rung-wait"))
    if work is not None:
        between = (place.box, place.end)
        fills.append(
            Box(Rect(place.box, top + _LOWER - 3, place.end - place.box, 6), "rung-work-bar")
        )
        words.append(_said(work, between, top + _LOWER + 22, "rung-work"))
        words += _repeats(place, between, top + 19)
    return path, fills, words


def _rung(start: float, end: float, top: float, style: str) -> tuple[str, Box]:
    path = f"H{start:.1f}V{top + _UPPER:.1f}H{end:.1f}V{top + _LOWER:.1f}"
    return path, Box(Rect(start, top + _UPPER, end - start, _LOWER - _UPPER), style)


def _repeats(place: Place, between: tuple[float, float], top: float) -> list[Text]:
    if not place.repeats:
        return []
    return [Text(sum(between) / 2, top + _LOWER + 19, place.repeats, "map-label", "middle")]


def _said(seconds: float, between: tuple[float, float], y: float, style: str) -> Text:
    left, right = between
    said = format_duration(seconds) if seconds else "0"
    return Text((left + right) / 2, y, said, style, "middle")
