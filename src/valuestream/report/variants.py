"""The most frequent variants and transitions, ready to be shown."""

from dataclasses import dataclass
from typing import NamedTuple

from valuestream.model.figures import Figures, Transition, Variant

SHOWN_VARIANTS = 8
SHOWN_TRANSITIONS = 20
SHOWN_STOPS = 40
"""A variant of more visits than this is cut short on the page."""


class Stop(NamedTuple):
    """A visit in a variant, and whether the case had been at its step before."""

    step: str
    again: bool


@dataclass(frozen=True, slots=True)
class ShownVariant:
    """A variant, the share of the cases that took it, and its bar beside the largest."""

    stops: tuple[Stop, ...]
    cases: int
    share: float
    bar: float


def shown_variants(figures: Figures) -> tuple[ShownVariant, ...]:
    """The most frequent variants."""
    first = figures.variants[:SHOWN_VARIANTS]
    total = figures.cases or sum(v.cases for v in figures.variants)
    return tuple(
        ShownVariant(_stops(v), v.cases, v.cases / total, v.cases / first[0].cases) for v in first
    )


def shown_transitions(figures: Figures) -> tuple[Transition, ...]:
    """The most frequent transitions."""
    return figures.transitions[:SHOWN_TRANSITIONS]


def _stops(variant: Variant) -> tuple[Stop, ...]:
    seen: set[str] = set()
    stops = []
    for step in variant.steps[:SHOWN_STOPS]:
        stops.append(Stop(step, step in seen))
        seen.add(step)
    left = len(variant.steps) - SHOWN_STOPS
    return (*stops, Stop(f"{left:,} more", again=False)) if left > 0 else tuple(stops)
