"""Waits by cause, worked out by hand and computed plainly, moment by moment."""

from itertools import pairwise

import pandas as pd
import pytest
from made import INSTANTS, ORIGIN, chance_log, laid, stream, table, written
from test_real_logs import DATA, production, purchasing

from valuestream.measure.waits import waits

AB = stream("A", "B")


def laid_out(visits: pd.DataFrame) -> list[dict]:
    """Visits with known times and resource, in microseconds, and when each was enabled."""
    found = []
    for _, rows in visits[visits.end.notna()].groupby("case", sort=False):
        latest = None
        for v in rows.sort_values(["start", "end", "row"]).to_dict("records"):
            start, end = ((v[k] - ORIGIN) // pd.Timedelta(microseconds=1) for k in ("start", "end"))
            if v["known"]:
                enabled = start if latest is None else min(start, latest)
                own = {"start": start, "end": end, "enabled": enabled, "first": latest is None}
                found.append(v | own)
            latest = end if latest is None else max(latest, end)
    return found


def ready(visits: list[dict]) -> None:
    """When the batch of each visit was enabled, and for one in no batch the visit itself."""
    rows: dict[tuple, list[dict]] = {}
    for v in sorted(visits, key=lambda v: (v["start"], v["end"])):
        v["ready"] = v["enabled"]
        if not v["first"]:
            rows.setdefault((v["resource"], v["step"]), []).append(v)
    for own in rows.values():
        runs = [[own[0]]]
        for last, v in pairwise(own):
            if v["start"] in (last["start"], last["end"]):
                runs[-1].append(v)
            else:
                runs.append([v])
        for run in runs:
            batch = [v for v in run if v["enabled"] <= run[0]["start"]]
            if len({v["case"] for v in batch}) > 1:
                for v in batch:
                    v["ready"] = max(other["enabled"] for other in batch)


def plain(visits: pd.DataFrame) -> tuple[dict[str, list[int]], int]:
    """By step: visits, wait, batching, contention, priority, outside; and the waits of nobody."""
    every = laid_out(visits)
    known = [v for v in every if pd.notna(v["resource"])]
    ready(known)
    by: dict[str, list[dict]] = {}
    for v in known:
        by.setdefault(v["resource"], []).append(v)
    found: dict[str, list[int]] = {}
    for v in known:
        if v["enabled"] == v["start"]:
            continue
        met = [b for b in by[v["resource"]] if b["start"] < v["start"] and b["end"] > v["ready"]]
        cuts = {v["ready"], v["start"]}
        cuts |= {t for b in met for t in (b["start"], b["end"]) if v["ready"] < t < v["start"]}
        times = [1, v["start"] - v["enabled"], v["ready"] - v["enabled"], 0, 0, 0]
        for begin, end in pairwise(sorted(cuts)):
            at_work = [b for b in met if b["start"] <= begin and b["end"] >= end]
            earlier = any(b["enabled"] <= v["enabled"] for b in at_work)
            times[3 if earlier else 4 if at_work else 5] += end - begin
        own = found.setdefault(v["step"], [0] * 6)
        found[v["step"]] = [a + b for a, b in zip(own, times, strict=True)]
    return found, sum(pd.isna(v["resource"]) and v["enabled"] < v["start"] for v in every)


def micros(causes) -> list[int]:
    times = (causes.wait, causes.batching, causes.contention, causes.priority, causes.outside)
    return [causes.visits, *(round(t * 1_000_000) for t in times)]


def minutes(causes) -> tuple[float, ...]:
    return tuple(t / 60_000_000 for t in micros(causes)[1:])


def agrees(found, visits: pd.DataFrame) -> None:
    expected, nobody = plain(visits)
    assert {step: micros(causes) for step, causes in found.steps.items()} == expected
    assert found.nobody == nobody
    total = micros(found.total)
    assert total == [sum(times) for times in zip(*expected.values(), strict=True)]
    assert sum(total[2:]) == total[1]
    assert found.total.visits == found.waiting


def test_contention_priority_and_outside(tmp_path):
    # B of case 1 is enabled at 10 and starts at 100, by Ann. Ann is meanwhile at work:
    # 20 to 40 on case 2's B, enabled at 5: contention; 30 to 60 on case 3's A, its first visit,
    # enabled when it began: priority from 40 on. The rest, 10 to 20 and 60 to 100, is outside.
    log = written(
        tmp_path, "1 A 0 10 Ben\n1 B 100 110 Ann\n2 A 0 5 Ben\n2 B 20 40 Ann\n3 A 30 60 Ann"
    )
    with laid(log, AB) as visits:
        found = waits(visits)
    # Case 2's B itself waits from 5 to 20, outside.
    assert minutes(found.total) == (105, 0, 20, 20, 65)
    assert list(found.steps) == ["B"]
    assert (found.waiting, found.nobody, found.says) == (2, 0, None)


def test_work_enabled_at_the_same_time_is_contention(tmp_path):
    log = written(tmp_path, "1 A 0 10 x\n2 A 0 10 y\n1 B 20 30 Ann\n2 B 40 50 Ann")
    with laid(log, AB) as visits:
        assert minutes(waits(visits).total) == (10 + 30, 0, 10, 0, 30)


def test_a_batch_waits_until_its_last_is_enabled(tmp_path):
    # Enabled at 10, 20 and 40; all start at 50: batching until 40, the last 10 min are outside.
    together = "1 A 0 10 x\n2 A 0 20 y\n3 A 0 40 z\n1 B 50 60 Ann\n2 B 50 60 Ann\n3 B 50 60 Ann"
    with laid(written(tmp_path, together), AB) as visits:
        assert minutes(waits(visits).total) == (40 + 30 + 10, 30 + 20, 0, 0, 30)
    # Back to back: the second waits for the first, 50 to 60, and the third for both. All of those
    # were enabled earlier.
    in_a_row = "1 A 0 10 x\n2 A 0 20 y\n3 A 0 40 z\n1 B 50 60 Ann\n2 B 60 70 Ann\n3 B 70 80 Ann"
    with laid(written(tmp_path, in_a_row), AB) as visits:
        assert minutes(waits(visits).total) == (40 + 40 + 30, 30 + 20, 10 + 20, 0, 30)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("1 A 0 10 x\n2 A 0 20 y\n1 B 50 60 Ann\n2 B 61 70 Ann", "a gap between them"),
        ("1 A 0 10 x\n2 A 0 55 y\n1 B 50 60 Ann\n2 B 60 70 Ann", "enabled after the first began"),
        ("1 A 0 10 x\n2 A 0 20 y\n1 B 50 60 Ann\n2 B 50 60 Ben", "another resource"),
        ("1 A 0 10 x\n2 A 0 20 y\n1 B 50 60 Ann\n2 A 50 60 Ann", "another step"),
        ("1 A 0 10 x\n1 B 50 60 Ann\n1 B 60 70 Ann", "one case alone"),
        ("1 A 0 10 x\n1 B 50 60 Ann\n2 B 50 60 Ann", "nobody knows when a first visit arrived"),
    ],
)
def test_what_is_no_batch(tmp_path, change, why):
    with laid(written(tmp_path, change), AB) as visits:
        assert waits(visits).total.batching == 0, why


