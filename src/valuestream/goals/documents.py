"""Measured goals as the JSON document of `valuestream goals --format json`."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from valuestream.goals.chance import Forecast
from valuestream.goals.values import MeasuredObjective, MeasuredResult
from valuestream.model.series import Series


def document(objectives: Sequence[MeasuredObjective], as_of: date) -> dict[str, Any]:
    """The document: days as ISO 8601, values in the unit that stands beside them."""
    return {"as_of": as_of.isoformat(), "objectives": [_objective(o) for o in objectives]}


def _objective(own: MeasuredObjective) -> dict[str, Any]:
    goals = own.goals
    return {
        "objective": goals.objective,
        "file": own.file,
        "owner": goals.owner,
        "period": goals.period,
        "why": goals.why,
        "state": own.state,
        "progress": own.progress,
        "key_results": [_result(result) for result in own.results],
        "findings": [finding.as_json() for finding in own.findings],
    }


def _result(own: MeasuredResult) -> dict[str, Any]:
    result, judged = own.result, own.judged
    return {
        "key_result": result.key_result,
        "measure": result.measure,
        "stream": own.stream,
        "owner": own.owner,
        "state": own.state,
        **_aim(own),
        **_figure(own.series),
        "value": judged and judged.value,
        "progress": judged and judged.progress,
        "expected": judged and judged.expected,
        "chance": judged and judged.chance,
        "data_until": _day(judged.data_until) if judged else None,
        "reason": judged.reason if judged else "",
        "check_ins": [
            {"on": _day(c.on), "confidence": c.confidence, "note": c.note} for c in own.said
        ],
        "history": _history(own.series),
        "forecast": _forecast(judged.forecast if judged else None),
        "refused": own.refused and own.refused.as_json(),
    }


def _aim(own: MeasuredResult) -> dict[str, Any]:
    aim = own.aim
    path = aim.expected_path if aim else ()
    return {
        "kind": aim.kind if aim else own.result.kind,
        "baseline": aim and aim.baseline,
        "target": aim and aim.target,
        "start": aim and _day(aim.start),
        "by": aim and _day(aim.by),
        "expected_path": [{"on": _day(day), "value": value} for day, value in path],
    }


def _figure(series: Series | None) -> dict[str, Any]:
    path = series.path if series else None
    return {
        "step": path and path.step,
        "figure": path and path.figure.name,
        "unit": path and path.figure.unit,
        "currency": series and series.currency,
        "notes": list(series.notes) if series else [],
    }


def _history(series: Series | None) -> list[dict[str, Any]]:
    points = series.points if series else ()
    return [asdict(point) | {"start": _day(point.start)} for point in points]


def _forecast(found: Forecast | None) -> list[dict[str, Any]]:
    if found is None:
        return []
    rows = zip(found.weeks, found.low, found.middle, found.high, strict=True)
    return [{"start": _day(w), "p10": a, "p50": b, "p90": c} for w, a, b, c in rows]


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
