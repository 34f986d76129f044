"""What was planted in the hotel's year holds in its logs, by computations made independently."""

from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

from valuestream.demo import hotel_breakfast, hotel_departures
from valuestream.demo.hotel_changes import CHANGES
from valuestream.demo.hotel_events import DESK, rows
from valuestream.demo.hotel_guests import SEED, Chance, guests
from valuestream.demo.workspace import LOGS
from valuestream.improvements.fold import fold
from valuestream.improvements.lines import read_lines
from valuestream.text import check, read

SIGN, SECOND = pd.Timestamp("2025-09-15", tz=UTC), pd.Timestamp("2025-11-03", tz=UTC)
WEEKS = pd.Timedelta(weeks=7)


def _visits(path, case):
    """The log's sound rows, with the minutes since the case's earlier visits ended."""
    read_in = pd.read_csv(path, dtype=str, keep_default_na=False)
    log = read_in[(read_in[case] != "") & (read_in.started_at != "")].copy()
    log["start"], log["end"] = pd.to_datetime(log.started_at), pd.to_datetime(log.finished_at)
    log = log[(log.start <= log.end) & (log.activity != "Minibar delivery")]
    log = log.sort_values([case, "start", "end"], kind="stable")
    before = log.groupby(case).end.cummax().groupby(log[case]).shift()
    log["wait"] = ((log.start - before).dt.total_seconds() / 60).clip(lower=0)
    log["elapsed"] = ((log.end - before).dt.total_seconds() / 60).clip(lower=0)
    return log


@pytest.fixture(scope="module")
def stays(hotel):
    return _visits(hotel[0].folder / "stays.csv", "stay_id")


@pytest.fixture(scope="module")
def desk(stays):
    return stays[stays.activity == DESK]


@pytest.fixture(scope="module")
def breakfasts(hotel):
    return _visits(hotel[0].folder / "breakfasts.csv", "breakfast_id")


@pytest.fixture(scope="module")
def departures(hotel):
    return _visits(hotel[0].folder / "departures.csv", "stay_id")


def _around(visits, day, weeks=WEEKS):
    before = visits[(visits.start >= day - weeks) & (visits.start < day)]
    return before, visits[(visits.start >= day) & (visits.start < day + weeks)]


def _guests_from(first, last):
    return [g for g in guests(Chance(SEED)) if first <= g.arrives.date() < last]


def test_the_year_is_the_same_on_every_machine(hotel):
    written = {name: (hotel[0].folder / name).read_bytes() for name in LOGS}
    assert {name: sha256(log).hexdigest()[:16] for name, log in written.items()} == {
        "stays.csv": "fae2f124ba9e2551",
        "breakfasts.csv": "906d563e5500f61b",
        "departures.csv": "82b5f4328d262719",
    }


def test_the_logs_are_small(hotel):
    assert sum((hotel[0].folder / name).stat().st_size for name in LOGS) < 27_000_000


def test_whoever_compares_before_and_after_believes_in_the_sign(desk):
    before, after = _around(desk, SIGN)
    assert after.wait.mean() < 0.75 * before.wait.mean()
    assert (after.elapsed <= 10).mean() > (before.elapsed <= 10).mean() + 0.08


def test_with_season_and_weekdays_taken_out_nothing_is_left_of_the_sign(desk):
    assert abs(_step(desk, SIGN)) < 2


def test_with_season_and_weekdays_taken_out_the_second_receptionist_is_seen(desk):
    assert _step(desk, SECOND) < -3


def _step(desk, day):
    """A day's change of the daily wait, in standard errors: weekdays, trend and load taken out."""
    around = pd.concat(_around(desk, day))
    days = around.groupby(around.start.dt.floor("D")).wait.agg(["mean", "size"])
    weekday = np.eye(7)[days.index.day_of_week]
    gone = (days.index - day).days.to_numpy() / 49
    load = days["size"].to_numpy() / 80
    x = np.column_stack([weekday, gone, load, load**2, gone >= 0])
    y = np.log(days["mean"].to_numpy())
    found, *_ = np.linalg.lstsq(x, y, rcond=None)
    spread = ((y - x @ found) ** 2).sum() / (len(y) - x.shape[1])
    return found[-1] / np.sqrt(spread * np.linalg.inv(x.T @ x)[-1, -1])


def test_the_second_receptionist_helps_on_every_weekday_though_more_come(desk):
    before, after = (
        visits.groupby(visits.start.dt.day_of_week).wait.mean() for visits in _around(desk, SECOND)
    )
    assert (after < 0.6 * before).all()


def test_without_the_sign_the_year_is_the_same():
    some = _guests_from(date(2025, 9, 8), date(2025, 9, 29))
    assert rows(some, replace(CHANGES, sign_in_the_lobby=None)) == rows(some)


def test_without_the_second_receptionist_the_year_is_the_same_until_then_and_another_after():
    some = _guests_from(date(2025, 10, 27), date(2025, 11, 17))
    made, other = rows(some), rows(some, replace(CHANGES, second_receptionist=None))
    assert "reception 4" in {row.employee for row in made}
    assert "reception 4" not in {row.employee for row in other}
    day = "2025-11-03T15"
    # The log's four faults lie elsewhere where it has other rows.
    assert len(_until(made, day) ^ _until(other, day)) <= 8
    assert len(set(made) ^ set(other)) > 1000


