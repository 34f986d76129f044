"""How often planted effects are found, none are claimed, and intervals hold the truth.

Run by hand: `python tests/effects/effect_rates.py 100` prints the tables of docs/effects.md.
"""

import sys
from dataclasses import replace
from datetime import timedelta

from planted_days import BUSY, FIRST, HALF, MEAN, Plant, helped, made

from valuestream.effects.design import Break
from valuestream.effects.estimating import Estimate, estimate

TWO = replace(BUSY, days=730)
APART = (150, 206)
NOTHING = {
    "visits that vary, nothing else": (Plant(), (HALF,)),
    "busy: trend, weekdays, days that hang together (0.6)": (BUSY, (HALF,)),
    "busy, days hang together more (0.9)": (replace(BUSY, lasting=0.9), (HALF,)),
    "busy, days hang together much more (0.97)": (replace(BUSY, lasting=0.97), (HALF,)),
    "busy, a yearly season of ±10 %, one year of data": (replace(BUSY, yearly=0.1), (HALF,)),
    "busy, a yearly season of ±20 %, one year of data": (replace(BUSY, yearly=0.2), (HALF,)),
    "busy, a yearly season of ±20 %, two years of data": (replace(TWO, yearly=0.2), (365,)),
    "busy, four times as many visits at the end": (replace(BUSY, growing=4.0), (HALF,)),
    "only the spread of visits changes, threefold": (Plant(wider=(HALF, 3.0)), (HALF,)),
    "the same, late in the year": (Plant(wider=(300, 3.0)), (300,)),
    "busy, one visit in 200 takes a hundred times as long": (
        replace(BUSY, outliers=0.005),
        (HALF,),
    ),
    "busy, four days on which all take eight times as long": (replace(BUSY, outages=4), (HALF,)),
    "busy, three and four weeks missing": (
        replace(BUSY, missing=((100, 121), (200, 228))),
        (HALF,),
    ),
    "busy, one or two visits a day": (replace(BUSY, visits=1.5), (HALF,)),
    "busy, ten weeks": (replace(BUSY, days=70), (35,)),
    "busy, five weeks": (replace(BUSY, days=35), (18,)),
    "busy, late in the year": (BUSY, (330,)),
    "a share of 80 %": (Plant(shares=0.8, levels=0.03, lasting=0.6), (HALF,)),
    "a share of 3 %": (Plant(shares=0.03, levels=0.1, lasting=0.6), (HALF,)),
    "busy, the second of two, eight weeks after one that helps": (
        helped(helped(BUSY, -0.25, APART[0]), 0.0, APART[1]),
        APART[::-1],
    ),
}
"""Plants whose (first named) delivery changes nothing."""
SOMETHING = {
    "a tenth less, visits that vary, nothing else": (helped(Plant(), -0.1), (HALF,)),
    "a quarter less, busy": (helped(BUSY), (HALF,)),
    "four tenths less, busy": (helped(BUSY, -0.4), (HALF,)),
    "a quarter less, days hang together more (0.9)": (
        helped(replace(BUSY, lasting=0.9)),
        (HALF,),
    ),
    "a quarter less, a yearly season of ±20 %": (helped(replace(BUSY, yearly=0.2)), (HALF,)),
    "a quarter less, two years of data": (helped(replace(TWO, yearly=0.2), day=365), (365,)),
    "a quarter less, growing over four weeks": (helped(BUSY, grows=28), (HALF,)),
    "a quarter less, growing over twelve weeks": (helped(BUSY, grows=84), (HALF,)),
    "four tenths less, growing over twelve weeks": (helped(BUSY, -0.4, grows=84), (HALF,)),
    "a quarter less, outages": (helped(replace(BUSY, outages=4)), (HALF,)),
    "a quarter less, one or two visits a day": (helped(replace(BUSY, visits=1.5)), (HALF,)),
    "a quarter more, busy": (helped(BUSY, 0.25), (HALF,)),
    "a share from 80 to 88 %": (
        helped(Plant(shares=0.8, levels=0.03, lasting=0.6), 0.1),
        (HALF,),
    ),
    "the first of two, eight weeks before one that does nothing": (
        helped(helped(BUSY, -0.25, APART[0]), 0.0, APART[1]),
        APART,
    ),
}
"""Plants whose (first named) delivery changes something."""


def seen(plant: Plant, days: tuple[int, ...], seed: int) -> tuple[Estimate, float]:
    """What is found of the first of the days' deliveries, and the truth."""
    at = [FIRST + timedelta(days=day) for day in sorted(days)]
    found = estimate(made(plant, seed), [Break(day, day) for day in at])
    part = next((part for day, part, _ in plant.effects if day == days[0]), 0.0)
    mean = MEAN if plant.shares is None else plant.shares
    return found.estimates[sorted(days).index(days[0])], part * mean


def rates(plant: Plant, days: tuple[int, ...], seeds: range) -> tuple[float, float, float]:
    """Of the seeds: the share in which an effect is claimed, the truth is held; the mean width."""
    found = [seen(plant, days, seed) for seed in seeds]
    claimed = sum(e.p < 0.05 and e.change * (truth or e.change) > 0 for e, truth in found)
    held = sum(e.low <= truth <= e.high for e, truth in found)
    width = sum(e.high - e.low for e, _ in found) / len(found)
    return claimed / len(found), held / len(found), width


def _table(seeds: int) -> None:
    for plants in (NOTHING, SOMETHING):
        totals = [0.0, 0.0]
        for name, (plant, days) in plants.items():
            claimed, held, width = rates(plant, days, range(seeds))
            totals = [totals[0] + claimed, totals[1] + held]
            mean = MEAN if plant.shares is None else plant.shares
            print(f"| {name} | {claimed:.0%} | {held:.0%} | ±{width / mean / 2:.0%} |", flush=True)
        every = [total / len(plants) for total in totals]
        print(f"| all | {every[0]:.1%} | {every[1]:.1%} | |", flush=True)


if __name__ == "__main__":
    _table(int(sys.argv[1]))
