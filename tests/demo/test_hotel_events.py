"""The made-up year of the hotel: always the same, and one that could have been."""

from collections import Counter, defaultdict
from datetime import datetime
from itertools import islice, pairwise
from statistics import mean

from valuestream.demo.hotel_events import DESK, EMAIL, LUGGAGE, MINIBAR, ROOM, VALET
from valuestream.demo.hotel_guests import EXPORTED, SEED, Chance, guests
from valuestream.demo.hotel_staff import SECOND_DESK


def _seconds(one: str, other: str) -> float:
    return (datetime.fromisoformat(other) - datetime.fromisoformat(one)).total_seconds()


def _sound(log):
    return [r for r in log if r.stay_id and "" < r.started_at <= r.finished_at]


def _stays(log):
    stays = defaultdict(list)
    for row in _sound(log):
        if row.activity != MINIBAR:
            stays[row.stay_id].append(row)
    return {stay: sorted(visits, key=lambda r: r.started_at) for stay, visits in stays.items()}


def test_another_seed_is_another_year():
    one, other = guests(Chance(SEED)), guests(Chance(SEED + 1))
    assert list(islice(one, 50)) != list(islice(other, 50))


def test_about_eighty_guests_come_a_day(log):
    assert 28_000 < len({r.stay_id for r in log if r.stay_id}) < 30_000


def test_summer_weekends_are_fuller_than_winter_mondays(log):
    days = Counter(r.started_at[:10] for r in _sound(log) if r.activity == EMAIL)
    july = [n for d, n in days.items() if d[:7] == "2025-07" and _weekday(d) == 5]
    january = [n for d, n in days.items() if d[:7] == "2025-01" and _weekday(d) == 0]
    assert mean(july) > 1.5 * mean(january)


def _weekday(day: str) -> int:
    return datetime.fromisoformat(day).weekday()


def test_most_guests_come_between_three_and_six(log):
    hours = Counter(int(r.started_at[11:13]) for r in _sound(log) if r.activity == EMAIL)
    assert 0.33 < sum(hours[h] for h in (15, 16, 17)) / hours.total() < 0.5


def test_a_desk_never_serves_two_at_once(log):
    desk = [r for r in _sound(log) if r.activity == DESK]
    for second in (True, False):
        visits = sorted(
            (r.started_at, r.finished_at) for r in desk if (r.employee == SECOND_DESK) is second
        )
        assert visits
        assert all(start >= end for (_, end), (start, _) in pairwise(visits))


def test_nobody_else_does_two_things_at_once_either(log):
    for who in ("bellhop 1", "bellhop 4", "housekeeping 2"):
        visits = sorted(
            (r.started_at, r.finished_at)
            for r in _sound(log)
            if r.employee == who and r.activity != MINIBAR
        )
        assert all(start >= end for (_, end), (start, _) in pairwise(visits))


def test_waiting_at_the_desk_grows_in_the_afternoon(log):
    waits = defaultdict(list)
    for visits in _stays(log).values():
        for before, after in pairwise(visits):
            if after.activity == DESK:
                waits[int(before.finished_at[11:13])].append(
                    _seconds(before.finished_at, after.started_at)
                )
    assert mean(waits[17]) > 3 * mean(waits[11])


def test_the_promise_at_the_desk_is_kept_by_some_two_thirds(log):
    elapsed = [
        _seconds(before.finished_at, after.finished_at)
        for visits in _stays(log).values()
        for before, after in pairwise(visits)
        if after.activity == DESK
    ]
    assert 0.6 < sum(e <= 600 for e in elapsed) / len(elapsed) < 0.75


def test_one_in_eight_comes_back_to_the_desk_after_the_room_did_not_open(log):
    at_desk = [[r.activity for r in visits] for visits in _stays(log).values()]
    seen = [steps for steps in at_desk if DESK in steps]
    back = [steps for steps in seen if steps.count(DESK) > 1]
    assert 0.10 <= len(back) / len(seen) <= 0.14
    assert all(steps[steps.index(DESK, steps.index(DESK) + 1) - 1] == LUGGAGE for steps in back)


def test_not_everybody_leaves_a_car(log):
    stays = list(_stays(log).values())
    assert 0.7 < sum(any(r.activity == VALET for r in v) for v in stays) / len(stays) < 0.9


def test_who_waited_long_or_came_back_rates_lower(log):
    ratings = {False: [], True: []}
    for visits in _stays(log).values():
        if visits[-1].rating:
            came_back = [r.activity for r in visits].count(DESK) > 1
            ratings[came_back].append(int(visits[-1].rating))
    assert mean(ratings[True]) < mean(ratings[False]) - 0.5
    every = [*ratings[True], *ratings[False]]
    assert set(every) == {1, 2, 3, 4, 5}
    assert 0.8 < sum(r >= 4 for r in every) / len(every) < 0.95


def test_only_the_last_step_is_rated(log):
    assert {r.activity for r in log if r.rating} == {ROOM}


def test_some_are_on_their_way_when_the_log_is_taken(log):
    end = EXPORTED.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert max(r.finished_at for r in log) <= end
    last_hour = [v for v in _stays(log).values() if v[0].started_at > "2025-12-31T16:30"]
    assert sum(v[-1].activity != ROOM for v in last_hour) >= 2


def test_the_ledger_will_have_something_to_say(log):
    assert sum(not r.started_at and not r.finished_at for r in log) == 2
    assert sum(not r.stay_id for r in log) == 1
    assert sum(r.started_at > r.finished_at for r in log) == 1
    assert sum(r.activity == MINIBAR for r in log) > 100


def test_nobody_in_the_log_has_a_name(log):
    kinds = {r.employee.rsplit(" ", 1)[0] for r in log}
    assert kinds == {"reservations", "bellhop", "reception", "housekeeping"}
