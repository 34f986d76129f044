"""The lines from those who build to what they build: out, across, up, and in from below."""

from collections.abc import Iterator, Sequence

from valuestream.draw.fonts import width
from valuestream.draw.parts.cornered import cornered
from valuestream.draw.parts.lines import tip
from valuestream.draw.scene import Dot, Group, Node, Point, Stroke, Text
from valuestream.draw.system.placed import Placed, spots
from valuestream.draw.system.plan import Plan
from valuestream.draw.typography import FONTS
from valuestream.model.system import Spot

_LABEL = FONTS["feed-text"]
_ROUND = 10.0
"""The radius of a step's dot on its line."""
_CORNER = 9.0
"""Where a line that goes on is taken up before a corner of one that turns off."""
Banks = tuple[Sequence[Placed], Sequence[Placed]]
"""The operational rows and the developmental ones."""


def wires(plan: Plan, upper: Sequence[Placed], lower: Sequence[Placed], top: float) -> list[Node]:
    """All lines, one group a developmental stream; the exchange begins at `top`."""
    return [
        Group("feed", tuple(_of(plan, (upper, lower), top, stream)), title=_titled(plan, stream))
        for stream in plan.shown.letters
        if stream in plan.shown.sending
    ]


def _titled(plan: Plan, stream: int) -> str:
    return f"{plan.shown.letters[stream]} {plan.shown.system.streams[stream].stream}"


def _of(plan: Plan, banks: Banks, top: float, stream: int) -> Iterator[Node]:
    style = f"feed-{plan.shown.colours[stream]}"
    paths = (*_out(plan, banks, top, stream), *_in(plan, banks, top, stream))
    yield from (Stroke(cornered(path), style) for path in paths)
    for placed in banks[1]:
        if placed.row.stream == stream:
            yield from _rising(placed, style)
    for placed in (*banks[0], *banks[1]):
        if stream in placed.row.comes:
            yield from _arriving(plan, placed, stream)


def _track(plan: Plan, top: float, stream: int) -> float | None:
    track = plan.exchange.get(stream)
    return None if track is None else top + 9 + (track + 0.5) * plan.detail.pitch


def _out(plan: Plan, banks: Banks, top: float, stream: int) -> Iterator[list[Point]]:
    """From the steps that build to the line beside their column, and on it to the exchange."""
    track = _track(plan, top, stream)
    home = _home(banks, stream)
    for placed in _sending(banks, stream):
        x = plan.beside(placed.column, stream)
        others = [c for c in plan.columns_of(stream) if c != placed.column]
        way = [(placed.middle(max(placed.row.sends)), placed.out), (x, placed.out)]
        if track is not None:
            yield [*way, (x, track), (plan.beside(others[0], stream), track)]
        elif placed is not home:
            yield [*way, (x, home.out)]


def _in(plan: Plan, banks: Banks, top: float, stream: int) -> Iterator[list[Point]]:
    """From the exchange, or from where it leaves, to the last step that it builds in each row."""
    track = _track(plan, top, stream)
    home = _home(banks, stream)
    out = (home.middle(max(home.row.sends)), home.out)
    start = out if track is None else (plan.beside(home.column, stream), track)
    for column in plan.columns_of(stream):
        x = plan.beside(column, stream)
        ends = [
            (max(at for _, at in _heads(plan, placed, stream)), placed.under(stream))
            for placed in (*banks[0], *banks[1])
            if placed.column == column and stream in placed.row.comes
        ]
        yield from _branches([start, (x, start[1])], ends)


def _branches(start: list[Point], ends: list[Point]) -> Iterator[list[Point]]:
    """Ways that leave a line up and down to each end; no two lie on each other for long."""
    x, y = start[-1]
    for way in (-1, 1):
        before = start
        for end in sorted((e for e in ends if (e[1] - y) * way > 0), key=lambda e: way * e[1]):
            yield [*before, (x, end[1]), end]
            before = [(x, end[1] - way * _CORNER)]


