"""A row in its place: its heading, its line, its steps, and whom it serves."""

from collections.abc import Iterator

from valuestream.draw.fonts import width
from valuestream.draw.paragraphs import fitted, height_of, one_line, set_lines
from valuestream.draw.scene import Box, Dot, Group, Node, Rect, Stroke, Text
from valuestream.draw.system.placed import Placed
from valuestream.draw.system.plan import Plan
from valuestream.draw.system.wires import missing
from valuestream.draw.texts import clean
from valuestream.draw.typography import FONTS
from valuestream.model.names import answered
from valuestream.model.system import Spot


def water(placed: Placed) -> Box:
    """What lies under an operational line."""
    high = placed.top + placed.row.height - placed.line
    return Box(Rect(placed.start, placed.line, placed.end - placed.start, high), "water")


def row_in_place(plan: Plan, placed: Placed) -> Group:
    """All of a row but its water and the lines of those who build it."""
    nodes = (*_heading(plan, placed), *_line(placed), *_steps(plan, placed), *_end(plan, placed))
    room = Rect(placed.x, placed.top, plan.body, placed.row.height)
    return Group("stream", (*nodes, *missing(plan, placed)), room=room)


def _heading(plan: Plan, placed: Placed) -> Iterator[Node]:
    row = placed.row
    if not row.starts:
        return
    small = row.detail.name == "ticks"
    baseline = placed.line + 3 if small else placed.top + 17
    letter = plan.shown.letters.get(row.stream)
    x = placed.x
    if letter is not None:
        badge = _badge(plan, placed, letter, baseline - (1 if small else 5))
        yield badge
        x += (badge.room.width if badge.room else 0.0) + 10
    room = placed.x + (row.detail.beside - 12 if small else plan.body) - x
    name = clean(plan.shown.system.streams[row.stream].stream)
    said = plan.shown.said(row.stream)
    if small:
        yield one_line(name, x, baseline, room, "stream-name-small")
        if said:
            yield one_line(said, x, baseline + 14, room, "stream-fact-small")
        return
    font = FONTS["stream-fact"]
    facts = min(width(said, font.size) + 18, room * 0.55) if said else 0.0
    words = one_line(name, x, baseline, room - facts, "stream-name")
    yield words
    if said:
        after = x + words.rect.width + 16
        yield one_line(said, after, baseline, placed.x + plan.body - after, "stream-fact")


def _badge(plan: Plan, placed: Placed, letter: str, y: float) -> Group:
    colour = plan.shown.colours[placed.row.stream]
    font = FONTS["badge"]
    wide = max(20.0, width(letter, font.size, font.weight) + 10)
    rect = Rect(placed.x, y - 10, wide, 20)
    words = Text(rect.middle, y + 4.2, letter, "badge", "middle")
    return Group("badge", (Box(rect, f"feed-tip-{colour}", 10), words), room=rect)


def _line(placed: Placed) -> Iterator[Node]:
    row, y = placed.row, placed.line
    small = row.detail.name == "ticks"
    yield Stroke(f"M{placed.start:.1f} {y:.1f}H{placed.end - (0 if row.ends else 8):.1f}", "line")
    if row.starts:
        yield Dot(placed.start + 8, y, 4 if small else 7, "request-dot")
    if row.ends:
        yield Dot(placed.end - 2, y, 4 if small else 7, "outcome-dot")
    else:
        yield Stroke(f"M{placed.end:.1f} {y:.1f}l-11 -6v12z", "waterline-end")


def _steps(plan: Plan, placed: Placed) -> Iterator[Node]:
    row = placed.row
    stream = plan.shown.system.streams[row.stream]
    for at, face in zip(row.steps, row.faces, strict=True):
        nodes = face.at(placed.middle(at), placed.line, row.above, row.below)
        key = f"{stream.key}/{stream.steps[at].key}"
        yield Group("step", nodes, title=_titled(plan, Spot(row.stream, at)), step=key)


def _titled(plan: Plan, spot: Spot) -> str:
    """All of a step, for who rests a pointer on it."""
    shown = plan.shown
    step = shown.system.streams[spot.stream].steps[spot.step]
    said = [step.step]
    if step.value and step.has_value:
        said.append(f"the customer receives: {step.value.receives}")
    if builds := shown.builds(spot):
        said.append(builds)
    by = [shown.system.streams[one].stream for one in shown.feeds.get(spot, ())]
    if by:
        said.append(f"built by {', '.join(by)}")
    elif shown.is_missing(spot):
        said.append("no developmental stream builds it")
    return " · ".join(clean(part) for part in said)


def _end(plan: Plan, placed: Placed) -> Iterator[Node]:
    """Whom an operational stream serves."""
    row = placed.row
    stream = plan.shown.system.streams[row.stream]
    if not row.ends or stream.kind != "operational":
        return
    whom = clean(answered(stream.customer) or "")
    small = row.detail.name == "ticks"
    x = placed.end + (8 if small else 12)
    style = "customer-name-small" if small else "customer-name"
    if not small:
        yield Dot(x + 9, placed.line - 9, 5.5, "customer")
        yield Stroke(f"M{x:.1f} {placed.line + 9:.1f}a9 10 0 0 1 18 0z", "customer")
        x += 26
    room = placed.end + row.detail.customer - x - 4
    lines = fitted(whom or "Nobody is named", room, style, 2 if small else 4)
    top = placed.line - height_of(lines, style) / 2
    yield Group("customer", set_lines(lines, x, top, style), title=whom if lines.cut else "")
