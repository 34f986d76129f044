"""The flow: where ways part, run side by side, meet, and come back."""

from collections.abc import Sequence

from valuestream.draw.bandedflow import BandedFlow, Sheet
from valuestream.draw.flowboxes import boxes
from valuestream.draw.flowgraph import flow_graph
from valuestream.draw.known import Known, known
from valuestream.draw.parts.frame import Page, frame
from valuestream.draw.parts.legend import of_cards
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.scene import Node, Scene
from valuestream.draw.spacing import Spacing
from valuestream.draw.ways import ways_back
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.shares import format_share
from valuestream.model.stream import Stream

NAME = "flow"
_LEAST_PAGE = 1120.0
_SPACING = Spacing(between=62.0, straight=62.0, column=320.0, least=8.0, growth=1.6)


def layout(
    stream: Stream, figures: Figures | None = None, findings: Sequence[Finding] = ()
) -> Scene:
    """The steps in layers from left to right, in as many bands as keep a page's shape."""
    facts = known(stream, figures)
    graph = flow_graph(stream, facts.measured)
    back = ways_back(stream, facts.measured, most=max(8, len(stream.steps) // 2))
    flow = BandedFlow.of(stream, graph, boxes(stream, facts, graph), back, _SPACING)
    width = max(_LEAST_PAGE, flow.wide + 2 * flow.side + 2 * MARGIN)
    sheet = Sheet(width, (width - flow.wide) / 2, MARGIN)

    def body(top: float) -> tuple[list[Node], float]:
        seated = flow.at(top, sheet)
        return [*seated.ways, *seated.loops, *seated.cards], seated.end

    notes = [*of_cards(facts), "Above each step: what the customer receives."]
    if flow.back:
        notes.append("Dashed ways go back.")
    notes += _followed(facts)
    return frame(Page(NAME, width, tuple(notes)), stream, facts, findings, body)


def _followed(facts: Known) -> list[str]:
    """What the legend says of the cases that leave the stream."""
    found = facts.measured.conformance if facts.measured else None
    if found is None:
        return []
    share = format_share(found.fitting_cases / found.cases)
    # Rounded down: 1.00 is said of a log without a deviation alone.
    fitness = int(found.fitness * 100) / 100
    notes = [f"{share} of the cases follow the stream to an end (fitness {fitness:.2f})."]
    whats = {what for step in facts.steps for what, _ in step.departures}
    if "skipped" in whats:
        notes.append("Dotted arcs pass steps that cases skip.")
    if whats:
        notes.append("Shares of skipped, added, repeated and out of order are of all cases.")
    return notes