def _sending(banks: Banks, stream: int) -> list[Placed]:
    return [p for p in banks[1] if p.row.stream == stream and p.row.sends]


def _home(banks: Banks, stream: int) -> Placed:
    return _sending(banks, stream)[0]


def _heads(plan: Plan, placed: Placed, stream: int) -> list[tuple[Spot, float]]:
    """Where the lines of a stream come to a row: what is built, and the x of the arrowhead."""
    found = []
    for spot in spots(placed):
        coming = plan.shown.feeds.get(spot, {})
        if stream in coming:
            order = [by for by in placed.row.comes if by in coming]
            apart = _apart(placed, spot, len(order))
            shift = order.index(stream) - (len(order) - 1) / 2
            found.append((spot, placed.middle(spot.step) + shift * apart))
    return found


def _apart(placed: Placed, spot: Spot, lines: int) -> float:
    room = placed.cell - 8 if spot.step >= 0 else placed.row.detail.lead - 4
    return min(placed.row.detail.apart, room / max(1, lines))


def _arriving(plan: Plan, placed: Placed, stream: int) -> Iterator[Node]:
    colour = plan.shown.colours[stream]
    y, detail = placed.under(stream), placed.row.detail
    small = detail.name == "ticks"
    size = 5.0 if small else 8.0
    for spot, x in _heads(plan, placed, stream):
        to = placed.foot + 2
        if spot.step < 0:
            to = placed.line + (5 if small else _ROUND + 1)
        yield Stroke(f"M{x:.1f} {y:.1f}V{to + size - 1:.1f}", f"feed-{colour}")
        yield tip([(x, y), (x, to)], f"feed-tip-{colour}", size)
        yield from _label(plan, placed, spot, (stream, x))


def _label(plan: Plan, placed: Placed, spot: Spot, at: tuple[int, float]) -> Iterator[Node]:
    stream, x = at
    coming = plan.shown.feeds[spot]
    detail = placed.row.detail
    letter = plan.shown.letters[stream]
    numbers = [letter + (str(step + 1) if step >= 0 else "") for step in coming[stream]]
    room = placed.cell / 2 - 6 if spot.step >= 0 else detail.lead - 6
    room = room if len(coming) == 1 else _apart(placed, spot, len(coming))
    tried = (" ".join(numbers), f"{letter}…") if detail.name != "ticks" else ()
    fitting = (words for words in tried if width(words, _LABEL.size, _LABEL.weight) + 7 < room)
    for words in tuple(fitting)[:1]:
        yield Text(x + 5, placed.foot + detail.arrow - 6, words, "feed-text")


def _rising(placed: Placed, style: str) -> Iterator[Node]:
    """From the steps that build something up to the line that leaves."""
    start = 6 if placed.row.detail.name == "ticks" else _ROUND
    for step in placed.row.sends:
        x = placed.middle(step)
        yield Stroke(f"M{x:.1f} {placed.line - start:.1f}V{placed.out:.1f}", style)


def missing(plan: Plan, placed: Placed) -> Iterator[Node]:
    """The marks of a row where links are missing, or lead to nothing."""
    row, shown = placed.row, plan.shown
    small = row.detail.name == "ticks"
    radius = 2.8 if small else 5.0
    for at in row.steps:
        if shown.is_missing(Spot(row.stream, at)):
            yield Dot(placed.middle(at), placed.foot + (6 if small else 11), radius, "missing")
    is_builder = row.stream in shown.letters
    for at in (*((-1,) if row.starts else ()), *row.steps) if is_builder else ():
        if Spot(row.stream, at) in shown.losing:
            x, y = placed.middle(at) + (5 if small else 16), placed.line - (8.5 if small else 11)
            yield Stroke(f"M{x:.1f} {placed.line - 1.5:.1f}V{y:.1f}", "lost")
            yield Dot(x, y, 2.2 if small else 4, "lost-end")
    if row.starts and is_builder and row.stream not in shown.system.reaching:
        yield Dot(placed.middle(-1), placed.out, radius, "missing")
