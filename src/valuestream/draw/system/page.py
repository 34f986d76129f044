"""The whole picture of a workspace."""

from collections.abc import Iterator

from valuestream.draw.parts.header import Headline, headed
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Box, Group, Node, Rect, Scene, Text
from valuestream.draw.system.lanes import Shown
from valuestream.draw.system.legend import faulty, legend
from valuestream.draw.system.plan import Placed, Plan, plan
from valuestream.draw.system.rowview import row_in_place, water
from valuestream.draw.system.wires import wires
from valuestream.draw.texts import clean, quoted
from valuestream.model.names import is_question

NAME = "system"
_LEAST = 1120.0


def layout(shown: Shown, name: str) -> Scene:
    """All streams: operational ones over developmental ones, and what leads from these to those."""
    planned = plan(shown)
    page = max(planned.width + 2 * MARGIN, _LEAST)
    room = page - 2 * MARGIN
    head = headed((name, subtitle(shown)), tuple(headlines(shown)), MARGIN, 48, room)
    nodes: list[Node] = [head]
    body, bottom = _body(planned, _bottom(head) + 24, page)
    nodes += body
    for part in (
        lambda top: faulty(shown.system.faulty, MARGIN, top, room),
        lambda top: legend(shown, MARGIN, top, room),
    ):
        group = part(bottom + 20)
        if group:
            nodes.append(group)
            bottom = _bottom(group)
    title = clean(name)
    return Scene(NAME, page, bottom + 36, title, description(shown, title), tuple(nodes))


def _body(planned: Plan, top: float, page: float) -> tuple[list[Node], float]:
    upper, y = _bank(planned, 0, top, "WHAT THE CUSTOMERS RECEIVE")
    exchange = y
    y += planned.between
    below = y + 16
    lower, bottom = _bank(planned, 1, below, "WHAT BUILDS AND KEEPS THE STEPS")
    nodes: list[Node] = []
    if planned.shown.system.developmental:
        deep = Rect(MARGIN - 26, y, page - 2 * MARGIN + 52, bottom - y)
        nodes.append(Box(deep, "deep", 16))
    nodes += [water(placed) for placed in upper]
    nodes += wires(planned, upper, lower, exchange)
    nodes += _headings(planned, top, below)
    nodes += [row_in_place(planned, placed) for placed in (*upper, *lower)]
    return nodes, max(bottom, y)


def _bank(planned: Plan, bank: int, top: float, heading: str) -> tuple[tuple[Placed, ...], float]:
    """The rows of a bank, and where it ends; an empty one takes no room."""
    height = planned.heights[bank]
    if not height:
        return (), top
    return planned.placed(bank, top + 34), top + 34 + height


def _headings(planned: Plan, top: float, below: float) -> Iterator[Node]:
    system, x = planned.shown.system, planned.left(0)
    if system.operational:
        yield Text(x, top + 12, "WHAT THE CUSTOMERS RECEIVE", "heading-value")
    if system.developmental:
        yield Text(x, below + 12, "WHAT BUILDS AND KEEPS THE STEPS", "heading-work")


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
    counts = [
        f"{len(of)} {kind}"
        for of, kind in ((system.operational, "operational"), (system.developmental, "developmental"))
        if of
    ]
    total = len(system.operational) + len(system.developmental)
    said = f"{' and '.join(counts)} stream{'s' * (total != 1)}" if counts else "No stream"
    customers = list(
        dict.fromkeys(
            str(system.streams[at].customer)
            for at in system.operational
            if not is_question(system.streams[at].customer)
        )
    )
    if customers:
        named = ", ".join(map(quoted, customers[:4]))
        more = f" and {len(customers) - 4} more" if len(customers) > 4 else ""
        said += f" · for the {named}{more}"
    if system.faulty:
        said += f" · {len(system.faulty)} not shown, with faults"
    return said


def description(shown: Shown, name: str) -> str:
    """The whole picture in words, for those who do not see it."""
    return " ".join((f"{name}: {subtitle(shown)}.", *_sentences(shown)))


def _sentences(shown: Shown) -> Iterator[str]:
    system = shown.system
    for at in system.operational:
        stream = system.streams[at]
        steps = ", ".join(clean(step.step) for step in stream.steps)
        by = [clean(system.streams[k.origin.stream].stream) for k in system.feeds if k.to and k.to.stream == at]
        built = f" Built by {', '.join(dict.fromkeys(by))}." if by else ""
        yield f"{clean(stream.stream)}: {steps}.{built}"
    for at in system.developmental:
        stream = system.streams[at]
        steps = ", ".join(clean(step.step) for step in stream.steps)
        reach = "" if at in system.reaching else " It reaches no customer."
        yield f"{shown.letters[at]} {clean(stream.stream)} (developmental): {steps}.{reach}"


def _bottom(group: Group) -> float:
    return group.room.bottom if group.room else 0.0
