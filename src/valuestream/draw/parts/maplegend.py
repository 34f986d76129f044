"""The symbols of a map and what they mean: only those that it uses."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from valuestream.draw.fonts import width
from valuestream.draw.parts.lines import rounded
from valuestream.draw.parts.symbols import (
    burst,
    factory,
    fifo,
    inventory,
    operator,
    pull,
    push,
    supermarket,
)
from valuestream.draw.scene import Box, Group, Node, Rect, Stroke, Text
from valuestream.draw.typography import FONTS

_ROW, _APART, _BESIDE = 40.0, 30.0, 10.0
Draw = Callable[[float, float], tuple[Node, ...]]
"""From the left edge and the middle's height to the symbol."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A symbol, how wide it is, and what it means."""

    wide: float
    draw: Draw
    means: str


def _line(x: float, y: float) -> tuple[Node, ...]:
    tip = Stroke(f"M{x + 44:.1f} {y:.1f}l-9 -5v10z", "information-tip")
    return Stroke(f"M{x:.1f} {y:.1f}h37", "information"), tip


def _zigzag(x: float, y: float) -> tuple[Node, ...]:
    path = rounded([(x, y), (x + 37, y)], jag=x + 18)
    tip = Stroke(f"M{x + 44:.1f} {y:.1f}l-9 -5v10z", "information-tip")
    return Stroke(path, "electronic"), tip


def _delivery(x: float, y: float) -> tuple[Node, ...]:
    path = f"M{x:.1f} {y:.1f}h28"
    head = Stroke(f"M{x + 44:.1f} {y:.1f}l-18 -9.9v19.8z", "delivery-tip")
    return Stroke(path, "delivery"), Stroke(path, "delivery-inside"), head


def _back(x: float, y: float) -> tuple[Node, ...]:
    tip = Stroke(f"M{x:.1f} {y:.1f}l10 -5.5v11z", "loop-tip")
    return Stroke(f"M{x + 9:.1f} {y:.1f}h31", "loop"), tip


def _rungs(x: float, y: float) -> tuple[Node, ...]:
    path = f"M{x:.1f} {y + 8:.1f}v-16h24v16h26"
    fill = Box(Rect(x, y - 8, 24, 16), "rung-fill")
    return fill, Box(Rect(x + 24, y + 5, 26, 6), "rung-work-bar"), Stroke(path, "ladder")


def _together(x: float, y: float) -> tuple[Node, ...]:
    path = f"M{x:.1f} {y + 8:.1f}v-16h40v16"
    return Box(Rect(x, y - 8, 40, 16), "rung-elapsed"), Stroke(path, "ladder")


def _steering(x: float, y: float) -> tuple[Node, ...]:
    line = Stroke(f"M{x:.1f} {y - 7:.1f}h34", "control")
    return Box(Rect(x, y - 12, 34, 24), "control"), line


def _value(x: float, y: float) -> tuple[Node, ...]:
    return (Box(Rect(x, y - 9, 30, 18), "value-card", 4),)


def _changed(x: float, y: float) -> tuple[Node, ...]:
    return (Box(Rect(x, y - 10, 30, 20), "process-changed", 4),)


_SIGNS: tuple[tuple[tuple[str, ...], Sign], ...] = (
    (("value-card",), Sign(30, _value, "what the customer receives")),
    (
        ("factory",),
        Sign(34, lambda x, y: (factory(Rect(x, y - 17, 34, 32)),), "customer or supplier"),
    ),
    (("control",), Sign(34, _steering, "steers the work")),
    (("operator",), Sign(16, lambda x, y: operator(x + 8, y - 2), "who does it")),
    (
        ("inventory", "inventory-bad"),
        Sign(40, lambda x, y: inventory(x + 20, y + 15), "work that waits"),
    ),
    (("push",), Sign(58, lambda x, y: push(x, x + 58, y), "pushed on")),
    (("pull",), Sign(32, lambda x, y: pull(x + 16, y), "pulled when needed")),
    (("supermarket",), Sign(24, lambda x, y: supermarket(x + 12, y, 30), "supermarket")),
    (("fifo",), Sign(62, lambda x, y: fifo(x, x + 62, y), "first in, first out")),
    (("information",), Sign(44, _line, "information")),
    (("electronic",), Sign(44, _zigzag, "electronic information")),
    (("delivery",), Sign(44, _delivery, "delivered")),
    (("loop",), Sign(40, _back, "rework")),
    (
        ("burst", "burst-note"),
        Sign(34, lambda x, y: (burst(x + 17, y, 17, 15, "burst"),), "kaizen: make this better"),
    ),
    (("process-changed",), Sign(30, _changed, "changed")),
    (
        ("rung-fill", "rung-work-bar"),
        Sign(50, _rungs, "ladder: up a case waits, down it is worked on"),
    ),
    (("rung-elapsed",), Sign(40, _together, "ladder: wait and work together")),
)
"""By the styles that show that a sign is used."""


def map_legend(drawn: tuple[Node, ...], x: float, top: float, room: float) -> Group:
    """The signs in rows, between the edges."""
    nodes: list[Node] = []
    at, y = x, top + _ROW / 2
    font = FONTS["legend-text"]
    for sign in _used(drawn):
        wide = sign.wide + _BESIDE + width(sign.means, font.size, font.weight)
        if at > x and at + wide > x + room:
            at, y = x, y + _ROW
        nodes += sign.draw(at, y)
        nodes.append(Text(at + sign.wide + _BESIDE, y + 4.2, sign.means, "legend-text"))
        at += wide + _APART
    return Group("signs", tuple(nodes), room=Rect(x, top, room, y + _ROW / 2 - top))


def _used(drawn: tuple[Node, ...]) -> Iterator[Sign]:
    styles = set(_styles(drawn))
    return (sign for shown_by, sign in _SIGNS if styles.intersection(shown_by))


def _styles(nodes: tuple[Node, ...]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Group):
            yield from _styles(node.nodes)
        else:
            yield node.style
