"""The upper part of a map: customer, supplier, who steers, and the information between them."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.draw.bandedflow import Seated
from valuestream.draw.breaking import Lines
from valuestream.draw.informing import CUSTOMER, START, SUPPLIER, Flow, Informing, Party
from valuestream.draw.mapfacts import MapFacts
from valuestream.draw.paragraphs import fitted, height_of
from valuestream.draw.parts.inlet import INLET
from valuestream.draw.parts.outside import (
    CONTROL,
    FACTORY,
    control,
    customer,
    customer_height,
    house,
)
from valuestream.draw.parts.pill import pill_width
from valuestream.draw.parts.rows import MARGIN
from valuestream.draw.parts.sums import SUMS
from valuestream.draw.scene import Node, Rect

LANE = 32.0
GAP = 168.0
"""Between those in a row: room for what they tell each other."""
_SUPPLIER, _MOST_LABEL = 150.0, 300.0


@dataclass(frozen=True, slots=True)
class Laid:
    """A flow on its lane: where it leaves and enters across, the lane, where its label stands."""

    flow: Flow
    start: float
    end: float
    lane: int
    left: float
    right: float


def least_width(informing: Informing, facts: MapFacts) -> float:
    """How wide a page must be for those in the row."""
    wide = 2 * MARGIN + SUMS + GAP + len(informing.controls) * (CONTROL[0] + GAP)
    return wide + (_SUPPLIER if facts.stream.supplier else 0.0)


class Top:
    """The upper part before it has its height on the page; across, all is in its place."""

    def __init__(self, facts: MapFacts, informing: Informing, seated: Seated) -> None:
        self.facts, self.informing, self.seated = facts, informing, seated
        self.width = seated.sheet.width
        self.direct = _direct(informing, facts)
        others = [flow for flow in informing.flows if flow not in self.direct]
        self.lanes = self._laid(others)
        count = max((one.lane for one in self.lanes), default=-1) + 1
        row = FACTORY if informing.controls or facts.stream.supplier else 14.0
        self.first_lane = row + LANE * 0.75
        outcome = height_of(self.outcome, "end-text") + 30 if facts.stream.outcome else 30
        self.height = max(self.first_lane + count * LANE, customer_height(facts) + outcome) + 10

    @property
    def outcome(self) -> Lines:
        """The lines of what the customer holds at the end."""
        return fitted(self.facts.stream.outcome or "", SUMS - 52, "end-text", 6)

    @property
    def customer_bottom(self) -> float:
        """Where the customer's data box ends, from the top edge on."""
        return customer_height(self.facts)

    @property
    def customer_x(self) -> float:
        """The customer's left edge."""
        return self.width - MARGIN - SUMS

    def rect(self, party: Party) -> Rect:
        """The place of one in the row, from its top edge on."""
        if party == CUSTOMER:
            return Rect(self.customer_x, 0, SUMS, FACTORY)
        if party == SUPPLIER:
            start = self.seated.side(0)[0] + 10
            return Rect(max(MARGIN, start - _SUPPLIER / 2), 0, _SUPPLIER, FACTORY)
        left = self.rect(SUPPLIER).right if self.facts.stream.supplier else MARGIN
        wide, tall = CONTROL
        count = len(self.informing.controls)
        apart = (self.customer_x - left - count * wide) / (count + 1)
        x = left + apart + party.number * (wide + apart)
        return Rect(x, FACTORY - tall - 6, wide, tall)

    def node(self, party: Party) -> int:
        """The graph's node of a step."""
        nodes = self.seated.flow.graph.nodes
        return next(i for i, n in enumerate(nodes) if n.kind == "step" and n.place == party.number)

    def port(self, flow: Flow, party: Party) -> float:
        """Where a flow leaves or enters one, across."""
        if party == START:
            return self.seated.side(0)[0] + 10
        ends = [f for f in self.informing.flows if party in (f.origin, f.to)]
        order = next(i for i, f in enumerate(ends) if f is flow)
        if party.kind == "step":
            box = self.seated.side(self.node(party))[0] + INLET
            return box - 9 - 6 * (order % 3)
        if party == CUSTOMER:
            return self.customer_x - 14 - 8 * order
        rect = self.rect(party)
        return rect.x + rect.width * (order + 1) / (len(ends) + 1)

    def _laid(self, flows: Sequence[Flow]) -> list[Laid]:
        found: list[Laid] = []
        taken: list[list[tuple[float, float]]] = []
        for flow in flows:
            start, end = self.port(flow, flow.origin), self.port(flow, flow.to)
            middle, half = (start + end) / 2, min(pill_width(flow.label), _MOST_LABEL) / 2 + 24
            left, right = min(start, end, middle - half) - 8, max(start, end, middle + half) + 8
            lane = 0
            while lane < len(taken) and any(
                left < end and right > begin for begin, end in taken[lane]
            ):
                lane += 1
            if lane == len(taken):
                taken.append([])
            taken[lane].append((left, right))
            found.append(Laid(flow, start, end, lane, left, right))
        return found

    def outsiders(self, top: float) -> list[Node]:
        """Customer, supplier and who steers, in their places."""
        nodes = customer(self.facts, self.customer_x, top, SUMS)
        if self.facts.stream.supplier:
            nodes.append(
                house(self.facts.stream.supplier, "supplier", _down(self.rect(SUPPLIER), top))
            )
        for number, name in enumerate(self.informing.controls):
            nodes.append(control(name, _down(self.rect(Party("control", number)), top)))
        return nodes


def _down(rect: Rect, by: float) -> Rect:
    return Rect(rect.x, rect.y + by, rect.width, rect.height)


def _direct(informing: Informing, facts: MapFacts) -> list[Flow]:
    """The flows that go straight between neighbours of the row: two at most for each pair."""
    row = [SUPPLIER] if facts.stream.supplier else []
    row += [Party("control", n) for n in range(len(informing.controls))] + [CUSTOMER]
    place = {party: i for i, party in enumerate(row)}
    taken: dict[tuple[int, int], int] = {}
    found = []
    for flow in informing.flows:
        ends = sorted(place.get(party, -9) for party in (flow.origin, flow.to))
        pair = (ends[0], ends[1])
        if ends[0] >= 0 and ends[1] - ends[0] == 1 and taken.get(pair, 0) < 2:
            taken[pair] = taken.get(pair, 0) + 1
            found.append(flow)
    return found
