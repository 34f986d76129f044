"""The five flow metrics by type, worked out by hand and computed plainly."""

import pandas as pd
import plainly
import pytest
from made import chance_log, opened, stream, table, written
from test_real_logs import DATA, production, purchasing, receipt

from valuestream.measure import MeasureError
from valuestream.measure.flow_metrics import flow_metrics

AB = stream("A", "B")
TYPED = "case,activity,start,end,type"


def plain(visits: pd.DataFrame, ends: list[str], type_of: dict) -> dict:
    closed = visits[visits.end.notna()]
    monday = plainly.week_of(closed.end.max()) - plainly.week_of(closed.start.min())
    weeks, every = monday.days // 7 + 1, closed.case.nunique()
    found: dict = {}
    for case, rows in visits.groupby("case"):
        own = found.setdefault(
            type_of[case], {"leads": [], "busy": [], "of": [], "done": 0, "load": 0}
        )
        ended = rows[rows.end.notna()]
        done = ended.step.isin(ends).any()
        own["load"] += bool(rows.end.isna().any() or not done)
        if ended.empty:
            continue
        own["done"] += bool(done)
        own["leads"].append(plainly.seconds(ended.end.max() - ended.start.min()))
        if ended.known.all():
            own["busy"].append(plainly.union(list(zip(ended.start, ended.end, strict=True))))
            own["of"].append(own["leads"][-1])
    return {
        value: {
            "cases": len(own["leads"]),
            "completed": own["done"],
            "velocity": pytest.approx(own["done"] / weeks),
            "time": {k: about(v) for k, v in plainly.spread(own["leads"]).items()},
            "efficiency": about(sum(own["busy"]) / sum(own["of"]) if sum(own["of"]) else None),
            "load": own["load"],
            "distribution": pytest.approx(len(own["leads"]) / every),
        }
        for value, own in found.items()
    }


def about(value: float | None):
    return value if value is None else pytest.approx(value, rel=1e-9, abs=1e-6)


def told(found) -> dict:
    result = {}
    for flow in found:
        values = {k: getattr(flow, k) for k in flow.__slots__ if k != "value"}
        values["time"] = {k: getattr(flow.time, k) for k in ("mean", "p50", "p85", "p95")}
        result[flow.value] = values
    return result


def test_the_five_metrics_worked_out_by_hand(tmp_path):
    # Two weeks, from Thursday to the Monday after next. Bugs: 1 takes 100 min with 30 of work,
    # and 2 is not completed. Case 3's first value is its second row's. 4 has no value.
    monday = 4 * 24 * 60
    log = written(
        tmp_path,
        "1 A 0 10 bug\n1 B 80 100 bug\n2 A 0 10 bug\n3 A 0 5 -\n3 B 5 10 idea\n"
        f"4 B {monday} {monday + 1} -\n5 A 3 - bug",
        TYPED,
    )
    with opened(log, AB) as (visits, events):
        found = flow_metrics(visits, events, "type")
    bug, idea, none = found
    assert [f.value for f in found] == ["bug", "idea", None]
    assert (bug.cases, bug.completed, bug.velocity, bug.load) == (2, 1, 0.5, 2)
    assert (bug.time.mean, bug.efficiency) == (55 * 60, pytest.approx(40 / 110))
    assert (bug.distribution, idea.distribution, none.distribution) == (0.5, 0.25, 0.25)
    assert (idea.velocity, idea.efficiency, idea.load, none.load) == (0.5, 1, 0, 0)


def test_only_open_visits_are_load_and_nothing_else(tmp_path):
    with opened(written(tmp_path, "1 A 0 - bug", TYPED), AB) as (visits, events):
        (bug,) = flow_metrics(visits, events, "type")
    assert (bug.cases, bug.load, bug.velocity, bug.distribution) == (0, 1, None, None)
    assert (bug.time.mean, bug.efficiency) == (None, None)


def test_instants_have_no_efficiency(tmp_path):
    log = written(tmp_path, "1 A 0 bug\n1 B 30 bug", "case,activity,end,type")
    with opened(log, AB) as (visits, events):
        (bug,) = flow_metrics(visits, events, "type")
    assert (bug.time.mean, bug.efficiency, bug.velocity) == (1800, None, 1)


def test_efficiency_is_of_the_cases_whose_process_time_is_known(tmp_path):
    # Case 2's first start is not known, so its 90 min of lead time count in neither sum.
    log = written(tmp_path, "1 A 0 10 bug\n1 B 30 40 bug\n2 A - 10 bug\n2 B 90 100 bug", TYPED)
    with opened(log, AB) as (visits, events):
        (bug,) = flow_metrics(visits, events, "type")
    assert (bug.time.mean, bug.efficiency) == (65 * 60, pytest.approx(20 / 40))


def test_an_unknown_column_names_the_nearest(tmp_path):
    with (
        opened(written(tmp_path, "1 A 0 1 bug", TYPED), AB) as (visits, events),
        pytest.raises(MeasureError, match="did you mean 'type'"),
    ):
        flow_metrics(visits, events, "typ")


@pytest.mark.parametrize("seed", range(3))
def test_chance_logs_equal_the_plain_computation(tmp_path, seed):
    text = chance_log(seed)
    visits = table(text)
    named = visits[visits.resource.notna()]
    type_of = dict.fromkeys(visits.case) | named.groupby("case").resource.first().to_dict()
    with opened(written(tmp_path, text), stream(*"ABCD")) as (measured, events):
        found = flow_metrics(measured, events, "resource")
    assert told(found) == plain(visits, ["D"], type_of)


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize(
    ("path", "read", "column"),
    [
        ("log_production/Production.csv.gz", production, "Resource"),
        ("log_purchasing/PurchasingExample.csv.gz", purchasing, "resource"),
        ("log_receipt/receipt.csv.gz", receipt, "case:channel"),
    ],
)
def test_real_logs_equal_the_plain_computation(path, read, column):
    visits = read()
    raw = pd.read_csv(DATA / path, dtype=str, keep_default_na=False)
    first = {}
    for case, value in zip(visits.case, raw[column], strict=True):
        first[case] = first.get(case) or value or None
    own = [s for i, s in enumerate(sorted(visits.step.unique())) if i % 3 != 2]
    with opened(DATA / path, stream(*own, ends=tuple(own[:2]))) as (measured, events):
        found = flow_metrics(measured, events, column)
    assert len(found) > 1
    assert told(found) == plain(visits[visits.step.isin(own)], own[:2], first)
