"""Charts of effects: a figure by week, with a delivery and as it would be without it."""

from datetime import date
from typing import Any

from valuestream.effects import Effect, Point
from valuestream.report.chart_svg import BAD, MUTED, WORK, Layers, chart_svg
from valuestream.report.charts import Chart

_WIDE, _NARROW = (560, 230), (340, 210)
_UNITS = ((2 * 86400, 86400, "days"), (2 * 3600, 3600, "hours"), (120, 60, "minutes"))
_UP: dict[str, Any] = {"field": "value", "type": "quantitative"}
_ACROSS: dict[str, Any] = {
    "field": "week",
    "type": "temporal",
    "title": None,
    "axis": {"grid": False, "domain": True, "labelFlush": True, "tickCount": 6},
    "scale": {"type": "utc", "nice": False},
}


def effect_chart(effect: Effect, title: str, sentence: str) -> Chart | None:
    """The chart of an effect; None where nothing can be told of it."""
    if len(effect.course) < 2:
        return None
    layers = _layers(effect)
    key = ((MUTED, "a week"), (WORK, "with it"), (BAD, "without it, and its 95 % interval"))
    wide, narrow = chart_svg(layers, *_WIDE, "wide"), chart_svg(layers, *_NARROW, "narrow")
    return Chart(title, sentence, key, wide, narrow)


def _layers(effect: Effect) -> Layers:
    size, unit = _unit(effect)
    first = min(d.on for d in effect.deliveries)
    last = max(d.on for d in effect.deliveries)
    after = [p for p in effect.course if p.monday >= first]
    seen = [_at(p.monday, p.seen / size) for p in effect.course if p.seen is not None]
    fitted = [_at(p.monday, p.fitted / size) for p in effect.course]
    without = [_at(p.monday, p.without / size) for p in after]
    up = {**_UP, "title": unit, "axis": {"tickCount": 4}, "scale": {"zero": True}}
    dots = {"type": "point", "filled": True, "size": 22, "color": MUTED, "opacity": 0.75}
    return [
        _band(after, size, up),
        _layer(seen, dots, up),
        _layer(without, {"type": "line", "color": BAD, "strokeDash": [5, 3]}, up),
        _layer(fitted, {"type": "line", "color": WORK, "strokeWidth": 2}, up),
        *(_upright(day) for day in dict.fromkeys((first, last))),
    ]


def _band(points: list[Point], size: float, up: dict[str, Any]) -> dict[str, Any]:
    values = [_at(p.monday, p.low / size) | {"to": _rounded(p.high / size)} for p in points]
    mark = {"type": "area", "color": BAD, "opacity": 0.14}
    encoding = {"x": _ACROSS, "y": up, "y2": {"field": "to"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _layer(
    values: list[dict[str, Any]], mark: dict[str, Any], up: dict[str, Any]
) -> dict[str, Any]:
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": _ACROSS, "y": up}}


def _upright(day: date) -> dict[str, Any]:
    mark = {"type": "rule", "color": MUTED, "strokeWidth": 1.2}
    values = [{"week": day.isoformat()}]
    return {"data": {"values": values}, "mark": mark, "encoding": {"x": _ACROSS}}


def _at(day: date, value: float) -> dict[str, Any]:
    return {"week": day.isoformat(), "value": _rounded(value)}


def _rounded(value: float) -> float:
    """Without the last digits, which hang on the order in which the engine adds."""
    return float(f"{value:.6g}")


def _unit(effect: Effect) -> tuple[float, str]:
    if effect.is_share:
        return 0.01, "%"
    largest = max(max(p.seen or 0.0, p.fitted) for p in effect.course)
    return next(
        ((size, name) for least, size, name in _UNITS if largest >= least), (1.0, "seconds")
    )