def test_what_cannot_be_split_is_counted(tmp_path):
    log = written(tmp_path, "1 A 0 10 Ann\n1 B 20 30 -\n2 A 0 10 Ann\n2 B 10 30 -")
    with laid(log, AB) as visits:
        found = waits(visits)
    assert (found.total.visits, found.steps, found.waiting, found.nobody) == (0, {}, 0, 1)
    assert found.says == "1 waits cannot be split: their visits name no resource"


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("1 A 0 x\n1 B 30 y", INSTANTS),
        ("1 A 0 - x", "case,activity,start,end,resource"),
        ("1 A 0 5 x", "case,activity,start,end,resource"),
    ],
)
def test_without_known_waits_there_is_nothing(tmp_path, text, header):
    with laid(written(tmp_path, text, header), AB) as visits:
        found = waits(visits)
    assert (found.total.visits, found.total.wait, found.steps, found.says) == (0, 0, {}, None)


def test_too_many_are_split_for_a_sample_of_the_cases(tmp_path):
    text = chance_log(1, cases=80)
    visits = table(text)
    with laid(written(tmp_path, text), stream(*"ABCD")) as measured:
        whole, some, one = (waits(measured, most) for most in (10**9, 40, 1))
        keys = dict(measured.engine.rows("SELECT DISTINCT case_id, hash(case_id) FROM chosen"))
    assert 0 < one.total.visits < some.total.visits < whole.total.visits == whole.waiting
    assert some.waiting == whole.waiting
    assert f"{some.waiting} waiting visits {some.total.visits} are split" in (some.says or "")
    # The figures are those of the cases of the lowest numbers, against all work.
    waiting = [
        v
        for v in laid_out(visits)
        if pd.notna(v["resource"]) and v["enabled"] < v["start"] and v["step"] in "ABCD"
    ]
    by_key = sorted(waiting, key=lambda v: keys[v["case"]])
    lowest = by_key[: some.total.visits]
    assert keys[lowest[-1]["case"]] < keys[by_key[some.total.visits]["case"]]
    assert round(some.total.wait * 1e6) == sum(v["start"] - v["enabled"] for v in lowest)
    times = micros(some.total)
    assert sum(times[2:]) == times[1]


@pytest.mark.parametrize("seed", range(5))
def test_chance_logs_equal_the_plain_computation(tmp_path, seed):
    text = chance_log(seed, cases=200)
    with laid(written(tmp_path, text), stream(*"ABCD")) as visits:
        found = waits(visits)
    agrees(found, table(text))
    assert min(micros(found.total)) > 0, "every cause must be there to be compared"


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("log_production/Production.csv.gz", production),
        ("log_purchasing/PurchasingExample.csv.gz", purchasing),
    ],
)
def test_real_logs_equal_the_plain_computation(path, read):
    table = read()
    own = [s for i, s in enumerate(sorted(table.step.unique())) if i % 3 != 2]
    with laid(DATA / path, stream(*own)) as visits:
        found = waits(visits)
    assert found.total.visits > 1000
    agrees(found, table[table.step.isin(own)])
