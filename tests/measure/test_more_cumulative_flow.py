"""The cumulative flow, worked out by hand and counted plainly."""

from datetime import timedelta

import pandas as pd
import pytest
from made import INSTANTS, ORIGIN, chance_log, laid, stream, table, written
from test_real_logs import DATA, production, purchasing, receipt

from valuestream.measure.cumulative_flow import cumulative_flow

AB = stream("A", "B")
DAY = 24 * 60


def plain(visits: pd.DataFrame, steps: list[str], ends: list[str], until: pd.Timestamp) -> dict:
    """Counts of what happened before an instant."""
    closed = visits[visits.end.notna()].sort_values(["start", "end", "row"])
    last = closed.groupby("case").end.max()
    done = set(closed[closed.step.isin(ends)].case)
    first = closed.groupby(["case", "step"]).first().reset_index()
    return {
        "arrived": int((closed.groupby("case").start.min() < until).sum()),
        "passed": {s: int((first[first.step == s].end < until).sum()) for s in steps},
        "completed": sum(1 for case, end in last.items() if case in done and end < until),
    }


def agrees(found, visits: pd.DataFrame, steps: list[str], ends: list[str]) -> None:
    length = timedelta(days=7 if found.unit == "week" else 1)
    closed = visits[visits.end.notna()]
    assert found.starts[0] <= closed.start.min() < found.starts[0] + length
    assert found.starts[-1] <= closed.end.max() < found.starts[-1] + length
    for i, start in enumerate(found.starts):
        assert start == found.starts[0] + i * length
        told = {
            "arrived": found.arrived[i],
            "passed": {s: found.passed[s][i] for s in steps},
            "completed": found.completed[i],
        }
        assert told == plain(visits, steps, ends, pd.Timestamp(start + length)), start


def test_days_so_far(tmp_path):
    # B's second visit by case 1 ends on day 2 and changes nothing; day 1 is empty.
    log = written(
        tmp_path,
        f"1 A 0 10 x\n1 B 20 30 x\n2 A 5 {2 * DAY} x\n1 B {2 * DAY} {2 * DAY + 5} x\n2 B {3 * DAY} - x",
    )
    with laid(log, AB) as visits:
        found = cumulative_flow(visits)
    assert found.unit == "day"
    assert found.starts == tuple(ORIGIN + timedelta(days=n) for n in range(3))
    assert found.arrived == (2, 2, 2)
    assert found.passed == {"A": (1, 1, 2), "B": (1, 1, 1)}
    assert found.completed == (0, 0, 1)


def test_what_ends_at_midnight_belongs_to_the_day_that_begins(tmp_path):
    with laid(written(tmp_path, f"1 B 5 {DAY} x"), AB) as visits:
        found = cumulative_flow(visits)
    assert (found.arrived, found.completed, found.passed["B"]) == ((1, 1), (0, 1), (0, 1))


@pytest.mark.parametrize(("minutes", "unit"), [(70 * DAY - 1, "day"), (70 * DAY, "week")])
def test_weeks_from_ten_weeks_on(tmp_path, minutes, unit):
    with laid(written(tmp_path, f"1 A 0 1 x\n1 B 2 {minutes} x"), AB) as visits:
        found = cumulative_flow(visits)
    assert found.unit == unit
    # Weeks begin on Monday: 29 December 2025 is the first.
    assert found.starts[0] == ORIGIN - timedelta(days=3 if unit == "week" else 0)


def test_instants_and_one_case(tmp_path):
    with laid(written(tmp_path, "1 A 0 x", INSTANTS), AB) as visits:
        found = cumulative_flow(visits)
    assert (found.starts, found.arrived, found.passed, found.completed) == (
        (ORIGIN,),
        (1,),
        {"A": (1,), "B": (0,)},
        (0,),
    )


def test_only_open_visits_have_no_flow(tmp_path):
    with laid(written(tmp_path, "1 A 0 - x"), AB) as visits:
        found = cumulative_flow(visits)
    assert (found.starts, found.arrived, found.passed) == ((), (), {"A": (), "B": ()})


@pytest.mark.parametrize("seed", range(3))
def test_chance_logs_equal_the_plain_count(tmp_path, seed):
    text = chance_log(seed)
    with laid(written(tmp_path, text), stream(*"ABCD", ends=("C", "D"))) as visits:
        found = cumulative_flow(visits)
    agrees(found, table(text), list("ABCD"), ["C", "D"])


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize(
    ("path", "read", "unit"),
    [
        ("log_production/Production.csv.gz", production, "week"),
        ("log_purchasing/PurchasingExample.csv.gz", purchasing, "week"),
        ("log_receipt/receipt.csv.gz", receipt, "week"),
    ],
)
def test_real_logs_equal_the_plain_count(path, read, unit):
    visits = read()
    own = [s for i, s in enumerate(sorted(visits.step.unique())) if i % 3 != 2]
    ends = own[:2]
    with laid(DATA / path, stream(*own, ends=tuple(ends))) as measured:
        found = cumulative_flow(measured)
    assert (found.unit, found.completed[-1] > 0) == (unit, True)
    agrees(found, visits[visits.step.isin(own)], own, ends)
