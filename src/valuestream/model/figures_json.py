"""Figures as the JSON document of `valuestream measure --format json`."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

from valuestream.model.figures import Figures, Period, Transition

SHOWN_VARIANTS = 100


def document(figures: Figures, *, variants: int | None = SHOWN_VARIANTS) -> dict[str, Any]:
    """The document, with so many of the variants; None for all."""
    written = asdict(with_first(figures, variants))
    written["period"] = _period(figures.period)
    written["transitions"] = [_transition(t) for t in figures.transitions]
    written["steps"] = [_without(_OPTIONAL, step) for step in written["steps"]]
    return _without(_OPTIONAL, {key: written[key] for key in _ORDER})


def with_first(figures: Figures, variants: int | None) -> Figures:
    """The figures with so many variants and sequences: there may be a million."""
    received = figures.received
    if received:
        received = replace(received, sequences=received.sequences[:variants])
    return replace(figures, variants=figures.variants[:variants], received=received)


def groups(
    column: str,
    found: Sequence[tuple[str | None, Figures | None]],
    *,
    variants: int | None = SHOWN_VARIANTS,
) -> dict[str, Any]:
    """The document of `measure --by`; null where a group visited no step."""
    written = [
        {"value": value, "figures": figures and document(figures, variants=variants)}
        for value, figures in found
    ]
    return {"by": column, "groups": written}


_ORDER = (
    "stream",
    "provenance",
    "events",
    "cases",
    "completed_cases",
    "unmapped",
    "outside",
    "period",
    "lead_time",
    "process_time",
    "flow_efficiency",
    "rolled_complete_accurate",
    "working_time",
    "received",
    "steps",
    "transitions",
    "variants",
    "handoffs",
    "weeks",
    "conformance",
)


# What only a stream with a calendar has, or who asked for it.
_OPTIONAL = ("working_time", "working_gap", "conformance")


def _without(optional: tuple[str, ...], written: dict[str, Any]) -> dict[str, Any]:
    """What was written, less what is optional and not there."""
    return {k: v for k, v in written.items() if k not in optional or v is not None}


def _period(period: Period | None) -> dict[str, str] | None:
    if period is None:
        return None
    return {"from": write_instant(period.start), "to": write_instant(period.end)}


def _transition(transition: Transition) -> dict[str, Any]:
    written = asdict(transition)
    return _without(_OPTIONAL, {"from": written.pop("origin"), **written})


def write_instant(instant: datetime) -> str:
    """An instant in UTC, with microseconds only where it has some."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def plain(value: Any) -> Any:
    """What JSON can hold of a value: instants as text, keys of several parts joined by an arrow."""
    if isinstance(value, datetime):
        return write_instant(value)
    if isinstance(value, dict):
        return {_key(key): plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def _key(key: Any) -> Any:
    return " → ".join(map(str, key)) if isinstance(key, tuple) else key
