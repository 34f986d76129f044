"""Bottlenecks, queues that grow, batches, unbalanced work, work that piles up; and what is none."""

import random
from dataclasses import replace
from itertools import combinations, permutations

import pytest
from flow_on_pages import at_once, in_batches, loaded, piling, queued
from seen_on_pages import HOUR, figures

from valuestream.model.figures import Spread
from valuestream.model.findings import Finding
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.model.trend import in_blocks, rises_by_chance
from valuestream.review import review


def stream(*steps: dict, **more: object) -> Stream:
    listed = [{"step": s, "by": "T", "value": f"Has {s}", **own}
              for s, own in zip("abc", steps or ({},) * 3, strict=False)]  # fmt: skip
    whole = {"stream": "S", "customer": "C", "request": "R", "outcome": "O", "steps": listed}
    return Stream.model_validate(whole | more)


def found(code: str, of: Stream, seen: Seen | None) -> list[Finding]:
    return [f for f in review(of, seen) if f.code == code]


def test_people_at_work_nearly_all_day_with_a_queue_before_them_are_a_bottleneck():
    (one,) = found("VS401", stream(), loaded(stream(), "b", 0.96))
    assert one.message == (
        "'b' is a bottleneck: whoever does it is at work for 96 % of the day, and a case waits 2 h "
        "for it, measured on 400 cases"
    )
    assert one.evidence["busy"] == pytest.approx(0.96)
    assert one.costs == {"seconds_per_case": 2 * HOUR, "seconds": 800 * HOUR}


def test_busy_people_are_no_bottleneck_without_a_queue_or_with_much_at_once():
    assert not found("VS401", stream(), loaded(stream(), "b", 0.8))
    assert not found("VS401", stream(), loaded(stream(), "b", 0.96, queue=0.1))
    assert not found("VS401", stream(), loaded(stream(), "b", 0.96, at_once=3.0))
    short = loaded(stream(), "b", 0.96)
    quick = tuple(replace(s, wait_time=Spread(HOUR / 2)) for s in short.figures.steps)
    assert not found("VS401", stream(), replace(short, figures=replace(short.figures, steps=quick)))


def test_few_waits_make_no_bottleneck():
    seen = loaded(stream(), "b", 0.96)
    few = replace(seen.waits.total, visits=49)
    assert not found("VS401", stream(), replace(seen, waits=replace(seen.waits, steps={"b": few})))


def test_steps_of_the_same_people_are_one_bottleneck_and_cost_together():
    seen = loaded(stream(), "b", 0.96)
    both = tuple(replace(r, steps=r.steps | {"c": 100}) for r in seen.load.resources[:2])
    load = replace(seen.load, resources=both)
    waits = replace(seen.waits, steps=dict.fromkeys("bc", seen.waits.total))
    (one,) = found("VS401", stream(), replace(seen, load=load, waits=waits))
    assert "'b' (and 'c', done by the same) is a bottleneck" in one.message
    assert one.costs["seconds_per_case"] == 4 * HOUR


def growing(waiting: list[int], unit: str = "week", wait: float = HOUR) -> list[Finding]:
    of = stream({}, {})
    shown = figures(of)
    steps = tuple(replace(s, wait_time=Spread(wait, wait, wait, wait)) for s in shown.steps)
    return found("VS402", of, Seen(replace(shown, steps=steps), queues=queued(of, waiting, unit)))


def test_a_queue_that_grows_from_week_to_week_is_found_with_what_came_and_was_begun():
    (one,) = growing([10 + 4 * n for n in range(24)])
    assert one.step == "b"
    assert one.evidence["came"] - one.evidence["begun"] == 22 * 4
    assert one.message.startswith(
        "the queue before 'b' grew from 26 to 86 waiting cases in 22 weeks"
    )


def test_a_queue_that_grew_and_was_worked_off_is_none():
    assert not growing([*(10 + 4 * n for n in range(18)), *(78 - 12 * n for n in range(7))])


