"""The age of unfinished work, worked out by hand and computed plainly."""

from datetime import timedelta

import pandas as pd
import plainly
import pytest
from made import INSTANTS, at, chance_log, laid, stream, table, written
from test_real_logs import DATA, production, receipt

from valuestream.measure import MeasureError
from valuestream.measure.age import age

ABC = stream("A", "B", "C")


def plain(visits: pd.DataFrame, steps: list[str], ends: list[str], now: pd.Timestamp) -> dict:
    """By step: open cases' ages, their time since, and what finished cases took."""
    found = {s: {"age": [], "since": [], "took": []} for s in steps}
    for _, rows in visits.groupby("case"):
        closed = rows[rows.end.notna()].sort_values(["start", "end", "row"])
        is_open = rows.end.isna().any()
        reached = {s: rows[rows.step == s].start.min() for s in rows.step.unique()}
        if not is_open and closed.step.isin(ends).any():
            for s, t in reached.items():
                found[s]["took"].append(plainly.seconds(closed.end.max() - t))
            continue
        if is_open:
            begun = rows[rows.end.isna()]
            begun = begun[begun.start == begun.start.max()]
            step = max(begun.step, key=steps.index)
        else:
            step = closed.step.iloc[-1]
        found[step]["age"].append(plainly.seconds(now - rows.start.min()))
        found[step]["since"].append(plainly.seconds(now - reached[step]))
    return found


def told(step) -> dict:
    def of(s):
        return {"mean": s.mean, "p50": s.p50, "p85": s.p85, "p95": s.p95}

    return {
        "cases": step.cases,
        "finished": step.finished,
        "age": of(step.age),
        "since": of(step.since),
        "took": of(step.to_the_end),
        "older": step.older,
    }


def expected(values: dict) -> dict:
    took = plainly.spread(values["took"])
    limits = [took[f"p{p}"] for p in (50, 85, 95)]
    older = tuple(sum(s > limit for s in values["since"]) for limit in limits if limit is not None)
    return {
        "cases": len(values["since"]),
        "finished": len(values["took"]),
        "age": about(plainly.spread(values["age"])),
        "since": about(plainly.spread(values["since"])),
        "took": about(took),
        "older": older or None,
    }


def about(values: dict) -> dict:
    return {k: v if v is None else pytest.approx(v, rel=1e-9, abs=1e-6) for k, v in values.items()}


def test_ages_worked_out_by_hand(tmp_path):
    # Finished: case 1 took 100 min from A and 90 from B; case 2 took 20 from A and 10 from B.
    # Percentile 85 from A: 20 + 0.85 x 80 = 88 min, from B: 10 + 0.85 x 80 = 78 min.
    # The log ends at 200. Case 3 is after A since 195; case 4 in an open B since 110, after A at 50.
    log = written(
        tmp_path,
        "1 A 0 5 x\n1 B 10 20 x\n1 C 90 100 x\n2 A 0 5 x\n2 B 10 12 x\n2 C 15 20 x\n"
        "3 A 195 200 x\n4 A 50 60 x\n4 B 110 - x",
    )
    with laid(log, ABC) as visits:
        found = age(visits)
    a, b, c = found.steps
    assert (found.at, found.cases, found.older_than_p85) == (at(200), 2, 1)
    assert (a.cases, a.since.mean, a.age.mean, a.older) == (1, 5 * 60, 5 * 60, (0, 0, 0))
    assert (b.cases, b.since.mean, b.age.mean, b.older) == (1, 90 * 60, 150 * 60, (1, 1, 1))
    assert (a.finished, a.to_the_end.p85) == (2, pytest.approx(88 * 60))
    assert (b.finished, b.to_the_end.p85) == (2, pytest.approx(78 * 60))
    assert (c.cases, c.since.mean, c.older) == (0, None, (0, 0, 0))


def test_an_instant_may_be_given_but_not_before_the_log_s_end(tmp_path):
    with laid(written(tmp_path, "1 A 0 5 x\n1 X 0 30 x"), ABC) as visits:
        # The unmapped X says until when the log was written.
        assert age(visits).steps[0].since.mean == 30 * 60
        assert age(visits, at(60)).steps[0].since.mean == 60 * 60
        with pytest.raises(MeasureError, match="the log goes on to 2026-01-01T00:30:00"):
            age(visits, at(30) - timedelta(microseconds=1))


def test_without_finished_cases_nothing_is_older(tmp_path):
    with laid(written(tmp_path, "1 A 0 5 x"), ABC) as visits:
        found = age(visits)
    assert (found.cases, found.older_than_p85, found.steps[0].older) == (1, 0, None)


def test_only_open_visits(tmp_path):
    with laid(written(tmp_path, "1 A 0 - x\n2 B 7 - x\n2 C 9 - x"), ABC) as visits:
        found = age(visits)
    assert [s.cases for s in found.steps] == [1, 0, 1]
    assert [s.age.mean for s in found.steps] == [9 * 60, None, 2 * 60]


def test_a_completed_case_with_an_open_visit_is_unfinished(tmp_path):
    with laid(written(tmp_path, "1 A 0 1 x\n1 C 2 3 x\n1 B 4 - x"), ABC) as visits:
        found = age(visits)
    assert [s.cases for s in found.steps] == [0, 1, 0]
    assert sum(s.finished for s in found.steps) == 0


def test_instants_reach_a_step_when_they_are_seen(tmp_path):
    log = written(tmp_path, "1 A 0 x\n1 C 10 x\n2 A 5 x", INSTANTS)
    with laid(log, ABC) as visits:
        found = age(visits)
    assert (found.cases, found.steps[0].since.mean, found.steps[0].older) == (1, 300, (0, 0, 0))
    assert found.steps[0].to_the_end.p50 == 600


@pytest.mark.parametrize("seed", range(4))
def test_chance_logs_equal_the_plain_computation(tmp_path, seed):
    text = chance_log(seed)
    visits = table(text)
    now = max(visits.start.max(), visits.end.max())
    with laid(written(tmp_path, text), stream(*"ABCD", ends=("D",))) as measured:
        found = age(measured)
    values = plain(visits, list("ABCD"), ["D"], now)
    assert found.cases > 5
    for step in found.steps:
        assert told(step) == expected(values[step.step]), step.step


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize(
    ("path", "read"),
    [("log_production/Production.csv.gz", production), ("log_receipt/receipt.csv.gz", receipt)],
)
def test_real_logs_equal_the_plain_computation(path, read):
    visits = read()
    steps = sorted(visits.step.unique())
    own = [s for i, s in enumerate(steps) if i % 3 != 2]
    ends = own[-4:]
    with laid(DATA / path, stream(*own, ends=tuple(ends))) as measured:
        found = age(measured)
    values = plain(visits[visits.step.isin(own)], own, ends, visits.end.max())
    assert found.cases > 10
    assert found.older_than_p85 == sum(
        (expected(v)["older"] or (0, 0, 0))[1] for v in values.values()
    )
    for step in found.steps:
        assert told(step) == expected(values[step.step]), step.step
