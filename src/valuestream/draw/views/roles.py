"""Swimlanes: the customer's on top, below the waterline one a role, and how work changes hands."""

from collections.abc import Sequence

from valuestream.draw.known import Known, known
from valuestream.draw.lanes import Seats, seats
from valuestream.draw.parts.frame import Page, frame
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.parts.swimband import Band, Lanes
from valuestream.draw.scene import Node, Scene
from valuestream.draw.ways import ways_back
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream

NAME = "roles"
_MOST_COLUMNS = 7


def layout(
    stream: Stream, figures: Figures | None = None, findings: Sequence[Finding] = ()
) -> Scene:
    """The lanes, in as many bands as keep a page's shape."""
    facts, seated = known(stream, figures), seats(stream)
    columns = max(seated.column) + 1
    bands = -(-columns // _MOST_COLUMNS)
    wide = -(-columns // bands)
    back = ways_back(stream, figures, most=max(4, len(stream.steps) // 4))
    lanes = Lanes(stream, facts, seated, back, wide)

    def body(top: float) -> tuple[list[Node], float]:
        nodes: list[Node] = []
        for first in range(0, columns, wide):
            band = Band.of(lanes, first)
            nodes.append(band.at(top))
            top += band.height + 36
        return nodes, top

    page = Page(NAME, max(lanes.width + 2 * MARGIN, 1120.0), tuple(_notes(stream, facts, seated)))
    return frame(page, stream, facts, findings, body)


def _notes(stream: Stream, facts: Known, seated: Seats) -> list[str]:
    notes = []
    over = sum(1 for m in seated.moves if seated.lane[m.origin] != seated.lane[m.to])
    if over:
        notes.append(f"Amber ways hand the case over to another role: {over} in the text.")
    measured = facts.measured.handoffs if facts.measured else None
    if measured and measured.per_case is not None:
        notes.append(f"Measured: {measured.per_case:.1f} handoffs a case.")
    several = sum(1 for step in stream.steps if len(step.by) > 1)
    if several:
        notes.append("A step of several roles stands in the lane of the first.")
    if any(m.share < 0.995 for m in seated.moves):
        notes.append("A share beside a way: of the cases, those that go it.")
    return notes
