"""Mean and percentiles of durations, in one pass of the engine."""

from collections.abc import Sequence

from valuestream.model.figures import Spread

_QUANTILES = "[0.5, 0.85, 0.95]"
_MICROS = 1_000_000


def spread_columns(micros: str) -> str:
    """SQL: the mean of an expression in microseconds, and its percentiles, linear between ranks."""
    return f"avg({micros}), quantile_cont({micros}, {_QUANTILES})"


def spread(mean: float | None, percentiles: Sequence[float] | None) -> Spread:
    """The spread of what `spread_columns` gave, in seconds."""
    if mean is None or percentiles is None:
        return Spread()
    return Spread(mean / _MICROS, *(p / _MICROS for p in percentiles))