def test_short_logs_long_waits_and_small_queues_say_nothing_of_growth():
    rising = [10 + 4 * n for n in range(24)]
    assert not growing(rising[:7])
    assert not growing(rising, wait=21 * 24 * HOUR)
    assert not growing([n // 6 for n in range(24)])
    assert not growing(rising, unit="day")  # three weeks of days


def test_queues_that_stay_the_same_seldom_seem_to_grow():
    chance = random.Random(1)
    wolves = sum(bool(growing([chance.randint(0, 60) for _ in range(30)])) for _ in range(300))
    assert wolves <= 3


@pytest.mark.parametrize("values", [(1, 2, 3, 5, 4, 6), (1, 3, 2, 4, 6, 5), (2, 1, 3, 5, 4, 6)])
def test_the_chance_of_a_rise_is_near_that_of_all_orders_of_the_values(values):
    def ups(order: tuple[int, ...]) -> int:
        return sum(a < b for a, b in combinations(order, 2))

    orders = [ups(order) for order in permutations(values)]
    exact = sum(n >= ups(values) for n in orders) / len(orders)
    assert rises_by_chance(values) == pytest.approx(exact, abs=0.006)


def test_what_falls_stays_or_is_short_does_not_rise():
    assert rises_by_chance([3, 2, 1, 0]) == rises_by_chance([1, 2, 3]) == 1.0
    assert rises_by_chance([2, 2, 2, 2, 2]) == 1.0


def test_blocks_leave_out_what_is_left_over_at_the_begin():
    assert in_blocks([9, 1, 3, 5, 7], 2) == (2, 6)


def test_a_step_done_on_few_days_makes_cases_wait_for_its_batch():
    of = stream()
    (one,) = found("VS403", of, in_batches(of, "b", 0.8))
    assert one.message == (
        "80 % of the wait before 'b' is until a batch is full: 8 h a case, measured on 400 cases"
    )
    assert one.costs["seconds_per_case"] == pytest.approx(8 * HOUR)
    assert found("VS403", of, in_batches(of, "b", 0.8, days=(100, 100), together=0.7))


def test_what_gathered_over_night_is_no_batch():
    of = stream()
    assert not found("VS403", of, in_batches(of, "b", 0.8, days=(100, 90)))
    assert not found("VS403", of, in_batches(of, "b", 0.4))
    assert not found("VS403", of, in_batches(of, "b", 0.09, days=(9, 1)))


def paces(*steps: dict, **more: object) -> list[Finding]:
    return found("VS404", stream(*steps, **more), None)


def test_the_step_that_sets_the_pace_is_found():
    (one,) = paces({"work": "10 min", "people": 2}, {"work": "30 min", "people": 1})
    assert one.message == (
        "'b' has a case ready every 30 min, where 'a', the next slowest, takes 5 min"
    )
    assert one.suggestion == "move work or people from 'a' to 'b'"


def test_balanced_steps_and_steps_with_time_to_spare_are_not_found():
    assert not paces({"work": "10 min", "people": 2}, {"work": "9 min", "people": 1})
    spare = ({"work": "2 min", "people": 1}, {"work": "8 min", "people": 1})
    assert paces(*spare)
    assert not paces(*spare, arrivals="2 per hour")


def test_a_step_that_takes_longer_than_there_is_between_two_cases_is_found():
    steps = ({"work": "20 min", "people": 1}, {"work": "25 min", "people": 1})
    (one,) = paces(*steps, arrivals="3 per hour")
    assert one.message == "'b' has a case ready every 25 min, and one comes every 20 min"


def test_repeats_count_for_the_pace():
    steps = ({"work": "10 min", "people": 1}, {"work": "10 min", "people": 1, "right": "40 %"})
    (one,) = paces(*steps)
    assert one.evidence["seconds_between_cases"] == pytest.approx(1500)


def test_work_piles_up_where_more_came_than_left_and_what_lies_is_older():
    of = stream()
    (one,) = found("VS405", of, piling(of, 900, 500, (HOUR, 3 * HOUR)))
    assert (
        "900 cases came and 500 left, and work in progress grew older, from 1 h to 3 h"
        in one.message
    )
    assert one.costs == {"cases_waiting": 400}


@pytest.mark.parametrize(
    ("came", "left", "age"),
    [
        (900, 500, (HOUR, HOUR)),  # younger work: it was the end of the log
        (500, 900, (HOUR, 3 * HOUR)),  # a pile that is worked off
        (110, 95, (HOUR, 3 * HOUR)),  # what chance brings about
        (80, 20, (HOUR, 3 * HOUR)),  # few cases
    ],
)
def test_a_flow_that_is_steady_or_recovers_does_not_pile_up(came, left, age):
    assert not found("VS405", stream(), piling(stream(), came, left, age))


def test_more_people_at_once_than_declared_are_found():
    of = stream({"people": 2}, {})
    (one,) = found("VS507", of, at_once(of, 100, 50, 30, 20))
    assert one.place == ("steps", 0, "people")
    assert "more are at work at the same time for 25 % of its busy time (2 d 2 h)" in one.message
    assert "(4 are hardly ever exceeded)" in one.suggestion


def test_helpers_for_a_moment_and_the_largest_shift_are_no_drift():
    of = stream({"people": 2}, {})
    assert not found("VS507", of, at_once(of, 100, 50, 2))
    assert not found("VS507", of, at_once(of, 1, 1, 0.5))
    shifts = stream({"people": "2, 4 from 15:00 to 18:00"}, {})
    assert not found("VS507", shifts, at_once(shifts, 100, 50, 30, 20))
