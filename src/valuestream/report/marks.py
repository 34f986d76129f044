"""Layers of Vega-Lite: bars, lines and marked places, in the page's colours."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any

from valuestream.report.chart_svg import PALE, RULE, WORK, Layers

_BASE_LINE = {"grid": False, "domain": True, "domainColor": RULE, "labelFlush": True}
_HEIGHT: dict[str, Any] = {"field": "count", "type": "quantitative"}
_FOOT = {"field": "foot"}

Span = tuple[float, float, float] | tuple[date, date, float] | tuple[datetime, datetime, float]
"""From, to, and a count."""


class Side(Enum):
    """The side of a line on which its label stands."""

    LEFT = "right"
    RIGHT = "left"


def over_numbers(title: str, first: float, last: float) -> dict[str, Any]:
    """The axis across, of numbers from the first to the last."""
    return {
        "field": "from",
        "type": "quantitative",
        "title": title,
        "axis": {**_BASE_LINE, "tickCount": 6},
        "scale": {"nice": False, "domain": [first, last]},
    }


def over_time() -> dict[str, Any]:
    """The axis across, of time in UTC."""
    return {
        "field": "from",
        "type": "temporal",
        "title": None,
        "axis": {**_BASE_LINE, "tickCount": 6},
        "scale": {"type": "utc", "nice": False},
    }


def bars(spans: Sequence[Span], across: dict[str, Any], up: str, stroke: str) -> Layers:
    """Bars from one place to another, as high as their count."""
    values = [
        {"from": _written(low), "to": _written(high), "count": count, "foot": 0}
        for low, high, count in spans
    ]
    axis = {"tickCount": 4, "format": ",d"}
    return [
        {
            "data": {"values": values},
            "mark": {"type": "rect", "color": PALE, "stroke": stroke, "strokeWidth": 0.8},
            "encoding": {
                "x": across,
                "x2": {"field": "to"},
                "y": {**_HEIGHT, "title": up, "axis": axis, "scale": {"zero": True}},
                "y2": _FOOT,
            },
        }
    ]


def line(spans: Sequence[Span], across: dict[str, Any]) -> Layers:
    """A line of steps through the counts of spans that follow one another."""
    points = [(low, count) for low, _, count in spans]
    points += [(high, count) for _, high, count in spans[-1:]]
    values = [{"from": _written(at), "count": count} for at, count in points]
    mark = {"type": "line", "color": WORK, "strokeWidth": 1.8, "interpolate": "step-after"}
    return [
        {
            "data": {"values": values},
            "mark": mark,
            "encoding": {"x": across, "y": _HEIGHT},
        }
    ]


def upright(at: float, height: float, said: str, colour: str, side: Side) -> Layers:
    """A dashed line up to a height, with words at its head."""
    here: dict[str, Any] = {"data": {"values": [{"at": at, "count": height, "foot": 0}]}}
    x = {"field": "at", "type": "quantitative"}
    words = {
        "type": "text",
        "text": said,
        "color": colour,
        "align": side.value,
        "baseline": "top",
        "dx": 5 if side is Side.RIGHT else -5,
        "fontSize": 12,
        "fontWeight": 600,
    }
    rule = {"type": "rule", "color": colour, "strokeWidth": 1.6, "strokeDash": [4, 3]}
    return [
        {**here, "mark": rule, "encoding": {"x": x, "y": _HEIGHT, "y2": _FOOT}},
        {**here, "mark": words, "encoding": {"x": x, "y": _HEIGHT}},
    ]


def _written(place: float | date) -> float | str:
    return place.isoformat() if isinstance(place, date) else place
