"""How much of each stream is shown: the more there are, the less of each."""

from dataclasses import dataclass
from math import ceil
from typing import Literal

from valuestream.model.system import System


@dataclass(frozen=True, slots=True)
class Detail:
    """Sizes in pixels of a way to show streams.

    Attributes:
        name: Cards with all words, tiles with the names of steps, or ticks without words.
        most: How many steps stand side by side at most.
        cell: The least and the most width of a step.
        gap: Between two steps.
        heading: The height of a stream's heading; 0 where it stands beside the line.
        beside: The width of a heading beside the line.
        lead: Of the line before its first step.
        customer: The room behind the line, for whom it serves.
        stub: Above the line of a developmental stream, for what it delivers.
        arrow: Under the steps, for the heads of what comes to them.
        pitch: Between two lines side by side.
        apart: Between two that come to one step.
        below: Under each stream.
    """

    name: Literal["cards", "tiles", "ticks"]
    most: int
    cell: tuple[float, float]
    gap: float
    heading: float
    beside: float
    lead: float
    customer: float
    stub: float
    arrow: float
    pitch: float
    apart: float
    below: float
    shape: float
    """Width by height of the page that is aimed at."""


CARDS = Detail("cards", 7, (176, 250), 18, 34, 0, 34, 128, 34, 30, 9, 34, 34, 0.95)
TILES = Detail("tiles", 8, (112, 150), 8, 30, 0, 32, 112, 24, 24, 7, 28, 20, 1.4)
TICKS = Detail("ticks", 20, (18, 18), 3, 0, 236, 14, 122, 18, 16, 4.5, 5, 10, 1.4)
_FEW, _MANY = 44, 170


def detail_of(system: System) -> Detail:
    """Cards for a handful of streams, tiles for a score, ticks for more."""
    steps = sum(len(stream.steps) for stream in system.streams)
    return CARDS if steps <= _FEW else TILES if steps <= _MANY else TICKS


def rows(steps: int, most: int) -> tuple[range, ...]:
    """The steps in rows of about the same length, at most so many in one."""
    wide = ceil(steps / ceil(steps / most))
    return tuple(range(first, min(first + wide, steps)) for first in range(0, steps, wide))
