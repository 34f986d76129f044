"""Mean and percentiles of durations."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from valuestream.engines import Engine, row
from valuestream.measure.binned import QUANTILES, binned_spreads
from valuestream.model.figures import Spread

_MICROS = 1_000_000
_FEW = 1_000
"""Of fewer values a group it is not worth while to count them by bins first."""
_Key = tuple[int, ...]
Group = tuple[_Key, tuple[int, ...], tuple[Spread, ...]]
"""A key, its counts, and a spread of each duration."""


def spread_columns(micros: str) -> str:
    """SQL: the mean of an expression in microseconds, and its percentiles, linear between ranks."""
    return f"avg({micros}), quantile_cont({micros}, {list(QUANTILES)})"


def spread(mean: float | None, percentiles: Sequence[float] | None) -> Spread:
    """The spread of what `spread_columns` gave, in seconds."""
    if mean is None or percentiles is None:
        return Spread()
    return Spread(mean / _MICROS, *(p / _MICROS for p in percentiles))


@dataclass(frozen=True, slots=True)
class Asked:
    """Spreads of durations, of the groups of a table by columns of small numbers.

    Durations are in microseconds and never below 0; `counts` (SQL) are more than the rows. Rows in
    which a key is null are left out.
    """

    table: str
    keys: tuple[str, ...]
    durations: tuple[str, ...]
    counts: str = ""

    @property
    def columns(self) -> str:
        """SQL: the keys and the counts, of which the first is of rows."""
        return f"{', '.join(self.keys)}, count(*){f', {self.counts}' if self.counts else ''}"

    @property
    def among(self) -> str:
        """SQL: whence, and by what."""
        given = " AND ".join(f"{key} IS NOT NULL" for key in self.keys)
        return f"FROM {self.table} WHERE {given} GROUP BY {', '.join(self.keys)}"


def spreads(engine: Engine, *asked: Asked) -> list[list[Group]]:
    """For each that is asked its groups: each one's key, counts and spreads."""
    many = [row(engine, f"SELECT count(*) FROM {one.table}")[0] for one in asked]
    values = [rows * len(one.durations) for rows, one in zip(many, asked, strict=True)]
    if engine.most_values is not None and sum(values) > engine.most_values:
        return [_within_memory(engine, *each) for each in zip(asked, values, strict=True)]
    found = engine.rows_of([_query(one) for one in asked])
    return [_groups(*each) for each in zip(asked, found, strict=True)]


def _query(asked: Asked) -> str:
    columns = ", ".join(map(spread_columns, asked.durations))
    return f"SELECT {asked.columns}, {columns} {asked.among}"


def _groups(asked: Asked, found: list[tuple[Any, ...]]) -> list[Group]:
    begin, end = len(asked.keys), -2 * len(asked.durations)
    return [
        (own[:begin], own[begin:end], tuple(map(spread, own[end::2], own[end + 1 :: 2])))
        for own in found
    ]


def _within_memory(engine: Engine, asked: Asked, values: int) -> list[Group]:
    if engine.most_values is not None and values > engine.most_values:
        counted = engine.rows(f"SELECT {asked.columns} {asked.among}")
        if values > _FEW * len(counted):
            return _by_bins(engine, asked, counted)
    return _groups(asked, engine.rows(_query(asked)))


def _by_bins(engine: Engine, asked: Asked, counted: list[tuple[Any, ...]]) -> list[Group]:
    keys = len(asked.keys)
    found = [binned_spreads(engine, asked.table, asked.keys, micros) for micros in asked.durations]
    split = ((own[:keys], own[keys:]) for own in counted)
    return [
        (key, counts, tuple(spread(*of.get(key, (None, None))) for of in found))
        for key, counts in split
    ]
