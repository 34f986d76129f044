"""Who tells whom what to do, as the map draws it: flows between the outside, who steers, steps."""

from dataclasses import dataclass
from typing import Literal

from valuestream.draw.texts import clean
from valuestream.model.stream import Information, Stream

Kind = Literal["customer", "supplier", "control", "step", "start"]


@dataclass(frozen=True, slots=True)
class Party:
    """One end of a flow: for a step its place, for who steers the number in their order."""

    kind: Kind
    number: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """What one tells the other, by what; a zigzag where it travels electronically."""

    origin: Party
    to: Party
    label: str
    electronic: bool = False


@dataclass(frozen=True, slots=True)
class Informing:
    """The names of those who steer the work, and the flows."""

    controls: tuple[str, ...]
    flows: tuple[Flow, ...]


CUSTOMER, SUPPLIER, START = Party("customer"), Party("supplier"), Party("start")


def informing(stream: Stream) -> Informing:
    """The flows that a stream's text has, and the customer's request."""
    names: dict[str, str] = {}
    for flow in stream.information:
        for name in (flow.origin, flow.to):
            if _known(stream, name) is None:
                names.setdefault(name.casefold(), clean(name))
    order = list(names)
    flows = tuple(_flow(stream, flow, order) for flow in stream.information)
    return Informing(tuple(names.values()), (*_request(stream, flows), *flows))


def _known(stream: Stream, name: str) -> Party | None:
    place = stream.place(name)
    if place is not None:
        return Party("step", place)
    if name.casefold() in ("customer", (stream.customer or "customer").casefold()):
        return CUSTOMER
    if stream.supplier and name.casefold() in ("supplier", stream.supplier.casefold()):
        return SUPPLIER
    return None


def _flow(stream: Stream, flow: Information, order: list[str]) -> Flow:
    origin, to = (
        _known(stream, name) or Party("control", order.index(name.casefold()))
        for name in (flow.origin, flow.to)
    )
    return Flow(origin, to, clean(flow.by or ""), flow.how == "electronic")


def _request(stream: Stream, flows: tuple[Flow, ...]) -> tuple[Flow, ...]:
    """The customer's request: what the stream works on, unless a supplier delivers that."""
    label = clean(stream.request or "")
    if stream.supplier is None:
        return (Flow(CUSTOMER, START, label),)
    if any(flow.origin == CUSTOMER for flow in flows):
        return ()
    return (Flow(CUSTOMER, Party("step", 0), label),)
