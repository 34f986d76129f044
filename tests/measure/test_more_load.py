"""The load of resources, worked out by hand and computed plainly."""

from collections import Counter
from itertools import pairwise

import pandas as pd
import plainly
import pytest
from made import INSTANTS, chance_log, laid, stream, table, written
from test_real_logs import DATA, production, purchasing, receipt

from valuestream.measure.load import load

AB = stream("A", "B")


def plain(visits: pd.DataFrame) -> dict:
    closed = visits[visits.end.notna()]
    busy, present = {}, {}
    for who, rows in closed[closed.known].groupby("resource"):
        busy[who] = plainly.union(list(zip(rows.start, rows.end, strict=True)))
        days = rows.groupby(rows.start.dt.floor("D"))
        present[who] = plainly.union([(day.start.min(), day.end.max()) for _, day in days])
    total, found = sum(busy.values()), {}
    for who, rows in closed.groupby("resource"):
        timed = rows[rows.known]
        lengths = sum(plainly.seconds(e - s) for s, e in zip(timed.start, timed.end, strict=True))
        own = busy.get(who)
        found[who] = {
            "visits": len(rows),
            "cases": rows.case.nunique(),
            "timed": len(timed),
            "busy": pytest.approx(own) if own is not None else None,
            "share": pytest.approx(own / total) if own is not None and total else None,
            "at_once": pytest.approx(lengths / own) if own else None,
            "steps": dict(Counter(rows.step)),
            "present": pytest.approx(present[who]) if own is not None else None,
        }
    return found


def handoffs(visits: pd.DataFrame) -> Counter:
    found: Counter = Counter()
    for _, rows in visits[visits.end.notna()].groupby("case"):
        path = rows.sort_values(["start", "end", "row"]).to_dict("records")
        for one, other in pairwise(path):
            known = pd.notna(one["resource"]) and pd.notna(other["resource"])
            if known and one["resource"] != other["resource"]:
                found[one["step"], other["step"]] += 1
    return found


def agrees(found, visits: pd.DataFrame) -> None:
    told = {
        r.resource: {k: getattr(r, k) for k in r.__slots__ if k != "resource"}
        for r in found.resources
    }
    assert told == plain(visits)
    assert found.handoffs == handoffs(visits)
    closed = visits[visits.end.notna()]
    assert (found.visits, found.nobody) == (len(closed), closed.resource.isna().sum())


def test_overlapping_work_counts_once(tmp_path):
    # Ann: 0 to 30 and 10 to 40: busy 40 min, with 60 min of work: 1.5 at once. Ben: 20 min.
    log = written(tmp_path, "1 A 0 30 Ann\n2 A 10 40 Ann\n1 B 30 50 Ben\n2 B 60 60 -")
    with laid(log, AB) as visits:
        found = load(visits)
    ann, ben = found.resources
    assert (ann.resource, ann.visits, ann.cases, ann.busy, ann.at_once) == ("Ann", 2, 2, 2400, 1.5)
    assert (ben.busy, ben.share, ben.steps) == (1200, pytest.approx(1 / 3), {"B": 1})
    assert (found.visits, found.nobody, found.handoffs) == (4, 1, {("A", "B"): 1})


def test_without_resources_there_is_no_load(tmp_path):
    with laid(written(tmp_path, "1 A 0 30 -\n1 B 30 40 -"), AB) as visits:
        found = load(visits)
    assert (found.resources, found.visits, found.nobody, found.handoffs) == ((), 2, 2, {})


def test_of_instants_nobody_knows_how_long(tmp_path):
    with laid(written(tmp_path, "1 A 0 Ann\n1 B 30 Ben", INSTANTS), AB) as visits:
        found = load(visits)
    for one in found.resources:
        assert (one.visits, one.timed, one.busy, one.share, one.at_once) == (1, 0, None, None, None)
    assert found.handoffs == {("A", "B"): 1}


def test_work_of_no_length_is_known_to_be_none(tmp_path):
    with laid(written(tmp_path, "1 A 5 5 Ann"), AB) as visits:
        (ann,) = load(visits).resources
    assert (ann.timed, ann.busy, ann.share, ann.at_once) == (1, 0, None, None)


def test_open_visits_have_no_load(tmp_path):
    with laid(written(tmp_path, "1 A 0 - Ann\n2 B 0 - Ben"), AB) as visits:
        found = load(visits)
    assert (found.resources, found.visits, found.nobody) == ((), 0, 0)


@pytest.mark.parametrize("seed", range(4))
def test_chance_logs_equal_the_plain_computation(tmp_path, seed):
    text = chance_log(seed)
    with laid(written(tmp_path, text), stream(*"ABCD")) as visits:
        agrees(load(visits), table(text))


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
    table = read()
    own = [s for i, s in enumerate(sorted(table.step.unique())) if i % 3 != 2]
    with laid(DATA / path, stream(*own)) as visits:
        found = load(visits)
    assert len(found.resources) > 15
    agrees(found, table[table.step.isin(own)])
