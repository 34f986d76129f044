"""Switching: each visit after the one that its resource did before, and how long it then takes."""

from collections import defaultdict
from itertools import pairwise
from math import exp, log, sqrt
from statistics import fmean, variance

import numpy as np
import pytest
from made import chance_log, laid, stream, table, written

from valuestream.measure.switching import switching

ABCD = stream("A", "B", "C", "D")


def plainly(text: str) -> dict[str, tuple[int, int, float, float]]:
    """By step: switched and same visits, the share by which work is longer, and z."""
    log_ = table(text)
    visits = log_[log_.known & log_.resource.notna()].assign(case=lambda t: t.case.astype(str))
    halves: dict[tuple[str, str], dict[bool, list[float]]] = defaultdict(
        lambda: {True: [], False: []}
    )
    for resource, own in visits.groupby("resource"):
        rows = own.sort_values(["start", "end"]).to_dict("records")
        for before, now in pairwise(rows):
            lasted = (now["end"] - now["start"]).total_seconds()
            if lasted > 0 and before["case"] != now["case"]:
                halves[now["step"], resource][before["step"] != now["step"]].append(lasted)
    found: dict[str, list] = defaultdict(list)
    for (step, _), half in halves.items():
        if min(map(len, half.values())) >= 5:
            found[step].append((half[True], half[False]))
    return {step: _put_together(pairs) for step, pairs in found.items()}


def _put_together(pairs):
    w = [len(a) * len(b) / (len(a) + len(b)) for a, b in pairs]
    logs = [([log(x) for x in a], [log(x) for x in b]) for a, b in pairs]
    d = sum(k * (fmean(a) - fmean(b)) for k, (a, b) in zip(w, logs, strict=True)) / sum(w)
    v = sum(
        k * k * (variance(a) / len(a) + variance(b) / len(b))
        for k, (a, b) in zip(w, logs, strict=True)
    )
    z = d / (sqrt(v) / sum(w))
    return sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs), exp(d) - 1, z


def one_at_a_time(seed: int) -> str:
    """Two people who do visits one after the other; after another step they take longer."""
    chance = np.random.default_rng(seed)
    lines, case = [], 0
    for person in ("Ann", "Ben"):
        minute, last = 0.0, ""
        for _ in range(200):
            step = str(chance.choice(["A", "B"]))
            took = chance.lognormal(3, 0.4) * (1.3 if step != last else 1.0)
            lines.append(f"{case} {step} {minute:.2f} {minute + took:.2f} {person}")
            minute, last, case = minute + took + 1, step, case + 1
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(3))
def test_it_equals_the_plain_computation(tmp_path, seed):
    text = one_at_a_time(seed)
    with laid(written(tmp_path, text), ABCD) as visits:
        found = switching(visits)
    expected = plainly(text)
    assert set(found.steps) == set(expected)
    for step, (switched, same, longer, z) in expected.items():
        shown = found.steps[step]
        assert (shown.switched, shown.same) == (switched, same)
        assert shown.longer == pytest.approx(longer, rel=1e-6)
        assert shown.z == pytest.approx(z, rel=1e-6)
        assert 0.15 < shown.longer < 0.45


def test_switches_are_counted_by_resource(tmp_path):
    text = "1 A 0 1 Ann\n2 A 2 3 Ann\n3 B 4 5 Ann\n4 A 6 7 Ann\n5 A 0 1 Ben\n6 B 1 2 -"
    with laid(written(tmp_path, text), ABCD) as visits:
        found = switching(visits)
    assert (found.visits, found.switches) == (3, 2)
    assert [(r.resource, r.visits, r.switches) for r in found.resources] == [("Ann", 3, 2)]
    assert found.steps == {}


def test_a_log_without_resources_has_none(tmp_path):
    with laid(written(tmp_path, "1 A 0 1 -\n1 B 2 3 -"), ABCD) as visits:
        found = switching(visits)
    assert (found.visits, found.switches, found.resources) == (0, 0, ())


def test_chance_logs_with_ties_and_overlaps_are_counted_once_each(tmp_path):
    text = chance_log(1, cases=60)
    with laid(written(tmp_path, text), ABCD) as visits:
        found = switching(visits)
    timed = table(text)
    timed = timed[timed.known & timed.resource.notna()]
    most = len(timed) - timed.resource.nunique()
    assert 0.8 * most < found.visits <= most
    assert found.visits == sum(one.visits for one in found.resources)
    assert found.switches == sum(one.switches for one in found.resources)


def test_who_goes_on_with_a_case_is_not_compared(tmp_path):
    with laid(written(tmp_path, "1 A 0 1 Ann\n1 B 2 3 Ann\n2 B 4 5 Ann"), ABCD) as visits:
        found = switching(visits)
    assert (found.visits, found.switches) == (1, 0)
