"""Arrivals by hour of the week, counted plainly hour by hour with pandas."""

from collections import Counter

import pandas as pd
import pytest
from made import INSTANTS, chance_log, laid, stream, table, written
from test_real_logs import DATA, production, purchasing, receipt

from valuestream.measure import MeasureError
from valuestream.measure.arrivals_by_hour import arrivals_by_hour

AB = stream("A", "B")
DAY = 24 * 60


def plain(visits: pd.DataFrame, zone: str) -> tuple[Counter, Counter]:
    """Arrivals, and the quarters of an hour that occurred, by local weekday and hour."""
    starts = visits[visits.end.notna()].groupby("case").start.min()
    # Of hours that occur twice, the offset tells which is meant.
    local = starts.dt.tz_convert(zone)
    quarters = pd.date_range(
        starts.min().floor("15min") - pd.Timedelta(hours=1),
        starts.max().floor("15min") + pd.Timedelta(hours=1),
        freq="15min",
    ).tz_convert(zone)

    def hours(times) -> list[tuple]:
        return [(t.date(), t.hour, t.utcoffset()) for t in times]

    first, last = hours([local.min()])[0], hours([local.max()])[0]
    found = hours(quarters)
    begin, end = found.index(first), len(found) - found[::-1].index(last)
    return (
        Counter((t.weekday(), t.hour) for t in local),
        Counter((t.weekday(), t.hour) for t in quarters[begin:end]),
    )


def agrees(found, visits: pd.DataFrame, zone: str) -> None:
    came, occurred = plain(visits, zone)
    assert sum(map(sum, found.arrivals)) == came.total() > 0
    for day in range(7):
        for hour in range(24):
            key = day, hour
            assert found.arrivals[day][hour] == came[key], key
            mean = came[key] * 4 / occurred[key] if occurred[key] else None
            assert found.mean[day][hour] == (mean if mean is None else pytest.approx(mean)), key


def test_hours_are_local(tmp_path):
    # Thursday, 1 January, 23:40 UTC is Friday, 0:40 in Berlin; a second visit is no arrival.
    log = written(tmp_path, f"1 A {DAY - 20} {DAY} x\n1 B {DAY} {2 * DAY} x")
    with laid(log, AB) as visits:
        berlin, utc = arrivals_by_hour(visits, "Europe/Berlin"), arrivals_by_hour(visits)
    assert (berlin.arrivals[4][0], sum(map(sum, berlin.arrivals)), berlin.mean[4][0]) == (1, 1, 1)
    assert (utc.arrivals[3][23], utc.mean[3][23], utc.mean[3][22]) == (1, 1, None)


def test_the_mean_is_over_the_times_an_hour_occurred(tmp_path):
    # Thursdays at 0:00 twice, at the ends; at 1:00 once, with one arrival, and once without.
    log = written(
        tmp_path, f"1 A 0 5 x\n2 A 60 65 x\n3 A {7 * DAY} {7 * DAY} x\n4 A {14 * DAY} {14 * DAY} x"
    )
    with laid(log, AB) as visits:
        found = arrivals_by_hour(visits)
    assert (found.mean[3][0], found.mean[3][1], found.mean[3][2]) == (1, 1 / 2, 0)


def test_a_zone_of_half_an_hour_parts_an_hour_of_utc(tmp_path):
    # 0:20 and 0:40 UTC are 5:50 and 6:10 in India.
    with laid(written(tmp_path, "1 A 20 25 x\n2 A 40 45 x"), AB) as visits:
        found = arrivals_by_hour(visits, "Asia/Kolkata")
    assert (found.arrivals[3][5], found.arrivals[3][6]) == (1, 1)
    assert (found.mean[3][5], found.mean[3][6]) == (1, 1)


@pytest.mark.parametrize(
    ("zone", "first", "last"),
    [
        ("Europe/Berlin", "2026-03-28 10:10", "2026-03-30 11:00"),
        ("Europe/Berlin", "2026-10-24 10:10", "2026-10-26 11:00"),
        ("Europe/Berlin", "2026-10-24 10:10", "2026-10-25 05:00"),
        ("Europe/Berlin", "2025-12-01 10:10", "2026-12-01 10:10"),
        ("Europe/Berlin", "2026-10-25 00:10", "2026-10-25 00:20"),
        ("Europe/Berlin", "2026-10-25 01:10", "2026-10-25 01:20"),
        ("Australia/Lord_Howe", "2026-04-04 10:10", "2026-04-05 10:10"),
        ("America/New_York", "2026-03-07 23:10", "2027-11-07 23:10"),
    ],
)
def test_hours_that_occur_twice_or_never(tmp_path, zone, first, last):
    times = [pd.Timestamp(t, tz="UTC") for t in (first, last)]
    minutes = [(t - pd.Timestamp("2026-01-01", tz="UTC")) // pd.Timedelta(minutes=1) for t in times]
    text = "\n".join(f"{i} A {m} {m} x" for i, m in enumerate(minutes))
    with laid(written(tmp_path, text), AB) as visits:
        agrees(arrivals_by_hour(visits, zone), table(text), zone)


def test_an_unknown_zone_names_the_nearest(tmp_path):
    with (
        laid(written(tmp_path, "1 A 0 1 x"), AB) as visits,
        pytest.raises(MeasureError, match=r"'Europe/Berln' is no time zone; .*'Europe/Berlin'"),
    ):
        arrivals_by_hour(visits, "Europe/Berln")


def test_only_open_visits_and_instants(tmp_path):
    with laid(written(tmp_path, "1 A 0 - x"), AB) as visits:
        found = arrivals_by_hour(visits)
    assert found.arrivals == ((0,) * 24,) * 7
    assert found.mean == ((None,) * 24,) * 7
    with laid(written(tmp_path, "1 A 0 x", INSTANTS), AB) as visits:
        assert arrivals_by_hour(visits).arrivals[3][0] == 1


def test_a_chance_log_equals_the_plain_count(tmp_path):
    text = chance_log(3, cases=200)
    with laid(written(tmp_path, text), stream(*"ABCD")) as visits:
        agrees(arrivals_by_hour(visits, "America/St_Johns"), table(text), "America/St_Johns")


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
@pytest.mark.parametrize(
    ("path", "read", "zone"),
    [
        ("log_production/Production.csv.gz", production, "Europe/Istanbul"),
        ("log_purchasing/PurchasingExample.csv.gz", purchasing, "America/Santiago"),
        ("log_receipt/receipt.csv.gz", receipt, "Europe/Amsterdam"),
    ],
)
def test_real_logs_equal_the_plain_count(path, read, zone):
    visits = read()
    own = [s for i, s in enumerate(sorted(visits.step.unique())) if i % 3 != 2]
    with laid(DATA / path, stream(*own)) as measured:
        found = arrivals_by_hour(measured, zone)
    agrees(found, visits[visits.step.isin(own)], zone)
