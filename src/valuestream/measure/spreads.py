"""Mean and percentiles of durations."""

from collections.abc import Sequence
from typing import Any

from valuestream.engines import Engine, row
from valuestream.measure.binned import QUANTILES, binned_spreads
from valuestream.model.figures import Spread

_MICROS = 1_000_000
_FEW = 1_000
"""Of fewer values a group it is not worth while to count them by bins first."""
_Key = tuple[int, ...]
_Group = tuple[_Key, tuple[Any, ...], tuple[Spread, ...]]


def spread_columns(micros: str) -> str:
    """SQL: the mean of an expression in microseconds, and its percentiles, linear between ranks."""
    return f"avg({micros}), quantile_cont({micros}, {list(QUANTILES)})"


def spread(mean: float | None, percentiles: Sequence[float] | None) -> Spread:
    """The spread of what `spread_columns` gave, in seconds."""
    if mean is None or percentiles is None:
        return Spread()
    return Spread(mean / _MICROS, *(p / _MICROS for p in percentiles))


def spreads(
    engine: Engine, table: str, keys: Sequence[str], durations: Sequence[str], counts: str = ""
) -> list[_Group]:
    """The groups of a table by columns of small numbers: each one's key, counts and spreads.

    The first count is its rows; `counts` (SQL) are more. `durations` are in microseconds and never
    below 0. Rows in which a key is null are left out.
    """
    listed, more = ", ".join(keys), f", {counts}" if counts else ""
    given = " AND ".join(f"{key} IS NOT NULL" for key in keys)
    among = f"FROM {table} WHERE {given} GROUP BY {listed}"
    if engine.most_values is not None:
        (rows,) = row(engine, f"SELECT count(*) FROM {table}")
        if (values := rows * len(durations)) > engine.most_values:
            counted = engine.rows(f"SELECT {listed}, count(*){more} {among}")
            if values > _FEW * len(counted):
                return _by_bins(engine, table, keys, durations, counted)
    columns = ", ".join(map(spread_columns, durations))
    found = engine.rows(f"SELECT {listed}, count(*){more}, {columns} {among}")
    begin, end = len(keys), -2 * len(durations)
    return [
        (own[:begin], own[begin:end], tuple(map(spread, own[end::2], own[end + 1 :: 2])))
        for own in found
    ]


def _by_bins(
    engine: Engine,
    table: str,
    keys: Sequence[str],
    durations: Sequence[str],
    counted: list[tuple[int, ...]],
) -> list[_Group]:
    found = [binned_spreads(engine, table, keys, micros) for micros in durations]
    split = ((own[: len(keys)], own[len(keys) :]) for own in counted)
    return [
        (key, counts, tuple(spread(*of.get(key, (None, None))) for of in found))
        for key, counts in split
    ]
