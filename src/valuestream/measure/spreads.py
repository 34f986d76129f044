"""Mean and percentiles of durations, in one pass of the engine."""

from collections.abc import Iterator, Sequence

from valuestream.engines import Engine
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


def batches(engine: Engine, table: str, column: str, spreads: int) -> Iterator[str]:
    """Conditions that part a table by a column, so that as many spreads of each part fit memory.

    Percentiles are what an engine cannot compute on disk: it holds every value of a query.
    """
    counted = engine.rows(f"SELECT {column}, count(*) FROM {table} GROUP BY {column}")
    values = {key: rows * spreads for key, rows in counted if key is not None}
    most = engine.most_values
    if most is None or sum(values.values()) <= most:
        yield f"{column} IS NOT NULL"
        return
    batch: list[int] = []
    for key in sorted(values):
        if batch and sum(values[k] for k in batch) + values[key] > most:
            yield f"{column} IN ({', '.join(map(str, batch))})"
            batch = []
        batch.append(key)
    yield f"{column} IN ({', '.join(map(str, batch))})"
