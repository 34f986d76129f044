"""Little's law, worked out by hand and summed plainly, case by case."""

from datetime import timedelta

import pandas as pd
import plainly
import pytest
from made import INSTANTS, at, chance_log, laid, stream, table, written
from test_real_logs import DATA, production, purchasing, receipt

from valuestream.measure.littles_law import littles_law

AB = stream("A", "B")


def plain(visits: pd.DataFrame, ends: list[str], begin, end, last) -> dict:
    came = left = done = 0
    in_work, aged, leads = 0.0, 0.0, []
    within = (lambda t: begin <= t <= end) if end == last else (lambda t: begin <= t < end)
    for _, rows in visits.groupby("case"):
        start, stop = rows.start.min(), rows.end.max()
        is_open = rows.end.isna().any()
        came += within(start)
        if not is_open and within(stop):
            left += 1
            done += bool(rows.step.isin(ends).any())
            leads.append(plainly.seconds(stop - start))
        since, until = max(start, begin), min(last if is_open else stop, end)
        if until > since:
            length = plainly.seconds(until - since)
            in_work += length
            aged += length * (plainly.seconds(since - start) + length / 2)
    period = plainly.seconds(end - begin)
    lead = sum(leads) / len(leads) if leads else None
    expected = None if lead is None else came / period * lead
    return {
        "arrivals": came,
        "left": left,
        "completed": done,
        "work_in_progress": pytest.approx(in_work / period),
        "arrivals_per_day": pytest.approx(came / period * 86_400),
        "lead_time": lead if lead is None else pytest.approx(lead, abs=1e-6),
        "expected": expected if expected is None else pytest.approx(expected),
        "ratio": pytest.approx(in_work / period / expected) if expected else None,
        "age": pytest.approx(aged / in_work) if in_work else None,
    }


def agrees(found, visits: pd.DataFrame, ends: list[str]) -> None:
    begin, last = visits.start.min(), max(visits.end.max(), visits.start.max())
    middle = begin + (last - begin) // timedelta(microseconds=2) * timedelta(microseconds=1)
    for balance, since, until in (
        (found.whole, begin, last),
        (found.halves[0], begin, middle),
        (found.halves[1], middle, last),
    ):
        told = {k: getattr(balance, k) for k in balance.__slots__ if k != "period"}
        assert told == plain(visits, ends, since, until, last)
        assert (balance.period.start, balance.period.end) == (since, until)


def test_both_sides_worked_out_by_hand(tmp_path):
    # Case 1 from 0 to 40, case 2 from 20 to 100: 120 min of work in 100 min. In the first half
    # 40 + 30 of 50 min, two came, one left after 40: 2 / 50 x 40 = 1.6 were to be expected.
    log = written(tmp_path, "1 A 0 10 x\n1 B 20 40 x\n2 A 20 30 x\n2 B 90 100 x")
    with laid(log, AB) as visits:
        found = littles_law(visits)
    first, second = found.halves
    assert (found.whole.work_in_progress, found.whole.ratio) == (pytest.approx(1.2), 1)
    assert (found.whole.period.start, found.whole.period.end) == (at(0), at(100))
    assert (first.arrivals, first.left, first.work_in_progress) == (2, 1, pytest.approx(1.4))
    assert (first.expected, first.ratio) == (pytest.approx(1.6), pytest.approx(1.4 / 1.6))
    assert (second.arrivals, second.left, second.expected, second.ratio) == (0, 1, 0, None)
    # Of the first half 40 min at the mean age 20 and 30 at 15; of the second 50 at 55.
    assert first.age == pytest.approx((40 * 20 + 30 * 15) / 70 * 60)
    assert (second.age, found.ageing) == (pytest.approx(55 * 60), True)
    assert found.says == (
        "More came than left in the first half: 2 came and 1 reached an end, so the means do "
        "not tell what is to be expected."
    )


def steady(cases: int, length: int = 5) -> str:
    return "\n".join(f"{i} B {i * 10} {i * 10 + length} x" for i in range(cases))


