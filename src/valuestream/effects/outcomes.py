"""What became of each delivery, at all its places together: whether it helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from valuestream.effects.effect import Effect
from valuestream.effects.words import Told, told

Outcome = Literal[
    "helped",
    "better and worse",
    "worse",
    "no visible effect",
    "cannot be told apart",
    "too little data",
]


@dataclass(frozen=True, slots=True)
class Helped:
    """One delivery, or several that cannot be told apart, and what became of the figures.

    Attributes:
        outcome: In a word.
        names: What was delivered, each with its day, in the order of the days.
        places: The steps and streams that it changes.
    """

    outcome: Outcome
    names: tuple[tuple[str, date], ...]
    places: tuple[Told, ...]


def outcomes(effects: Sequence[Effect]) -> tuple[Helped, ...]:
    """The deliveries in the order of their days; the same at several places is one."""
    found: dict[tuple[tuple[str, date], ...], list[Told]] = {}
    for own in told(effects):
        found.setdefault(tuple((d.what, d.on) for d in own.deliveries), []).append(own)
    return tuple(Helped(_outcome(places), names, tuple(places)) for names, places in found.items())


def _outcome(places: Sequence[Told]) -> Outcome:
    if len(places[0].deliveries) > 1:
        return "cannot be told apart"
    verdicts = {effect.verdict for place in places for effect in place.effects}
    if {"better", "worse"} <= verdicts:
        return "better and worse"
    if "better" in verdicts:
        return "helped"
    if "worse" in verdicts:
        return "worse"
    return "no visible effect" if "no visible effect" in verdicts else "too little data"
