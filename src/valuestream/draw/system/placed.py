"""A row of a stream in its place, and where lines come to it and leave it."""

from dataclasses import dataclass

from valuestream.draw.system.lanes import Row
from valuestream.model.system import Spot

TAIL = 8.0
"""Of a line, behind its last step."""


@dataclass(frozen=True)
class Placed:
    """A row in its place: its left edge, its top, how wide its steps are."""

    row: Row
    x: float
    top: float
    cell: float
    column: int
    right: float
    """Where the column's lanes end."""

    @property
    def line(self) -> float:
        """The y of its line."""
        return self.top + self.row.heading + self.row.above

    @property
    def start(self) -> float:
        """Where its line starts."""
        return self.x + self.row.detail.beside

    @property
    def end(self) -> float:
        """Where its line ends: before whom it serves, or behind its last step."""
        if self.row.ends and self.row.serves:
            return self.right - self.row.detail.customer
        pitch = self.cell + self.row.detail.gap
        return self.start + self.row.detail.lead + len(self.row.steps) * pitch + TAIL

    def middle(self, step: int) -> float:
        """The middle of a step; that of -1 is the line's start."""
        if step < 0:
            return self.start + 8
        pitch = self.cell + self.row.detail.gap
        at = step - self.row.steps.start
        return self.start + self.row.detail.lead + at * pitch + self.cell / 2

    @property
    def foot(self) -> float:
        """Where its steps end."""
        return self.line + self.row.below

    def under(self, by: int) -> float:
        """The y of the line of one who builds something here."""
        at = self.row.comes.index(by)
        return self.foot + self.row.detail.arrow + (at + 0.5) * self.row.detail.pitch

    @property
    def out(self) -> float:
        """The y at which deliveries leave, over a developmental line."""
        return self.line - self.row.above + 7


def spots(placed: Placed) -> tuple[Spot, ...]:
    """What can be built in a row: its steps, and at the stream's start the whole stream."""
    row = placed.row
    whole = (Spot(row.stream),) if row.starts else ()
    return (*whole, *(Spot(row.stream, at) for at in row.steps))
