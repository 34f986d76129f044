"""Ways back under a row of cards: each on a lane of its own, its label on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf

from valuestream.draw.parts.pill import HEIGHT, pill, pill_width
from valuestream.draw.scene import Group, Rect, Stroke

LANE = 38.0
FIRST = 30.0
"""From the cards to the first lane's middle."""
_PORT = 22.0
_APART = 9.0
_LOCAL = -1
"""The lane of a card's way to itself, between it and the card under it."""
_CARD = 190.0
"""What of a card's lower edge the ways back may take."""


@dataclass(frozen=True, slots=True)
class Loop:
    """A way back between two cards of a row, by their places in it; None: to another row."""

    origin: int
    to: int | None
    label: str
    title: str = ""


def merged(loops: Sequence[Loop]) -> tuple[Loop, ...]:
    """The loops, with those that leave a card for other rows said in one."""
    away: dict[int, Loop] = {}
    for loop in loops:
        if loop.to is None:
            first = away.get(loop.origin)
            label = f"{first.label} · {loop.label}" if first else loop.label
            title = f"{first.title}; {loop.title}" if first else loop.title
            away[loop.origin] = replace(loop, label=label, title=title)
    return (*(loop for loop in loops if loop.to is not None), *away.values())


@dataclass(frozen=True, slots=True)
class _Laid:
    loop: Loop
    start: float
    end: float
    at: float
    left: float
    right: float
    lane: int


@dataclass(frozen=True, slots=True)
class Root:
    """A card that ways back leave and enter: the middle and height of its lower edge.

    Where another card stands under it, the ways go down beside the two, from `channel` on.
    """

    middle: float
    bottom: float
    channel: float | None = None


def loops_height(loops: Sequence[Loop], roots: Sequence[Root], limits: Rect) -> float:
    """What the lanes need under the cards; 0 for no loops."""
    laid = _lay(loops, roots, limits)
    lanes = [one.lane for one in laid if one.lane != _LOCAL]
    return FIRST + LANE * max(lanes) + HEIGHT if lanes else 0.0


def draw_loops(
    loops: Sequence[Loop], roots: Sequence[Root], top: float, limits: Rect
) -> tuple[Group, ...]:
    """The loops of a row of cards; `top` is the lowest of their lower edges."""
    return tuple(_draw(one, roots, top) for one in _lay(loops, roots, limits))


def _lay(loops: Sequence[Loop], roots: Sequence[Root], limits: Rect) -> list[_Laid]:
    ports = _ports(loops, roots)
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for index in sorted(range(len(loops)), key=lambda i: _span(loops[i])):
        loop = loops[index]
        start, end = ports[index]
        wide = min(pill_width(loop.label), limits.width)
        middle = (start + end) / 2
        if loop.to is None and _shares_its_card(loop, loops):
            middle += wide / 2 - 14
        at = min(max(middle, limits.x + wide / 2), limits.right - wide / 2)
        left, right = min(start, end, at - wide / 2) - 10, max(start, end, at + wide / 2) + 10
        local = loop.to == loop.origin and roots[loop.origin].channel is not None
        lane = _LOCAL if local else _free_lane(lanes, left, right)
        found.append(_Laid(loop, start, end, at, left, right, lane))
    return [_clear_of_legs(one, found) for one in found]


def _clear_of_legs(one: _Laid, all_of_them: list[_Laid]) -> _Laid:
    """The label moved along its way to where no deeper way comes down through it."""
    half = pill_width(one.loop.label) / 2 + 5
    legs = [x for other in all_of_them if other.lane > one.lane for x in (other.start, other.end)]
    low, high = sorted((one.start, one.end))
    free = [
        at
        for at in (one.at, *(leg + side * (half + 1) for leg in legs for side in (-1, 1)))
        if low + half <= at <= high - half and all(abs(leg - at) >= half for leg in legs)
    ]
    return replace(one, at=min(free, key=lambda at: abs(at - one.at))) if free else one


def _shares_its_card(loop: Loop, loops: Sequence[Loop]) -> bool:
    return any(loop.origin in (other.origin, other.to) for other in loops if other is not loop)


def _span(loop: Loop) -> tuple[int, int]:
    return (0 if loop.to is None else abs(loop.origin - loop.to), loop.origin)