def _until(log, time):
    return {row for row in log if row.finished_at < time}


def test_fewer_bills_are_wrong_since_breakfasts_are_on_them_at_once(departures):
    wrong = (departures.activity == "Bill corrected").groupby(departures.stay_id).any()
    first = departures.groupby("stay_id").first()
    late = first.start >= pd.Timestamp("2025-06-02", tz=UTC)
    share = wrong.groupby([first.breakfast, late]).mean()
    assert share["yes", False] == pytest.approx(0.32, abs=0.03)
    assert share["yes", True] == pytest.approx(0.10, abs=0.03)
    assert share["no", False] == pytest.approx(share["no", True], abs=0.01)


def test_the_logs_join_by_stay(stays, breakfasts, departures):
    assert set(breakfasts.stay_id) <= set(stays.stay_id)
    assert set(departures.stay_id) <= set(stays.stay_id)
    mornings = breakfasts.assign(day=breakfasts.start.dt.date)[["stay_id", "day"]]
    left = departures.assign(day=departures.start.dt.date).groupby("stay_id").first().reset_index()
    had = left.merge(mornings.drop_duplicates(), on=["stay_id", "day"], how="left", indicator=True)
    assert ((had._merge == "both") == (had.breakfast == "yes")).all()


def test_nobody_leaves_before_the_room_was_shown(stays, departures):
    came = stays.groupby("stay_id").start.min()
    left = departures.groupby("stay_id").start.min()
    assert (left > came.reindex(left.index)).all()


def test_guests_wait_for_eggs_at_weekends(breakfasts):
    eggs = breakfasts[breakfasts.activity == hotel_breakfast.EGGS]
    weekend = eggs.start.dt.day_of_week >= 5
    assert eggs.wait[weekend].mean() > 1.5 * eggs.wait[~weekend].mean()


def test_nobody_serves_two_guests_at_once(breakfasts, departures):
    for log in (breakfasts, departures):
        for _, own in log[log.employee != ""].sort_values("start").groupby("employee"):
            assert (own.start.iloc[1:].to_numpy() >= own.end.iloc[:-1].to_numpy()).all()


def test_nobody_in_the_other_logs_has_a_name(breakfasts, departures):
    staff = {*breakfasts.employee, *departures.employee} - {""}
    assert {who.rsplit(" ", 1)[0] for who in staff} == {
        *("host", "waiter", "cook"),
        *("cashier", "accounting", "bellhop"),
    }


def test_the_steps_of_the_logs_are_those_of_the_streams(breakfasts, departures):
    assert set(breakfasts.activity) == {
        hotel_breakfast.NUMBER,
        hotel_breakfast.TABLE,
        hotel_breakfast.DRINK,
        hotel_breakfast.EGGS,
        hotel_breakfast.MEAL,
    }
    assert set(departures.activity) == {
        hotel_departures.PRINTED,
        hotel_departures.DESK,
        hotel_departures.CORRECTED,
        hotel_departures.CAR,
    }


def test_goals_start_from_what_the_logs_say_of_september(hotel, stays, desk, breakfasts):
    goals = read(hotel[0].folder / "hotel.goals.yaml").goals
    written = [result.from_ for result in goals.key_results]
    eggs = breakfasts[breakfasts.activity == hotel_breakfast.EGGS]
    p85 = _completed(stays).quantile(0.85)
    assert written == [
        f"{(_september(desk).elapsed <= 10).mean():.0%}".replace("%", " %"),
        f"{p85:.0f} min",
        f"{(_september(eggs).elapsed <= 10).mean():.0%}".replace("%", " %"),
        None,
    ]


def _september(visits):
    days = visits.end.dt.date
    return visits[(days >= date(2025, 9, 1)) & (days <= date(2025, 9, 28))]


def _completed(stays):
    """Minutes of the stays that reached their room in the four weeks."""
    done = stays[stays.activity == "Welcome to the room"].set_index("stay_id").end
    took = stays.groupby("stay_id").agg(start=("start", "min"), end=("end", "max"))
    own = _september(took[took.index.isin(done.index)])
    return (own.end - own.start).dt.total_seconds() / 60


def test_the_workspace_has_no_error(hotel):
    # The year that its events tell of is over; on its last day the goals' days were not.
    assert not check([hotel[0].folder], date(2025, 12, 31))


def test_improvements_are_in_every_state_and_nothing_is_wrong_with_them(hotel):
    acts = (hotel[0].folder / "improvements.jsonl").read_bytes()
    board = fold(read_lines(acts, "improvements.jsonl"), datetime(2026, 1, 1, tzinfo=UTC))
    assert not board.faults
    assert sorted(i.state for i in board.improvements) == [
        *("accepted", "decided", "designed", "dropped", "found", "rolled out", "verified")
    ]


def test_what_was_rolled_out_is_what_the_simulation_changed(hotel):
    acts = (hotel[0].folder / "improvements.jsonl").read_bytes()
    board = fold(read_lines(acts, ""), datetime(2026, 1, 1, tzinfo=UTC))
    out = {i.dates["roll-out"].date() for i in board.improvements if "roll-out" in i.dates}
    systems = read(hotel[0].folder / "hotel-systems.stream.yaml").stream
    assert out == {CHANGES.sign_in_the_lobby, CHANGES.second_receptionist}
    assert [d.on for d in systems.deliveries] == [CHANGES.breakfast_on_the_bill]
