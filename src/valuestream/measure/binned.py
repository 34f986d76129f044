"""Exact percentiles of more values than fit memory: counted by bins first, then looked up.

An engine's own percentiles hold every value, and nothing of it spills. The edges of the bins are
fourth powers; the counts say in which of them the percentiles lie, and only these bins' values are
looked at. It is all grouping and sorting, which engines do on disk too; where memory is not short
it takes twice the time of the engine's own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from valuestream.engines import Engine

QUANTILES = (0.5, 0.85, 0.95)

_Key = tuple[int, ...]
_Bins = dict[int, int]
"""The values in each bin."""


def binned_spreads(
    engine: Engine, table: str, keys: Sequence[str], micros: str
) -> dict[_Key, tuple[float, list[float]]]:
    """The mean and the percentiles of an expression in microseconds, at least 0, of each group.

    `keys` are columns of small numbers. Rows in which one of them is null are left out.
    """
    sums, bins = _counted(engine, table, keys, micros)
    ranks = {key: _ranks(sum(own.values())) for key, own in bins.items()}
    sought = [place for key, own in bins.items() for place in _places(key, own, ranks[key])]
    values = _values(engine, table, keys, micros, sought)
    return {
        key: (
            float(sums[key]) / sum(own.values()),
            [_between(rank, *(values[key, n] for n in _beside(rank))) for rank in ranks[key]],
        )
        for key, own in bins.items()
    }


def _counted(
    engine: Engine, table: str, keys: Sequence[str], micros: str
) -> tuple[dict[_Key, int], dict[_Key, _Bins]]:
    """The sum of each group's values, and how many of them are in each bin."""
    listed = ", ".join(keys)
    rows = engine.rows(
        f"SELECT {listed}, bin, count(*), CAST(sum(value) AS DECIMAL(38, 0)) "
        f"FROM ({_binned(table, keys, micros)}) AS b GROUP BY {listed}, bin"
    )
    sums: dict[_Key, int] = defaultdict(int)
    bins: dict[_Key, _Bins] = defaultdict(dict)
    for *key, bin_, count, total in rows:
        sums[tuple(key)] += int(total)
        bins[tuple(key)][bin_] = count
    return sums, bins


def _binned(table: str, keys: Sequence[str], micros: str) -> str:
    """SQL: keys, value and bin. Bins are about a hundredth wide at an hour."""
    # Square roots are rounded correctly everywhere: a larger value is never in a lower bin.
    given = "".join(f" AND {key} IS NOT NULL" for key in keys)
    return (
        f"SELECT {', '.join(keys)}, value, CAST(floor(sqrt(sqrt(value))) AS INTEGER) AS bin "
        f"FROM (SELECT {', '.join(keys)}, {micros} AS value FROM {table}) AS v "
        f"WHERE value IS NOT NULL{given}"
    )


def _ranks(count: int) -> list[float]:
    """Where the percentiles lie among so many values in order, counted from 0."""
    return [(count - 1) * quantile for quantile in QUANTILES]


def _beside(rank: float) -> tuple[int, int]:
    return floor(rank), ceil(rank)


def _places(key: _Key, bins: _Bins, ranks: list[float]) -> Iterator[tuple[int, ...]]:
    """The sought values of a group: its key, the rank of each, its bin, and its rank in that."""
    before, sought = 0, sorted({place for rank in ranks for place in _beside(rank)})
    for bin_ in sorted(bins):
        within = [rank for rank in sought if before <= rank < before + bins[bin_]]
        yield from ((*key, rank, bin_, rank - before) for rank in within)
        before += bins[bin_]


def _values(
    engine: Engine,
    table: str,
    keys: Sequence[str],
    micros: str,
    sought: list[tuple[int, ...]],
) -> dict[tuple[_Key, int], int]:
    """The sought values by key and rank."""
    columns = [*(f"key_{n}" for n in range(len(keys))), "place", "bin", "turn"]
    engine.load("sought", dict.fromkeys(columns, "BIGINT"), sought)
    listed, groups = ", ".join(keys), ", ".join(columns[: len(keys)])
    same = " AND ".join(f"b.{key} = s.key_{n}" for n, key in enumerate(keys)) + " AND b.bin = s.bin"
    own = ", ".join(f"b.{key}" for key in keys)
    up_to = f"sum(many) OVER (PARTITION BY {listed}, bin ORDER BY value ROWS UNBOUNDED PRECEDING)"
    rows = engine.rows(f"""
        SELECT {own}, s.place, b.value
        FROM (SELECT {listed}, bin, value, many, CAST({up_to} AS BIGINT) AS up_to
              FROM (SELECT {own}, b.bin, b.value, count(*) AS many
                    FROM ({_binned(table, keys, micros)}) AS b
                    JOIN (SELECT DISTINCT {groups}, bin FROM sought) AS s ON {same}
                    GROUP BY {own}, b.bin, b.value) AS c) AS b
        JOIN sought AS s ON {same} AND s.turn >= b.up_to - b.many AND s.turn < b.up_to""")
    return {(tuple(key), place): value for *key, place, value in rows}


def _between(rank: float, low: int, high: int) -> float:
    """Linear between the values beside a rank, rounded once, as the engine does it."""
    part = rank - floor(rank)
    return float(Fraction(float(low)) * Fraction(1 - part) + Fraction(float(high) * part))
