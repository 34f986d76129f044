"""What every view has around it: the header, the costliest finding, the legend."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from valuestream.draw.known import Known
from valuestream.draw.parts.callout import callout, costliest
from valuestream.draw.parts.header import header
from valuestream.draw.parts.legend import legend
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Group, Node, Scene
from valuestream.draw.texts import clean
from valuestream.draw.words import description
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream

Body = Callable[[float], tuple[list[Node], float]]
"""From the top edge to the shapes, and where they end."""
Head = Callable[[Stream, Known, float, float, float], Group]
"""From the left and top edge and the width to the top of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A view's page: its name, how wide it is, what its legend says besides, what stands on top."""

    view: str
    width: float
    notes: tuple[str, ...] = ()
    head: Head = header


def frame(
    page: Page, stream: Stream, facts: Known, findings: Sequence[Finding], body: Body
) -> Scene:
    """The whole picture of a view."""
    room = page.width - 2 * MARGIN
    head = page.head(stream, facts, MARGIN, 48, room)
    nodes: list[Node] = [head]
    inner, top = body(_bottom(head) + 28)
    nodes += inner
    worst = costliest(findings)
    feet = [
        callout(worst, MARGIN, top, room) if worst else None,
        legend(facts, page.notes, MARGIN, top + (_height(worst, room)), room),
    ]
    nodes += [foot for foot in feet if foot]
    bottom = max([top, *(_bottom(foot) for foot in feet if foot)])
    words = description(stream, facts)
    return Scene(page.view, page.width, bottom + 36, clean(stream.stream), words, tuple(nodes))


def _height(worst: Finding | None, room: float) -> float:
    return _bottom(callout(worst, MARGIN, 0, room)) + 24 if worst else 0.0


def _bottom(group: Group) -> float:
    return group.room.bottom if group.room else 0.0
