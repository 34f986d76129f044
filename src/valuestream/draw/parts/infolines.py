"""The lines of information on a map, their labels, and the broad arrows from and to the outside."""

from collections.abc import Sequence

from valuestream.draw.bandedflow import Seated
from valuestream.draw.informing import CUSTOMER, START, Flow, Party
from valuestream.draw.maptop import LANE, Laid, Top
from valuestream.draw.paragraphs import set_lines
from valuestream.draw.parts.inlet import INLET
from valuestream.draw.parts.lines import JAG, pipe, rounded, tip
from valuestream.draw.parts.mapcard import MapCard
from valuestream.draw.parts.outside import FACTORY
from valuestream.draw.parts.pill import pill, pill_width
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Group, Node, Point, Stroke
from valuestream.draw.texts import clean

_MOST_LABEL = 300.0


def information(top: Top, y: float, seated: Seated) -> list[Node]:
    """All lines, then all labels."""
    drawn = [_direct(top, flow, y) for flow in top.direct]
    drawn += [_on_lane(top, laid, y, seated) for laid in top.lanes]
    return [*(line for line, _ in drawn), *(label for _, label in drawn if label)]


def _line(flow: Flow, points: Sequence[Point], jag: float | None) -> Group:
    style = "electronic" if flow.electronic else "information"
    end = points[-1]
    back = 7.0 if points[-2][0] < end[0] else -7.0
    short = (
        (end[0] - back, end[1])
        if points[-2][1] == end[1]
        else (end[0], end[1] - 7.0 * _sign(points))
    )
    path = rounded([*points[:-1], short], jag=jag)
    return Group("information", (Stroke(path, style), tip(points, "information-tip")), flow.label)


def _sign(points: Sequence[Point]) -> float:
    return 1.0 if points[-1][1] > points[-2][1] else -1.0


def _direct(top: Top, flow: Flow, y: float) -> tuple[Group, Group | None]:
    pair = {flow.origin, flow.to}
    beside = [other for other in top.direct if {other.origin, other.to} == pair]
    height = y + FACTORY - 37 + (beside.index(flow) - (len(beside) - 1) / 2) * 34
    one, other = top.rect(flow.origin), top.rect(flow.to)
    right = one.x < other.x
    start, end = (one.right, other.x) if right else (one.x, other.right)
    room = abs(end - start) - 34 - (JAG + 8 if flow.electronic else 0)
    wide = min(pill_width(flow.label), room) if flow.label else 0.0
    # The zigzag stands before the label, on the side from which the arrow comes.
    way = 1 if right else -1
    whole = wide + (JAG + 8 if flow.electronic else 0)
    first = (start + end) / 2 - way * whole / 2
    jag = first + way * JAG / 2 if flow.electronic else None
    label = None
    if flow.label:
        label = pill(flow.label, first + way * (whole - wide / 2), height, room)
    return _line(flow, [(start, height), (end, height)], jag), label


def _on_lane(top: Top, laid: Laid, y: float, seated: Seated) -> tuple[Group, Group | None]:
    flow, height = laid.flow, y + top.first_lane + laid.lane * LANE
    out = _end(top, flow, flow.origin, (y, height), seated)
    into = _end(top, flow, flow.to, (y, height), seated)
    points = [*out, (out[-1][0], height), (into[-1][0], height), *reversed(into)]
    low, high = sorted((laid.start, laid.end))
    extra = JAG + 8 if flow.electronic else 0.0
    room = max(90.0, min(_MOST_LABEL, high - low - 24 - extra))
    wide = min(pill_width(flow.label), room) if flow.label else 0.0
    at = _clear(top, laid, (wide + extra) / 2)
    jag = at - wide / 2 if flow.electronic else None
    label = pill(flow.label, at + extra / 2, height, room) if flow.label else None
    return _line(flow, points, jag), label


def _end(
    top: Top, flow: Flow, party: Party, heights: tuple[float, float], seated: Seated
) -> list[Point]:
    """From one of the two to where the line stands over or under its lane.

    `heights` are those of the map's upper edge and of the lane.
    """
    y, lane = heights
    x = top.port(flow, party)
    if party == CUSTOMER:
        side = min(max(lane, y + 36), y + top.customer_bottom - 8)
        return [(top.customer_x, side), (x, side)]
    if party == START:
        first = seated.side(1)[0]
        return [(first + 2, seated.height(0)), (x, seated.height(0))]
    if party.kind == "step":
        node = top.node(party)
        card = seated.flow.boxes[node]
        tall = card.tall if isinstance(card, MapCard) else 0.0
        left = seated.side(node)[0] + INLET
        ends = [f for f in top.informing.flows if party in (f.origin, f.to)]
        box = seated.height(node) - tall / 2 + 12 + 9 * (ends.index(flow) % 3)
        points = [(left, box), (x, box)]
        band = seated.flow.column(node).band
        if band:
            bus = seated.tops[band] - 9
            points += [(x, bus), (MARGIN - 8, bus)]
        return points
    return [(x, y + top.rect(party).bottom)]


def _clear(top: Top, laid: Laid, half: float) -> float:
    """The middle of a label on its lane where no other line goes through it."""
    low, high = sorted((laid.start, laid.end))
    middle = (low + high) / 2
    through = [x for other in top.lanes if other is not laid for x in _through(other, laid.lane)]
    places = [middle + side * 10 * n for n in range(60) for side in (1, -1)]
    free = (
        at
        for at in places
        if low + half + 8 <= at <= high - half - 8 and all(abs(x - at) > half + 6 for x in through)
    )
    return next(free, min(max(middle, MARGIN + half), top.customer_x - 16 - half))


def _through(other: Laid, lane: int) -> list[float]:
    found = []
    for party, x in ((other.flow.origin, other.start), (other.flow.to, other.end)):
        down = party.kind in ("step", "start")
        if (down and other.lane < lane) or (not down and other.lane > lane):
            found.append(x)
    return found


def delivered(top: Top, y: float, seated: Seated) -> list[Node]:
    """The broad arrows: from the supplier to the first step, from the last ones to the customer."""
    nodes: list[Node] = []
    flow = seated.flow
    if top.facts.stream.supplier:
        x = seated.side(0)[0] + 10
        down = y + top.rect(Party("supplier")).bottom
        at = seated.height(0)
        nodes.append(Group("delivery", pipe([(x, down), (x, at), (seated.side(1)[0] + 2, at)])))
    last = next((i for i, n in enumerate(flow.graph.nodes) if n.kind == "end"), None)
    if last is None:  # cases go round without end
        return nodes
    x = top.customer_x + 150
    bottom = y + top.customer_bottom
    at = seated.height(last)
    nodes.append(Group("delivery", pipe([(seated.side(last)[0], at), (x, at), (x, bottom + 2)])))
    if top.facts.stream.outcome:
        words = set_lines(top.outcome, x - 18, bottom + 14, "end-text", "end")
        nodes.append(Group("outcome", words, title=clean(top.facts.stream.outcome)))
    return nodes
