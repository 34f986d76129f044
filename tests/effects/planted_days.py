"""Days of visits with planted deliveries, and what is known of the truth."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from valuestream.effects.series import Series, series

FIRST = date(2025, 1, 6)
WEEKDAYS = np.array([1.25, 1.1, 1.0, 0.95, 1.0, 0.8, 0.9])


@dataclass(frozen=True)
class Plant:
    """A step whose visits take ten minutes on average, but for what is planted."""

    days: int = 364
    visits: float = 30.0
    """A day, on average."""
    spread: float = 0.8
    """Of the visits' lognormal durations (sigma)."""
    trend: float = 0.0
    """By how much of the mean durations grow over the whole."""
    weekly: bool = False
    yearly: float = 0.0
    lasting: float = 0.0
    """How far a day's own level goes over to the next."""
    levels: float = 0.0
    """How much the levels of days vary, as a part of the mean."""
    growing: float = 1.0
    """How many times as many visits come at the end as at the begin."""
    effects: tuple[tuple[int, float, int], ...] = ()
    """The day of each delivery, what part of the mean it adds, and over how many days."""
    wider: tuple[int, float] | None = None
    """From which day on visits spread how many times as far."""
    outliers: float = 0.0
    """The share of visits that take a hundred times as long."""
    outages: int = 0
    """Days on which all take eight times as long."""
    missing: tuple[tuple[int, int], ...] = ()
    shares: float | None = None
    """Where the figure is a share: its mean."""


MEAN = 600.0


def made(plant: Plant, seed: int) -> Series:
    """The days of a plant."""
    random = np.random.default_rng(seed)
    days = np.arange(plant.days)
    level = 1 + plant.trend * days / plant.days
    if plant.weekly:
        level = level * WEEKDAYS[days % 7]
    level = level * (1 + plant.yearly * np.sin(2 * np.pi * (days / 365.25 + random.random())))
    level = level * (1 + plant.levels * _lasting(random, plant))
    for day, part, grows in plant.effects:
        level = level + part * np.clip((days - day) / max(grows, 1), 0, 1)
    level = np.maximum(level, 0.02)
    volume = plant.visits * np.linspace(
        2 / (1 + plant.growing), 2 - 2 / (1 + plant.growing), plant.days
    )
    counts = random.poisson(volume)
    for begin, end in plant.missing:
        counts[begin:end] = 0
    outages = random.choice(plant.days, plant.outages, replace=False)
    level[outages] *= 8
    values = [_visits(random, plant, day, count, level[day]) for day, count in enumerate(counts)]
    if plant.shares is None:
        values = capped(values)
    return series(
        (FIRST + timedelta(days=day), len(own), own.sum(), (own**2).sum())
        for day, own in enumerate(values)
    )


def capped(values):
    """As for a log: see measure/daily.py."""
    most = np.quantile(np.concatenate(values), 0.99)
    for begin in range(0, len(values), 30):
        month = np.concatenate(values[begin : begin + 30])
        month = month[month > 0]
        if len(month) >= 50:
            half, quarter = np.quantile(month, [0.5, 0.75])
            most = max(most, half * (quarter / half) ** 5)
    return [np.minimum(own, most) for own in values]


def _lasting(random, plant):
    found, last = np.zeros(plant.days), random.standard_normal()
    for day in range(plant.days):
        found[day] = last
        last = plant.lasting * last + np.sqrt(1 - plant.lasting**2) * random.standard_normal()
    return found


def _visits(random, plant, day, count, level):
    if plant.shares is not None:
        return (random.random(count) < np.clip(plant.shares * level, 0, 1)).astype(float)
    wide = plant.wider and day >= plant.wider[0]
    if plant.wider:
        # The mean stays: only how far visits lie from it changes. Normal, since the cap of the
        # longest takes more from a wider lognormal.
        return MEAN * level + 60 * (plant.wider[1] if wide else 1) * random.standard_normal(count)
    own = MEAN * level * random.lognormal(-(plant.spread**2) / 2, plant.spread, count)
    return own * np.where(random.random(count) < plant.outliers, 100, 1)


BUSY = Plant(weekly=True, trend=-0.15, lasting=0.6, levels=0.12)
HALF = 182
"""The day of a delivery in the middle of a year."""


def helped(plant: Plant, part: float = -0.25, day: int = HALF, grows: int = 0) -> Plant:
    return replace(plant, effects=(*plant.effects, (day, part, grows)))
