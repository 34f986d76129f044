"""Kinds of cases that are slow, found beyond chance and not where chance alone divides them."""

from pathlib import Path

import numpy as np
import pytest
from made import HEADER, laid, stream, written

from valuestream.measure.slow_segments import slow_segments

AB = stream("A", "B")


def log(folder: Path, seed: int, slower: float, cases: int = 200) -> Path:
    """Cases of two steps; those of kind x, a fourth, take so many times as long."""
    chance = np.random.default_rng(seed)
    lines = []
    for case in range(cases):
        kind = "x" if case % 4 == 0 else "y"
        took = chance.lognormal(4, 0.5) * (slower if kind == "x" else 1)
        own = f"{kind} {chance.integers(5)} {case}"
        lines += [f"{case} A {case} {case + 1} Ann {own}",
                  f"{case} B {case + took} {case + took} Ben {own}"]  # fmt: skip
    return written(folder, "\n".join(lines), f"{HEADER},kind,branch,number")


def test_a_slow_kind_is_found_with_the_means_of_both_sides(tmp_path):
    path = log(tmp_path, 1, slower=3)
    with laid(path, AB) as visits:
        (found,) = slow_segments(visits)
    rows = [line.split(",") for line in path.read_text().splitlines()[1:]]
    leads = {"x": [], "y": []}
    for first, last in zip(rows[::2], rows[1::2], strict=True):
        took = np.datetime64(last[3].replace(" ", "T")) - np.datetime64(first[2].replace(" ", "T"))
        leads[first[5]].append(took / np.timedelta64(1, "s"))
    assert (found.column, found.value, found.cases, found.others) == ("kind", "x", 50, 150)
    assert found.lead_time == pytest.approx(np.mean(leads["x"]))
    assert found.of_others == pytest.approx(np.mean(leads["y"]))
    assert found.compared == 7  # two kinds, five branches; of 200 numbers none


def test_what_only_chance_divides_is_not_found(tmp_path):
    for seed in range(3):
        with laid(log(tmp_path, seed, slower=1), AB) as visits:
            assert slow_segments(visits) == ()


def test_few_cases_of_a_kind_tell_nothing(tmp_path):
    with laid(log(tmp_path, 1, slower=3, cases=60), AB) as visits:
        assert slow_segments(visits) == ()


def test_of_many_cases_a_sample_is_looked_at(tmp_path):
    with laid(log(tmp_path, 1, slower=3), AB) as visits:
        (found,) = slow_segments(visits, most=150)
    assert found.cases + found.others == 150


def test_a_log_without_attributes_has_no_kinds(tmp_path):
    with laid(written(tmp_path, "1 A 0 1 Ann\n1 B 2 3 Ann"), AB) as visits:
        assert slow_segments(visits) == ()


def test_what_is_known_only_at_the_end_is_no_kind(tmp_path):
    path = log(tmp_path, 1, slower=3)
    rows = path.read_text().splitlines()
    known_late = [r.replace(",x,", ",,").replace(",y,", ",,") if ",A," in r else r for r in rows]
    path.write_text("\n".join(known_late))
    with laid(path, AB) as visits:
        assert slow_segments(visits) == ()
