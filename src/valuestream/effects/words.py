"""Effects in sentences: one for each delivery at each place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from valuestream.effects.delivered import Delivered
from valuestream.effects.effect import Effect
from valuestream.model.durations import format_duration
from valuestream.model.shares import format_share

NAMES = {
    "lead_time.mean": "lead time",
    "process_time.mean": "process time",
    "wait_time.mean": "wait time",
    "elapsed_time.mean": "elapsed time",
    "rework": "rework",
    "complete_accurate": "complete and accurate",
    "promise.kept": "promise kept",
}
_MORE_OFTEN_THAN_NOT = 0.5
Outcome = Literal["helped", "harmed", "helped and harmed", "no visible effect", "nothing told"]


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one delivery (or of several that cannot be told apart) at one place.

    Attributes:
        deliveries: What was delivered.
        stream: The stream's name.
        step: The step's name; None of the whole stream.
        effects: On each figure.
        changed: What became of the figures: `wait time fell by 6 min …; no visible effect on …`.
    """

    deliveries: tuple[Delivered, ...]
    stream: str
    step: str | None
    effects: tuple[Effect, ...]
    changed: str

    @property
    def says(self) -> str:
        """All of it as a sentence: what, when, where, and what changed."""
        return f"{_deliveries(self.deliveries)} {self.step or self.stream}: {self.changed}."

    @property
    def outcome(self) -> Outcome:
        """In a word: what became of all its figures together."""
        verdicts = {effect.verdict for effect in self.effects}
        if {"better", "worse"} <= verdicts:
            return "helped and harmed"
        if verdicts & {"better", "worse"}:
            return "helped" if "better" in verdicts else "harmed"
        return "no visible effect" if "no visible effect" in verdicts else "nothing told"


def told(effects: Sequence[Effect]) -> tuple[Told, ...]:
    """The effects by delivery, in order of the days, each with its sentence."""
    found: dict[tuple[tuple[Delivered, ...], str, str | None], list[Effect]] = {}
    for own in effects:
        deliveries = tuple(sorted(own.deliveries, key=lambda d: (d.on, d.what)))
        found.setdefault((deliveries, own.stream, own.step), []).append(own)
    ordered = sorted(found.items(), key=lambda item: (item[0][0][0].on, item[0][2] is None))
    return tuple(
        Told(deliveries, stream, step, tuple(own), _changed(own))
        for (deliveries, stream, step), own in ordered
    )


def _changed(effects: Sequence[Effect]) -> str:
    visible = [_visible(e) for e in effects if e.is_visible]
    none = [_none(e) for e in effects if e.verdict == "no visible effect"]
    parts = [", ".join(visible)] if visible else []
    if none:
        parts.append(f"no visible effect on {', '.join(none)}")
    return "; ".join((*parts, *_untold(effects)))


def clause(effect: Effect) -> str:
    """What became of one figure: `wait time fell by 6 min (4 min to 8 min) from 14 min`."""
    if effect.is_visible:
        return _visible(effect)
    if effect.verdict == "too little data":
        return f"nothing can be told, since {effect.why}"
    return f"no visible effect on {_none(effect)}"


def _deliveries(deliveries: Sequence[Delivered]) -> str:
    if len(deliveries) == 1:
        return f"{deliveries[0].named}, at"
    names = [own.named for own in deliveries]
    if len(names) > 4:
        names = [*names[:2], f"{len(names) - 3} more", names[-1]]
    return f"{', '.join(names[:-1])} and {names[-1]} cannot be told apart; together, at"


def _visible(effect: Effect) -> str:
    assert effect.change is not None
    assert effect.low is not None
    assert effect.high is not None
    fell = effect.change < 0
    ends = (-effect.high, -effect.low) if fell else (effect.low, effect.high)
    size, low, high = (amount(effect, end) for end in (abs(effect.change), *ends))
    grew = (effect.grown or 0.0) > _MORE_OFTEN_THAN_NOT
    return (
        f"{NAMES[effect.figure]} {'fell' if fell else 'rose'} by {size} ({low} to {high}) from "
        f"{level(effect, effect.before)}{', over weeks' if grew else ''}"
    )


def _none(effect: Effect) -> str:
    name = NAMES[effect.figure]
    if effect.low is None or effect.high is None:
        return f"{name} (always {level(effect, effect.before)})"
    return f"{name} ({_signed(effect, effect.low)} to {_signed(effect, effect.high)})"


def _untold(effects: Sequence[Effect]) -> Iterator[str]:
    why: dict[str, list[str]] = {}
    for effect in effects:
        if effect.verdict == "too little data":
            why.setdefault(effect.why or "", []).append(NAMES[effect.figure])
    for reason, names in why.items():
        yield f"nothing can be told of {', '.join(names)}, since {reason}"


def level(effect: Effect, value: float | None) -> str:
    """A value of the effect's figure: `14 min`, `61 %`."""
    if value is None:
        return "–"
    return format_share(value) if effect.is_share else format_duration(value)


def amount(effect: Effect, change: float) -> str:
    """How much of the effect's figure changed: `6 min`, `12 points`."""
    if not effect.is_share:
        return format_duration(change)
    points = 100 * change
    written = f"{abs(points):.0f}" if abs(points) >= 9.5 else f"{abs(points):.1f}"
    return f"{'−' if points < 0 else ''}{written} points"


def _signed(effect: Effect, change: float) -> str:
    return f"+{amount(effect, change)}" if change > 0 else amount(effect, change)