def _free_lane(lanes: list[list[tuple[float, float]]], left: float, right: float) -> int:
    # A wider way lies under a narrower one, whose ends it would cross otherwise.
    for number in reversed(range(len(lanes))):
        if any(left < r and right > o for o, r in lanes[number]):
            if number + 1 == len(lanes):
                lanes.append([])
            lanes[number + 1].append((left, right))
            return number + 1
    if not lanes:
        lanes.append([])
    lanes[0].append((left, right))
    return 0


def _ports(loops: Sequence[Loop], roots: Sequence[Root]) -> list[tuple[float, float]]:
    """Where each loop comes down from the card it leaves and the one it enters, none twice."""
    places = [[0.0, 0.0] for _ in loops]
    for card, ends in _ends(loops, roots).items():
        root, ordered = roots[card], sorted(ends)
        if root.channel is not None:
            away = [end for end in ordered if loops[end[1]].to != loops[end[1]].origin]
            for order, (_, index, side) in enumerate(away):
                places[index][side] = root.channel + order * _APART
            for _, index, side in (end for end in ordered if end not in away):
                half = pill_width(loops[index].label) / 2 + 10
                places[index][side] = root.middle - 42 + (half if side else -half)
            continue
        gaps = [
            pill_width(loops[one].label) + 20 if one == other else _PORT
            for (_, one, _), (_, other, _) in pairwise(ordered)
        ]
        squeezed = min(1.0, _CARD / max(sum(gaps), 1.0))
        at = root.middle - sum(gaps) * squeezed / 2
        for (_, index, side), gap in zip(ordered, [*gaps, 0.0], strict=True):
            places[index][side] = at
            at += gap * squeezed
    for index, loop in enumerate(loops):
        if loop.to is None:
            places[index][1] = places[index][0]
    return [(start, end) for start, end in places]


def _ends(loops: Sequence[Loop], roots: Sequence[Root]) -> dict[int, list[tuple[float, int, int]]]:
    """For each card, its loops' ends: how far the other end lies, the loop, 0 out or 1 in."""
    ends: dict[int, list[tuple[float, int, int]]] = {}
    for index, loop in enumerate(loops):
        to = loop.origin if loop.to is None else loop.to
        # Ways to other rows leave at the right, where their label crosses no other.
        towards = inf if loop.to is None else roots[to].middle - roots[loop.origin].middle
        ends.setdefault(loop.origin, []).append((towards, index, 0))
        if loop.to is not None:
            ends.setdefault(to, []).append((-towards, index, 1))
    return ends


def _draw(laid: _Laid, roots: Sequence[Root], top: float) -> Group:
    loop, root = laid.loop, roots[laid.loop.origin]
    if laid.lane == _LOCAL:
        root = replace(root, channel=None)
        roots = [replace(other, channel=None) for other in roots]
    y = root.bottom + FIRST if laid.lane == _LOCAL else top + FIRST + laid.lane * LANE
    down = _way_down(root, laid.start)
    label = pill(loop.label, laid.at, y, laid.right - laid.left, tone="-bad")
    if loop.to is None:
        line = Stroke(f"{down}V{y - HEIGHT / 2:.1f}", "loop")
        return Group("loop", (line, label), title=loop.title)
    turn = min(12.0, abs(laid.end - laid.start) / 2)
    side = turn if laid.end > laid.start else -turn
    up, at = _way_up(roots[loop.to], laid.end)
    path = (
        f"{down}V{y - turn:.1f}q0 {turn:.1f} {side:.1f} {turn:.1f}"
        f"H{laid.end - side:.1f}q{side:.1f} 0 {side:.1f} {-turn:.1f}{up}"
    )
    tip = f"M{at:.1f} {roots[loop.to].bottom + 1:.1f}l5.5 10h-11z"
    return Group("loop", (Stroke(path, "loop"), Stroke(tip, "loop-tip"), label), title=loop.title)


def _way_down(root: Root, x: float) -> str:
    if root.channel is None:
        return f"M{x:.1f} {root.bottom:.1f}"
    return f"M{root.middle + 30:.1f} {root.bottom:.1f}v14H{x:.1f}"


def _way_up(root: Root, x: float) -> tuple[str, float]:
    if root.channel is None:
        return f"V{root.bottom + 9:.1f}", x
    at = root.middle + 14
    return f"V{root.bottom + 24:.1f}H{at:.1f}V{root.bottom + 9:.1f}", at
