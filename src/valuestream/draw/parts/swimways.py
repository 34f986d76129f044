"""The ways between steps in swimlanes: across, down, along a lane's foot, and back."""

from collections.abc import Sequence
from itertools import groupby

from valuestream.draw.lanes import Move, Seats
from valuestream.draw.lanetracks import tracks
from valuestream.draw.parts.cornered import cornered
from valuestream.draw.parts.pill import pill
from valuestream.draw.scene import Group, Node, Point, Rect, Stroke, Text
from valuestream.draw.ways import Back
from valuestream.model.shares import format_share

_TRACK = 9.0
_EXIT = 17.0
"""Between two ways that leave a step: a share fits between them."""


def drawn_way(
    move: Move, ends: tuple[Rect, Rect], over: bool, leaves: Point, along: tuple[float, int] | None
) -> Group:
    """A way from card to card.

    It turns at the x of `leaves`, and leaves its card that y's pixels from the middle. `along` is
    the height at which it runs along a lane, and its track there. To another role it is amber.
    """
    (one, other), (turn, beside) = ends, leaves
    style = "handoff" if over else "way"
    y, to, end = entry(one) + beside, entry(other), other.x - 10
    points: list[Point] = [(one.right, y)]
    if along:
        before = end - 18 - _TRACK * along[1]
        points += [(turn, y), (turn, along[0]), (before, along[0]), (before, to)]
    elif abs(y - to) >= 0.5:
        points += [(turn, y), (turn, to)]
    points.append((end, to))
    nodes: list[Node] = [
        Stroke(cornered(points), style),
        Stroke(f"M{other.x - 1:.1f} {to:.1f}l-11 -6v12z", f"{style}-tip"),
    ]
    if move.share < 0.995:
        nodes.append(Text(one.right + 5, y - 5, format_share(move.share), "label"))
    return Group("way", tuple(nodes))


def drawn_back(way: Back, ends: tuple[Rect, Rect], y: float) -> Group:
    """A way back: along a lane's foot at that height to the step that it goes to."""
    one, other = ends
    start, end = one.middle + 16, other.middle - 16
    if one is other:
        start, end = one.middle + 48, one.middle - 48
    # The step may sit in a lane below: then the way comes to its top.
    tip = other.y if other.y > y else other.bottom
    gap, arrow = (-10, -11) if other.y > y else (10, 11)
    drawn = cornered([(start, one.bottom), (start, y), (end, y), (end, tip + gap)])
    return Group(
        "loop",
        (
            Stroke(drawn, "loop"),
            Stroke(f"M{end:.1f} {tip:.1f}l-6 {arrow}h12z", "loop-tip"),
            pill(way.label, (start + end) / 2, y, max(70.0, abs(end - start)), tone="-bad"),
        ),
    )


def entry(box: Rect) -> float:
    """The height at which ways leave and enter a card."""
    return box.y + min(box.height / 2, 46.0)


def leaving(here: Sequence[Move], seated: Seats) -> dict[Move, float]:
    """How far from the middle of its step each way leaves it: straight on, above or below."""
    found: dict[Move, float] = {}
    for origin in {move.origin for move in here}:
        own = [move for move in here if move.origin == origin]
        own.sort(key=lambda m: (seated.column[m.to], m.to))
        up = [m for m in own if seated.lane[m.to] < seated.lane[origin]]
        straight = [m for m in own if m not in up and _is_next(m, seated)][:1]
        down = [m for m in own if m not in up and m not in straight]
        found |= dict.fromkeys(straight, 0.0)
        first = 1 if straight or (up and down) else 0
        found |= {m: -_EXIT * (n + first) for n, m in enumerate(up)}
        found |= {m: _EXIT * (n + first) for n, m in enumerate(down)}
    return found


def _is_next(move: Move, seated: Seats) -> bool:
    side_by_side = seated.column[move.to] == seated.column[move.origin] + 1
    return side_by_side and seated.lane[move.to] == seated.lane[move.origin]


def turns(here: Sequence[Move], boxes: dict[int, Rect], seated: Seats) -> dict[Move, float]:
    """Where each way turns in the gutter behind its step, each gutter's ways side by side."""
    found: dict[Move, float] = {}
    for _, moves in groupby(
        sorted(here, key=lambda m: (seated.column[m.origin], m.origin, m.to)),
        key=lambda m: seated.column[m.origin],
    ):
        own = list(moves)
        # Behind the shares that stand beside the ways.
        first = 38 if any(move.share < 0.995 for move in own) else 12
        for number, move in enumerate(own):
            found[move] = boxes[move.origin].right + first + _TRACK * (number % 5)
    return found


def channels(
    seated: Seats, ways_back: Sequence[Back], places: Sequence[int]
) -> dict[Move | Back, tuple[int, int]]:
    """The lane and the track of each line that runs along a lane's foot."""
    spans: dict[int, dict[Move | Back, tuple[float, float]]] = {}
    for move in seated.moves:
        if {move.origin, move.to} <= set(places):
            first, last = seated.column[move.origin], seated.column[move.to]
            if last > first + 1:
                spans.setdefault(seated.lane[move.origin], {})[move] = (first + 0.6, last - 0.1)
    for back in ways_back:
        if {back.origin, back.to} <= set(places):
            ends = sorted((seated.column[back.to], seated.column[back.origin]))
            spans.setdefault(seated.lane[back.origin], {})[back] = (ends[0], ends[1] + 0.3)
    return {
        line: (lane, track) for lane, own in spans.items() for line, track in tracks(own).items()
    }
