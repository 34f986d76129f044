"""How work comes to a step: what waits before it, and whether it is pushed or pulled."""

from dataclasses import dataclass

from valuestream.draw.parts.symbols import fifo, inventory, pull, push, supermarket
from valuestream.draw.scene import Group, Node, Rect, Stroke, Text
from valuestream.model.stream import Supplied

INLET = 96.0
"""The width of it."""


@dataclass(frozen=True, slots=True)
class Inlet:
    """What stands left of a process box; `said` is what waits there, in a few words."""

    how: Supplied
    said: str
    title: str = ""
    entry: float = 0.0
    most: bool = False

    def at(self, x: float, y: float) -> Group:
        """From its left edge on, at the height of the ways."""
        right, middle = x + INLET - 2, x + 43
        nodes: list[Node] = []
        if self.entry:
            nodes.append(Stroke(f"M{x:.1f} {y - self.entry:.1f}v{2 * self.entry:.1f}", "way"))
        symbol, bottom = self._symbol(x + 3, right, y)
        nodes += symbol
        if self.said:
            style = "map-count-bad" if self.most else "map-count"
            if self.how in ("push", "pull"):
                bad = "inventory-bad" if self.most else "inventory"
                nodes += inventory(middle, bottom - 20, bad)
            nodes.append(Text(middle, bottom - 5, self.said, style, "middle"))
        room = Rect(x, y - 72, INLET, 92)
        return Group("inlet", tuple(nodes), title=self.title, room=room)

    def _symbol(self, left: float, right: float, y: float) -> tuple[tuple[Node, ...], float]:
        """The symbol, and the height above which there is room for words."""
        middle = left + 40
        if self.how == "pull":
            line = Stroke(f"M{left:.1f} {y:.1f}H{right:.1f}", "pull-line")
            tip = Stroke(f"M{right:.1f} {y:.1f}l-11 -6v12z", "pull-tip")
            return (line, *pull(middle - 3, y), tip), y - 21
        if self.how == "supermarket":
            lines = (
                f"M{left - 3:.1f} {y:.1f}H{middle - 16:.1f}M{middle + 8:.1f} {y:.1f}H{right:.1f}"
            )
            line = Stroke(lines, "pull-line")
            tip = Stroke(f"M{right:.1f} {y:.1f}l-11 -6v12z", "pull-tip")
            return (*supermarket(middle - 4, y), line, tip), y - 22
        if self.how == "fifo":
            return fifo(left, right, y), y - 13
        return push(left, right, y), y - 10