def test_a_steady_flow_is_said_to_be_one(tmp_path):
    with laid(written(tmp_path, steady(100)), AB) as visits:
        found = littles_law(visits)
    assert found.ageing is False
    assert found.says == (
        "The flow was steady: 145 arrivals a day times 5 min makes 0.503 cases in work, and 0.503 "
        "were on average."
    )


def test_more_came_than_left(tmp_path):
    unfinished = "\n".join(f"o{i} A {i * 50} - x" for i in range(12))
    with laid(written(tmp_path, steady(100) + "\n" + unfinished), AB) as visits:
        found = littles_law(visits)
    assert found.says.startswith("More came than left: 112 came and 100 reached an end")
    assert found.whole.ratio > 2


def test_cases_that_stop_before_the_end_are_not_completed(tmp_path):
    text = steady(100) + "\n" + "\n".join(f"s{i} A {i * 50} {i * 50 + 1} x" for i in range(12))
    with laid(written(tmp_path, text), AB) as visits:
        found = littles_law(visits)
    assert (found.whole.left, found.whole.completed) == (112, 100)
    assert found.says.startswith("More came than left: 112 came and 100 reached an end")


def test_fewer_came_than_left(tmp_path):
    # 100 come and 92 leave in the first half, within 10 %; 20 come and 28 leave in the second.
    quick = [f"{i} B {i} {i + 1} x" for i in [*range(92), *range(180, 200)]]
    slow = [f"s{i} B {i} {150 + i} x" for i in range(8)]
    with laid(written(tmp_path, "\n".join(quick + slow)), AB) as visits:
        says = littles_law(visits).says
    assert says.startswith("Fewer came than left in the second half: 20 came and 28 reached")


def test_more_came_than_left_in_one_half(tmp_path):
    # All come at first; 20 leave in the first half and 10 in the second.
    text = "\n".join(f"{i} B {i} {i + (10 if i % 3 else 90)} x" for i in range(30))
    with laid(written(tmp_path, text), AB) as visits:
        says = littles_law(visits).says
    assert says.startswith("More came than left in the first half: 30 came and 20 reached")


def test_work_that_piles_up_without_a_difference_in_counts(tmp_path):
    # 5 of 100 cases stay open from the start: within 10 % of the counts, but not of the work.
    text = steady(100) + "\n" + "\n".join(f"o{i} A 0 - x" for i in range(5))
    with laid(written(tmp_path, text), AB) as visits:
        found = littles_law(visits)
    assert (found.whole.arrivals, found.whole.completed) == (105, 100)
    assert found.says.startswith("More was in work than expected: 5.5 cases on average, where 152")


@pytest.mark.parametrize(
    ("text", "header", "says"),
    [
        ("1 A 0 x", INSTANTS, "There is no period"),
        ("1 A 7 - x", "case,activity,start,end,resource", "There is no period"),
        ("1 A 7 - x\n2 A 8 - x", "case,activity,start,end,resource", "More came than left: 2 "),
        ("1 A 7 9 x", "case,activity,start,end,resource", "More came than left: 1 "),
    ],
)
def test_edges(tmp_path, text, header, says):
    with laid(written(tmp_path, text, header), AB) as visits:
        found = littles_law(visits)
    assert found.says.startswith(says)
    assert (found.whole is None) == says.startswith("There")


@pytest.mark.parametrize("seed", range(4))
def test_chance_logs_equal_the_plain_computation(tmp_path, seed):
    text = chance_log(seed)
    with laid(written(tmp_path, text), stream(*"ABCD")) as visits:
        found = littles_law(visits)
    agrees(found, table(text), ["D"])


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("log_production/Production.csv.gz", production),
        ("log_purchasing/PurchasingExample.csv.gz", purchasing),
        ("log_receipt/receipt.csv.gz", receipt),
    ],
)
def test_real_logs_equal_the_plain_computation(path, read):
    visits = read()
    own = [s for i, s in enumerate(sorted(visits.step.unique())) if i % 3 != 2]
    with laid(DATA / path, stream(*own, ends=tuple(own[:2]))) as measured:
        found = littles_law(measured)
    assert found.whole.ratio == pytest.approx(1), "nothing is open: the law holds by arithmetic"
    agrees(found, visits[visits.step.isin(own)], own[:2])
