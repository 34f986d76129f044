"""The symbols of Rother and Shook's notation (Learning to See), as shapes."""

from math import cos, pi, sin

from valuestream.draw.scene import Box, Dot, Node, Rect, Stroke, Text

FACTORY_ROOF = 22.0
TRIANGLE = 34.0


def factory(rect: Rect) -> Stroke:
    """A house with a saw-tooth roof: who is outside of the stream."""
    tooth, roof_height = rect.width / 3, min(FACTORY_ROOF, rect.height / 3)
    roof = "".join(
        f"L{rect.x + i * tooth:.1f} {rect.y:.1f}L{rect.x + (i + 1) * tooth:.1f} "
        f"{rect.y + roof_height:.1f}"
        for i in range(3)
    )
    start = f"M{rect.x:.1f} {rect.bottom:.1f}"
    return Stroke(f"{start}{roof}V{rect.bottom:.1f}z", "factory")


def inventory(x: float, bottom: float, style: str = "inventory") -> tuple[Node, ...]:
    """The triangle of waiting work, its base's middle at x."""
    half = TRIANGLE * 0.58
    path = f"M{x:.1f} {bottom - TRIANGLE:.1f}L{x + half:.1f} {bottom:.1f}H{x - half:.1f}z"
    return Stroke(path, style), Text(x, bottom - 6, "I", "inventory-text", "middle")


def push(left: float, right: float, y: float) -> tuple[Node, ...]:
    """A striped arrow: work is handed on whether or not it is asked for."""
    head = 13.0
    stripes, at = "", left
    while at < right - head - 2:
        wide = min(6.0, right - head - at)
        stripes += f"M{at:.1f} {y - 5:.1f}h{wide:.1f}v10h-{wide:.1f}z"
        at += 10.0
    tip = f"M{right - head:.1f} {y - 10:.1f}L{right:.1f} {y:.1f}L{right - head:.1f} {y + 10:.1f}z"
    edge = f"M{left:.1f} {y - 5:.1f}H{right - head:.1f}M{left:.1f} {y + 5:.1f}H{right - head:.1f}"
    return Stroke(edge, "push-edge"), Stroke(stripes + tip, "push")


def pull(x: float, y: float, radius: float = 15.0) -> tuple[Node, ...]:
    """A circling arrow: the step takes the work when it needs it."""
    start, end = (_on(x, y, radius, angle) for angle in (-0.3 * pi, 1.25 * pi))
    arc = (
        f"M{start[0]:.1f} {start[1]:.1f}A{radius:.1f} {radius:.1f} 0 1 1 {end[0]:.1f} {end[1]:.1f}"
    )
    return Stroke(arc, "pull"), Stroke(
        f"M{end[0] + 5:.1f} {end[1] - 6:.1f}l-1 12l-9 -8z", "pull-tip"
    )


def _on(x: float, y: float, radius: float, angle: float) -> tuple[float, float]:
    return x + radius * cos(angle), y + radius * sin(angle)


def supermarket(x: float, y: float, tall: float = 44.0) -> tuple[Node, ...]:
    """Shelves that are open to the step that fills them."""
    wide = 24.0
    right, top = x + wide / 2, y - tall / 2
    shelves = "".join(f"M{right - wide:.1f} {top + i * tall / 3:.1f}h{wide:.1f}" for i in range(4))
    return (Stroke(f"{shelves}M{right:.1f} {top:.1f}v{tall:.1f}", "supermarket"),)


def fifo(left: float, right: float, y: float) -> tuple[Node, ...]:
    """A lane with an arrow: first in, first out."""
    lane = f"M{left:.1f} {y - 13:.1f}H{right:.1f}M{left:.1f} {y + 13:.1f}H{right:.1f}"
    tip = f"M{right - 1:.1f} {y:.1f}l-11 -6v12z"
    return (
        Stroke(lane, "fifo"),
        Text((left + right - 12) / 2, y + 4, "FIFO", "fifo-text", "middle"),
        Stroke(tip, "fifo-tip"),
    )


def operator(x: float, y: float) -> tuple[Node, ...]:
    """A person seen from above, at a step."""
    return Stroke(f"M{x - 7:.1f} {y + 1:.1f}a7 7 0 0 0 14 0", "operator"), Dot(x, y, 4, "operator")


def burst(x: float, y: float, rx: float, ry: float, style: str) -> Stroke:
    """A kaizen burst: here something is to be made better."""
    points = []
    for i in range(24):
        reach = 1.0 if i % 2 == 0 else 0.76
        angle = 2 * pi * i / 24 - pi / 2
        points.append(f"{x + rx * reach * cos(angle):.1f} {y + ry * reach * sin(angle):.1f}")
    return Stroke(f"M{'L'.join(points)}z", style)


def jag(x: float, y: float) -> str:
    """The zigzag of electronic information, drawn on a line from the left that goes on right."""
    return f"H{x - 9:.1f}l14 -7l-10 14l14 -7"


def framed(rect: Rect, style: str, radius: float = 4.0) -> Box:
    """A box with small corners, as the notation's boxes are."""
    return Box(rect, style, radius)
