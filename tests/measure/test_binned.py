"""Percentiles counted by bins, equal to the engine's own and to numpy's."""

import random

import numpy as np
import pytest

from valuestream.engines.duck import Duck
from valuestream.measure import spreads
from valuestream.measure.binned import binned_spreads


def drawn(kind: str, count: int, draw: random.Random) -> list[int | None]:
    """Durations in microseconds of one shape."""
    shapes = {
        "zeros": lambda: 0,
        "one value": lambda: 86_400_000_000,
        "whole minutes": lambda: 60_000_000 * draw.randrange(5),
        "close together": lambda: 3_600_000_000 + draw.randrange(1000),
        "on edges": lambda: draw.randrange(200) ** 4 - draw.randrange(2) + 1,
        "skewed": lambda: int(draw.lognormvariate(20, 4)),
        "half unknown": lambda: None if draw.random() < 0.5 else draw.randrange(10**12),
    }
    return [shapes[kind]() for _ in range(count)]


KINDS = ["zeros", "one value", "whole minutes", "close together", "on edges", "skewed"]


@pytest.fixture
def engine():
    engine = Duck()
    yield engine
    engine.close()


@pytest.mark.parametrize("seed", range(4))
def test_each_group_has_the_engines_own_mean_and_percentiles(engine, seed):
    draw = random.Random(seed)
    rows = [
        (one, other, value)
        for one, kind in enumerate([*KINDS, "half unknown"])
        for other in (-1, 3)
        for value in drawn(kind, draw.randrange(1, 300), draw)
    ]
    engine.load("t", {"a": "SMALLINT", "b": "BIGINT", "v": "BIGINT"}, [*rows, (None, 1, 5)])
    found = binned_spreads(engine, "t", ["a", "b"], "v")
    own = engine.rows(
        "SELECT a, b, avg(v), quantile_cont(v, [0.5, 0.85, 0.95]) FROM t "
        "WHERE a IS NOT NULL AND v IS NOT NULL GROUP BY a, b"
    )
    assert found == {(a, b): (mean, percentiles) for a, b, mean, percentiles in own}
    for key, (mean, percentiles) in found.items():
        values = [float(v) for *of, v in rows if tuple(of) == key and v is not None]
        assert mean == pytest.approx(np.mean(values), rel=1e-12)
        assert percentiles == pytest.approx(np.quantile(values, [0.5, 0.85, 0.95]), rel=1e-12)


def test_where_memory_is_short_groups_have_the_same_counts_and_spreads(engine, monkeypatch):
    draw = random.Random(5)
    monkeypatch.setattr(spreads, "_FEW", 0)
    rows = [(n % 3, value) for n, value in enumerate(drawn("half unknown", 500, draw))]
    engine.load("t", {"a": "SMALLINT", "v": "BIGINT"}, [*rows, (7, None)])
    more = "count(*) FILTER (WHERE v IS NULL)"
    plain, engine.most_values = spreads.spreads(engine, "t", ["a"], ["v", "a"], more), 10
    assert sorted(spreads.spreads(engine, "t", ["a"], ["v", "a"], more)) == sorted(plain)
    assert len(plain) == 4
