"""One visit of each step, to scale: work solid, waits hatched."""

from bisect import bisect_left, insort
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from valuestream.draw.fonts import width
from valuestream.draw.known import Known
from valuestream.draw.scene import Box, Group, Node, Rect, Stroke, Text
from valuestream.draw.texts import clean, is_rtl
from valuestream.draw.typography import FONTS
from valuestream.model.durations import format_duration
from valuestream.model.stream import Stream

_Stretch = tuple[float, float]
Kind = Literal["work", "wait", "elapsed"]
HEIGHT = 46.0
_LEAST = 4.0
"""So wide is even the shortest piece of work, in pixels."""
_HATCH = 9.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of time of a step, by its place."""

    step: int
    kind: Kind
    seconds: float


def pieces(facts: Known) -> tuple[Piece, ...]:
    """The known times in the text's order; a wait comes before its work."""
    found = []
    for place, step in enumerate(facts.steps):
        times: tuple[tuple[Kind, float | None], ...] = (
            ("elapsed", step.elapsed.value if step.elapsed and not step.work else None),
            ("wait", step.wait.value if step.wait else None),
            ("work", step.work.value if step.work else None),
        )
        found += [Piece(place, kind, s) for kind, s in times if s is not None and _shown(kind, s)]
    return tuple(found)


def _shown(kind: Kind, seconds: float) -> bool:
    return seconds > 0 or kind == "work"


def ribbon(stream: Stream, facts: Known, x: float, top: float, room: float) -> Group | None:
    """The ribbon and its names; None where no time is known."""
    known = pieces(facts)
    if not sum(piece.seconds for piece in known):
        return None
    names = tuple(clean(step.step) for step in stream.steps)
    return _ribbon(known, names, _says(facts, known), Rect(x, top, room, 30 + HEIGHT + 26))


@lru_cache(maxsize=4)
def _ribbon(known: tuple[Piece, ...], names: tuple[str, ...], says: str, within: Rect) -> Group:
    x, top, room = within.x, within.y, within.width
    rects = _to_scale(known, x, top + 30, room)
    nodes: list[Node] = [
        Text(x, top + 12, "TIME TO SCALE", "heading"),
        Text(x + 130, top + 12, says, "aside"),
    ]
    for piece, rect in zip(known, rects, strict=True):
        nodes += _piece(piece, rect)
    nodes += _names(names, known, rects, x, room)
    whole = Rect(x - 1, top, room + 2, within.height)
    return Group("ribbon", tuple(nodes), room=whole)


def _says(facts: Known, known: tuple[Piece, ...]) -> str:
    sums = [
        f"{format_duration(seconds)} {said}"
        for kind, said in (("work", "work"), ("wait", "waiting"), ("elapsed", "work and waiting"))
        if (seconds := sum(p.seconds for p in known if p.kind == kind))
    ]
    shown = {piece.step for piece in known}
    left_out = [str(i + 1) for i in range(len(facts.steps)) if i not in shown]
    unknown = f" · no times known of {len(left_out)} steps" if len(left_out) > 1 else ""
    unknown = f" · no times known of step {left_out[0]}" if len(left_out) == 1 else unknown
    return f"one visit of each step: {', '.join(sums)}{unknown}"


def _to_scale(known: tuple[Piece, ...], x: float, top: float, room: float) -> list[Rect]:
    total = sum(piece.seconds for piece in known)
    least = [_LEAST if piece.kind == "work" else 1.5 for piece in known]
    natural = [room * piece.seconds / total for piece in known]
    # What the shortest are given, the others give in proportion.
    lifted = sum(low for low, wide in zip(least, natural, strict=True) if wide <= low)
    others = sum(wide for low, wide in zip(least, natural, strict=True) if wide > low)
    scale = (room - lifted) / others if others else 1.0
    rects, at = [], x
    for piece, low, wide in zip(known, least, natural, strict=True):
        own = low if wide <= low else max(low, wide * scale)
        inset = 0.0 if piece.kind == "work" else 9.0
        rects.append(Rect(at, top + inset, own, HEIGHT - 2 * inset))
        at += own
    return rects


def _piece(piece: Piece, rect: Rect) -> list[Node]:
    gap = min(1.0, rect.width / 6)
    shape = Rect(rect.x + gap, rect.y, rect.width - 2 * gap, rect.height)
    nodes: list[Node] = [Box(shape, f"ribbon-{piece.kind}", 3 if piece.kind == "work" else 0)]
    text = format_duration(piece.seconds)
    style = "ribbon-work-text" if piece.kind == "work" else "ribbon-wait-text"
    font = FONTS[style]
    if piece.kind == "wait":
        nodes.append(Stroke(_hatching(shape), "ribbon-hatch"))
    wide = width(text, font.size, font.weight)
    if wide + 10 <= rect.width:
        middle = rect.y + rect.height / 2
        if piece.kind == "wait":
            behind = Rect(rect.middle - wide / 2 - 5, middle - 9, wide + 10, 18)
            nodes.append(Box(behind, "ribbon-wait", 4))
        nodes.append(Text(rect.middle, middle + 4.2, text, style, "middle"))
    return nodes


def _hatching(rect: Rect) -> str:
    """Slanting lines that end at the rectangle's edges; patterns are not drawn everywhere."""
    lines = []
    at = _HATCH / 2
    while at < rect.width + rect.height:
        left, right = max(0.0, at - rect.height), min(at, rect.width)
        start = f"{rect.x + left:.1f} {rect.y + at - left:.1f}"
        lines.append(f"M{start}L{rect.x + right:.1f} {rect.y + at - right:.1f}")
        at += _HATCH
    return "".join(lines)


def _names(
    names: tuple[str, ...], known: tuple[Piece, ...], rects: list[Rect], x: float, room: float
) -> list[Text]:
    """Each step's number and name under its work; only the number, or nothing, where tight."""
    font = FONTS["ribbon-name"]
    named = {}
    for piece, rect in zip(known, rects, strict=True):
        if piece.kind != "wait":
            named[piece.step] = rect
    placed: dict[int, tuple[float, float, str]] = {}
    taken: list[_Stretch] = []
    by_width = sorted(named, key=lambda step: -named[step].width)
    for write in (_number, _number_and_name):
        for step in by_width:
            text = write(names, step)
            wide = width(text, font.size)
            middle = min(max(named[step].middle, x + wide / 2), x + room - wide / 2)
            left, right = middle - wide / 2 - 6, middle + wide / 2 + 6
            own = placed[step][:2] if step in placed else None
            if wide <= room and _is_free(left, right, taken, own):
                if own:
                    del taken[bisect_left(taken, own)]
                insort(taken, (left, right))
                placed[step] = (left, right, text)
    baseline = max(rect.bottom for rect in rects) + 19
    return [
        Text((left + right) / 2, baseline, text, "ribbon-name", "middle", is_rtl(text))
        for _, (left, right, text) in sorted(placed.items())
    ]


def _is_free(left: float, right: float, taken: list[_Stretch], own: _Stretch | None) -> bool:
    """Whether a stretch overlaps none of those taken but its own; they are in order and apart."""
    at = bisect_left(taken, (left, right))
    beside = (one for one in taken[max(0, at - 2) : at + 2] if one != own)
    return all(right <= one[0] or left >= one[1] for one in beside)


def _number(_: tuple[str, ...], step: int) -> str:
    return str(step + 1)


def _number_and_name(names: tuple[str, ...], step: int) -> str:
    return f"{step + 1} {names[step]}"
