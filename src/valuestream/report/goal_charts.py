"""The course of a key result as a chart: its weeks, what was expected, and where it may go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from valuestream.goals import MeasuredResult
from valuestream.goals.chance import Forecast
from valuestream.model.aims import Aim
from valuestream.model.measurable import Unit
from valuestream.report.chart_svg import BAD, MUTED, NEAR, PALE, WORK, Layers, chart_svg
from valuestream.report.marks import over_time

WIDE, NARROW = (720, 270), (340, 240)
WEEKS = 52
"""So many weeks of the past are drawn, or all since the start."""
INK = "var(--ink)"
_UNITS = ((2 * 86400, 86400, "days"), (2 * 3600, 3600, "hours"), (120, 60, "minutes"))
_Values = Sequence[tuple[date, float]]


def goal_chart(own: MeasuredResult, as_of: date) -> tuple[str, str] | None:
    """The chart as SVG, for wide and for narrow screens; None where nothing is measured."""
    if own.series is None or own.aim is None or own.judged is None:
        return None
    first = min(own.aim.start or as_of, as_of - timedelta(days=7 * WEEKS))
    drawn = _Drawn(
        aim=own.aim,
        unit=own.series.path.figure.unit,
        currency=own.series.currency or "",
        weeks=[(p.end, p.value or 0.0) for p in own.series.counted if p.end >= first],
        levels=[level for level in own.levels if level[0] >= first],
        check_ins=[said.on for said in own.said if said.on >= first],
        forecast=own.judged.forecast,
    )
    layers = drawn.layers(as_of)
    return chart_svg(layers, *WIDE, "wide"), chart_svg(layers, *NARROW, "narrow")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn of a key result; its values in the unit of the figure."""

    aim: Aim
    unit: Unit
    currency: str
    weeks: _Values
    levels: _Values
    check_ins: Sequence[date]
    forecast: Forecast | None

    def layers(self, as_of: date) -> Layers:
        """From the ground up: the fan, the lines, the weeks, the day of today."""
        return [
            *self._fan(),
            self._limit(as_of),
            *self._expected(),
            self._mark(self.weeks, {"type": "point", "filled": True, "size": 26, "color": PALE}),
            self._mark(self.levels, {"type": "line", "color": WORK, "strokeWidth": 2.2}),
            *self._said(),
            self._today(as_of),
        ]

    def _fan(self) -> Layers:
        ahead = self.forecast
        if ahead is None:
            return []
        ends = [week + timedelta(days=7) for week in ahead.weeks]
        values = [
            {"from": end.isoformat(), "count": self._in(high), "low": self._in(low)}
            for end, low, high in zip(ends, ahead.low, ahead.high, strict=True)
        ]
        band = {
            "data": {"values": values},
            "mark": {"type": "area", "color": WORK, "opacity": 0.16},
            "encoding": {"x": over_time(), "y": self._up, "y2": {"field": "low"}},
        }
        middle = list(zip(ends, ahead.middle, strict=True))
        dashed = {"type": "line", "color": WORK, "strokeWidth": 1.6, "strokeDash": [3, 3]}
        return [band, self._mark(middle, dashed)]

    def _limit(self, as_of: date) -> dict[str, Any]:
        """The target, or the guardrail's limit, across the chart."""
        ends = [*(day for day, _ in self.weeks), as_of, *([self.aim.by] if self.aim.by else [])]
        across = [(min(ends), self.aim.target), (max(ends), self.aim.target)]
        line: dict[str, Any] = {"type": "line", "color": BAD, "strokeWidth": 1.6}
        if not self.aim.is_guardrail:
            line |= {"color": INK, "strokeWidth": 1.3, "strokeDash": [2, 3]}
        return self._mark(across, line)

    def _expected(self) -> Layers:
        path = self.aim.expected_path
        if not path:
            return []
        line = {"type": "line", "color": NEAR, "strokeWidth": 1.8, "strokeDash": [6, 4]}
        turns = {"type": "point", "filled": True, "size": 60, "color": NEAR}
        return [self._mark(path, line), self._mark(path, turns)]

    def _said(self) -> Layers:
        low = self._domain[0]
        at = [(day, low) for day in self.check_ins]
        mark = {"type": "point", "filled": True, "size": 90, "color": MUTED, "shape": "triangle-up"}
        return [self._mark(at, mark, is_scaled=True)] if at else []

    def _today(self, as_of: date) -> dict[str, Any]:
        low, high = self._domain
        ends = [{"from": as_of.isoformat(), "count": low, "foot": high}]
        return {
            "data": {"values": ends},
            "mark": {"type": "rule", "color": MUTED, "strokeDash": [1, 3]},
            "encoding": {"x": over_time(), "y": self._up, "y2": {"field": "foot"}},
        }

    def _mark(
        self, values: _Values, mark: dict[str, Any], *, is_scaled: bool = False
    ) -> dict[str, Any]:
        rows = [
            {"from": day.isoformat(), "count": value if is_scaled else self._in(value)}
            for day, value in values
        ]
        return {
            "data": {"values": rows},
            "mark": mark,
            "encoding": {"x": over_time(), "y": self._up},
        }

    def _in(self, value: float) -> float:
        return value / self._scale[0]

    @property
    def _scale(self) -> tuple[float, str]:
        if self.unit != "duration":
            return 1.0, {"share": "", "money": self.currency}.get(self.unit, self.unit)
        most = max((value for _, value in self.weeks), default=self.aim.target)
        return next(((size, name) for least, size, name in _UNITS if most >= least), (1, "seconds"))

    @property
    def _up(self) -> dict[str, Any]:
        form = ".0%" if self.unit == "share" else ",.4~g"
        return {
            "field": "count",
            "type": "quantitative",
            "title": self._scale[1] or None,
            "axis": {"tickCount": 5, "format": form},
            "scale": {"domain": list(self._domain), "nice": False, "zero": False},
        }

    @property
    def _domain(self) -> tuple[float, float]:
        """What the axis spans: all that is drawn, and some air; never below nothing."""
        values = [self._in(value) for value in self._all()]
        low, high = min(values), max(values)
        air = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
        top = min(high + air, 1.0) if self.unit == "share" else high + air
        return max(low - air, 0.0), top

    def _all(self) -> Iterator[float]:
        yield self.aim.target
        yield from (value for _, value in (*self.weeks, *self.aim.expected_path))
        if self.forecast:
            yield from (*self.forecast.low, *self.forecast.high)
