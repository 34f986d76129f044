"""Those outside of the steps: the customer, the supplier, who steers the work."""

from valuestream.draw.known import Fact
from valuestream.draw.mapfacts import MapFacts
from valuestream.draw.paragraphs import fitted, height_of, set_lines
from valuestream.draw.parts.databox import Row, data_box, data_height
from valuestream.draw.parts.symbols import FACTORY_ROOF, factory, framed
from valuestream.draw.scene import Group, Node, Rect, Stroke, Text
from valuestream.draw.texts import clean
from valuestream.model.durations import format_duration
from valuestream.model.names import answered

FACTORY = 88.0
"""The height of a factory."""
CONTROL = (158.0, 62.0)
"""The width and height of a box of those who steer."""
_PER = ((3600.0, "hour"), (86400.0, "day"), (604800.0, "week"), (30.4 * 86400.0, "month"))


def house(name: str, said: str, rect: Rect) -> Group:
    """A customer's or supplier's factory; `said` is which of the two it is."""
    room = rect.width - 20
    lines = fitted(name, room, "outside-name", 2)
    tall = height_of(lines, "outside-name") + 14
    top = rect.y + FACTORY_ROOF + (rect.height - FACTORY_ROOF - tall) / 2
    nodes: tuple[Node, ...] = (
        factory(rect),
        Text(rect.middle, top + 9, said, "map-label", "middle"),
        *set_lines(lines, rect.middle, top + 14, "outside-name", "middle"),
    )
    return Group("outside", nodes, title=clean(name), room=rect)


def control(name: str, rect: Rect) -> Group:
    """The box of who steers the work, with a line under its name's room."""
    lines = fitted(name, rect.width - 16, "outside-name", 2)
    top = rect.y + 8 + (rect.height - 8 - height_of(lines, "outside-name")) / 2
    nodes: tuple[Node, ...] = (
        framed(rect, "control", 0),
        Stroke(f"M{rect.x:.1f} {rect.y + 8:.1f}h{rect.width:.1f}", "control"),
        *set_lines(lines, rect.middle, top, "outside-name", "middle"),
    )
    return Group("outside", nodes, title=clean(name), room=rect)


def customer_name(facts: MapFacts) -> str:
    """What the customer is called."""
    return answered(facts.stream.customer) or "Customer"


def customer_rows(facts: MapFacts) -> tuple[Row, ...]:
    """The customer's data box: how many come, and how often one must be done."""
    found = []
    if facts.demand:
        found.append(Row(f"Demand{facts.demand.mark}", rate_in_words(facts.demand)))
    if facts.takt:
        found.append(Row(f"Takt{facts.takt.mark}", format_duration(facts.takt.value)))
    return tuple(found)


def customer_height(facts: MapFacts) -> float:
    """The height of the customer with its data box."""
    return FACTORY + data_height(customer_rows(facts))


def customer(facts: MapFacts, x: float, top: float, wide: float) -> list[Node]:
    """The customer's factory and data box."""
    name = customer_name(facts)
    rows = customer_rows(facts)
    said = "" if name == "Customer" else "customer"
    nodes: list[Node] = [house(name, said, Rect(x, top, wide, FACTORY))]
    if rows:
        nodes.append(data_box(rows, Rect(x, top + FACTORY, wide, data_height(rows))))
    return nodes


def rate_in_words(rate: Fact) -> str:
    """Cases in the shortest time in which five come: `34 per day`."""
    enough = (per for per in _PER if rate.value * per[0] >= 4.95)
    seconds, unit = next(enough, _PER[-1])
    many = rate.value * seconds
    return f"{many:,.0f} per {unit}" if many >= 9.95 else f"{many:.2g} per {unit}"
