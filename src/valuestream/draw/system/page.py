"""The whole picture of a workspace."""

from collections.abc import Iterator

from valuestream.draw.parts.header import Headline, headed
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Box, Group, Node, Rect, Scene, Text
from valuestream.draw.system.legend import faulty, legend
from valuestream.draw.system.placed import Placed
from valuestream.draw.system.plan import Plan, plan
from valuestream.draw.system.rowview import row_in_place, water
from valuestream.draw.system.shown import Shown
from valuestream.draw.system.wires import wires
from valuestream.draw.texts import clean, quoted
from valuestream.model.names import answered

NAME = "system"
_LEAST = 1120.0


def layout(shown: Shown, name: str) -> Scene:
    """All streams: operational ones over developmental ones, and what leads from these to those."""
    planned = plan(shown)
    page = max(planned.width + 2 * MARGIN, _LEAST)
    room = page - 2 * MARGIN
    head = headed((name, subtitle(shown)), tuple(headlines(shown)), MARGIN, 48, room)
    body, bottom = _body(planned, _bottom(head) + 24, page)
    nodes: list[Node] = [head, *body]
    for part in (faulty, legend):
        if group := part(shown, MARGIN, bottom + 20, room):
            nodes.append(group)
            bottom = _bottom(group)
    title = clean(name)
    return Scene(NAME, page, bottom + 36, title, description(shown, title), tuple(nodes))


def _body(planned: Plan, top: float, page: float) -> tuple[list[Node], float]:
    """Both banks from the top on, the lines between them, and where all of it ends."""
    system, x = planned.shown.system, planned.left(0)
    nodes: list[Node] = []
    above, exchange = _bank(planned, 0, top)
    deep = exchange + planned.between
    below, bottom = _bank(planned, 1, deep + 16)
    if system.developmental:
        rect = Rect(MARGIN - 26, deep, page - 2 * MARGIN + 52, bottom - deep)
        nodes.append(Box(rect, "deep", 16))
        nodes.append(Text(x, deep + 28, "WHAT BUILDS AND KEEPS THE STEPS", "heading-work"))
    if system.operational:
        nodes.append(Text(x, top + 12, "WHAT THE CUSTOMERS RECEIVE", "heading-value"))
    nodes += [water(placed) for placed in above]
    nodes += wires(planned, above, below, exchange)
    nodes += [row_in_place(planned, placed) for placed in (*above, *below)]
    return nodes, bottom if below else exchange


def _bank(planned: Plan, bank: int, top: float) -> tuple[tuple[Placed, ...], float]:
    """The rows of a bank under its heading, and where it ends; an empty one takes no room."""
    height = planned.heights[bank]
    return (planned.placed(bank, top + 34), top + 34 + height) if height else ((), top)


def headlines(shown: Shown) -> Iterator[Headline]:
    """How far the streams are tied to each other."""
    system = shown.system
    steps = [step for at in system.operational for step in system.streams[at].steps]
    if steps:
        valued = sum(step.has_value for step in steps)
        yield Headline("STEPS WITH A VALUE", f"{valued} of {len(steps)}", "of operational streams")
    if steps and system.developmental:
        built = sum(system.streams[spot.stream].kind == "operational" for spot in system.built)
        yield Headline("STEPS BUILT AND KEPT", f"{built} of {len(steps)}", "of operational streams")
    if system.developmental and system.operational:
        reach, of = len(system.reaching), len(system.developmental)
        yield Headline("REACH A CUSTOMER", f"{reach} of {of}", "developmental streams")


def subtitle(shown: Shown) -> str:
    """How many streams of each kind there are, and for whom."""
    system = shown.system
    kinds = {"operational": system.operational, "developmental": system.developmental}
    counts = [f"{len(of)} {kind}" for kind, of in kinds.items() if of]
    several = "s" * (len(system.streams) != 1)
    parts = [f"{' and '.join(counts)} stream{several}" if counts else "No stream without faults"]
    if whom := _customers(shown):
        parts.append(f"for the {whom}")
    if not system.operational and system.developmental:
        parts.append("no operational stream, so no customer")
    if system.faulty:
        parts.append(f"{len(system.faulty)} with faults")
    return " · ".join(parts)


def _customers(shown: Shown) -> str:
    of = (answered(shown.system.streams[at].customer) for at in shown.system.operational)
    names = list(dict.fromkeys(name for name in of if name))
    more = f" and {len(names) - 4} more" if len(names) > 4 else ""
    return ", ".join(map(quoted, names[:4])) + more


def description(shown: Shown, name: str) -> str:
    """The whole picture in words, for those who do not see it."""
    return " ".join((f"{name}: {subtitle(shown)}.", *_sentences(shown)))


def _sentences(shown: Shown) -> Iterator[str]:
    system = shown.system
    by: dict[int, dict[str, None]] = {}
    for feed in system.feeds:
        if feed.to:
            name = clean(system.streams[feed.origin.stream].stream)
            by.setdefault(feed.to.stream, {})[name] = None
    for at, stream in enumerate(system.streams):
        steps = ", ".join(clean(step.step) for step in stream.steps)
        letter = f"{shown.letters[at]} " if at in shown.letters else ""
        yield f"{letter}{clean(stream.stream)} ({stream.kind}): {steps}."
        if at in by:
            yield f"Built by {', '.join(by[at])}."
        if at in shown.letters and at not in system.reaching:
            yield "It reaches no customer."


def _bottom(group: Group) -> float:
    return group.room.bottom if group.room else 0.0
