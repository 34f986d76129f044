"""Queues before steps, people at work at once, and samples of resources."""

from collections import Counter
from itertools import accumulate

import pandas as pd
import pytest
from made import chance_log, laid, stream, table, written

from valuestream.measure.age import age
from valuestream.measure.at_once import at_once
from valuestream.measure.load import load
from valuestream.measure.queues import queues
from valuestream.measure.some_resources import ALL, some_resources
from valuestream.model.stream import Stream

DAY = 24 * 60
AB = stream("A", "B")


def test_a_queue_is_what_came_and_has_not_begun_at_each_days_end(tmp_path):
    text = f"""
        1 A 0 10 Ann
        1 B {DAY + 60} {DAY + 90} Ben
        2 A 20 30 Ann
        2 B {2 * DAY + 60} {2 * DAY + 90} Ben
        3 A {DAY + 1} {DAY + 5} Ann
        3 B {2 * DAY + 60} {2 * DAY + 70} Ben"""
    with laid(written(tmp_path, text), AB) as visits:
        found = queues(visits)
    first, queue = found.steps
    assert found.unit == "day"
    assert queue.came == (2, 1, 0)
    assert queue.begun == (0, 1, 2)
    assert queue.waiting == (2, 2, 0)
    assert (queue.days_came, queue.days_begun) == (2, 2)
    assert queue.together == pytest.approx(2 / 3)  # two of three were begun in the same moment
    assert (first.waiting, first.together) == ((0, 0, 0), None)


def test_a_long_log_is_counted_in_weeks(tmp_path):
    text = f"1 A 0 10 Ann\n1 B {80 * DAY} {80 * DAY + 10} Ben"
    with laid(written(tmp_path, text), AB) as visits:
        found = queues(visits)
    assert (found.unit, len(found.starts), sum(found.steps[1].waiting)) == ("week", 12, 11)


def test_begins_at_midnight_are_not_taken_for_begun_together(tmp_path):
    text = "\n".join(f"{n} A 0 10 Ann\n{n} B {DAY} {DAY + 10} Ben" for n in range(3))
    with laid(written(tmp_path, text), AB) as visits:
        assert queues(visits).steps[1].together is None


def plain(visits: pd.DataFrame, step: str, days: int) -> list[int]:
    """Waiting at each day's end, by looking at each visit."""
    came, begun = Counter(), Counter()
    for _, rows in visits[visits.end.notna()].groupby("case"):
        ended = None
        for v in rows.sort_values(["start", "end", "row"]).to_dict("records"):
            if ended is not None and ended < v["start"] and v["step"] == step:
                came[(ended - visits.start.min().floor("D")).days] += 1
                begun[(v["start"] - visits.start.min().floor("D")).days] += 1
            ended = v["end"] if ended is None else max(ended, v["end"])
    return list(accumulate(came[n] - begun[n] for n in range(days)))


@pytest.mark.parametrize("seed", range(4))
def test_queues_of_chance_logs_equal_the_plain_computation(tmp_path, seed):
    text = chance_log(seed, cases=60)
    with laid(written(tmp_path, text), stream(*"ABCD")) as visits:
        found = queues(visits)
    for queue in found.steps:
        assert list(queue.waiting) == plain(table(text), queue.step, len(found.starts))


def with_people(*steps: str) -> Stream:
    return Stream.model_validate(
        {"stream": "S", "steps": [{"step": s, "people": 1} for s in steps]}
    )


def test_who_works_on_several_visits_at_once_is_one(tmp_path):
    text = """
        1 A 0 60 Ann
        2 A 30 90 Ann
        3 A 60 120 Ben
        4 A 60 70 Eve"""
    with laid(written(tmp_path, text), with_people("A")) as visits:
        found = at_once(visits)
    # Ann until 90, Ben from 60, Eve for ten minutes.
    assert found == {"A": (90 * 60.0, 20 * 60.0, 10 * 60.0)}


@pytest.mark.parametrize("seed", range(3))
def test_people_at_once_equal_a_count_minute_by_minute(tmp_path, seed):
    text = chance_log(seed)
    with laid(written(tmp_path, text), with_people(*"ABCD")) as visits:
        found = at_once(visits)
    rows = [line.split() for line in text.splitlines()]
    for step, seconds in found.items():
        minutes: dict[int, set[str]] = {}
        for _, activity, start, end, who in rows:
            if activity == step and end != "-" and who != "-":
                for minute in range(int(start), int(end)):
                    minutes.setdefault(minute, set()).add(who)
        counted = Counter(len(people) for people in minutes.values())
        assert dict(enumerate(seconds, 1)) == {
            n: 60.0 * counted[n] for n in range(1, len(seconds) + 1)
        }


def test_only_steps_that_declare_people_are_looked_at(tmp_path):
    with laid(written(tmp_path, "1 A 0 60 Ann"), AB) as visits:
        assert at_once(visits) == {}


def test_of_many_visits_some_resources_are_looked_at_for_each_step_one(tmp_path):
    text = "\n".join(f"{n} {'AB'[n % 2]} {n} {n + 5} {'AB'[n % 2]}{n % 8}" for n in range(400))
    with laid(written(tmp_path, text), AB) as visits:
        assert some_resources(visits, 400) == ALL
        found = load(visits, some_resources(visits, 120))
        every = load(visits)
    looked = [r for r in found.resources if r.busy is not None]
    assert 100 <= sum(r.visits for r in looked) <= 150
    assert {s for r in looked for s in r.steps} == {"A", "B"}
    known = {r.resource: r for r in every.resources}
    assert all(r.busy == known[r.resource].busy for r in looked)
    assert [r.visits for r in found.resources] == [50] * 8


def test_of_many_unfinished_cases_a_sample_stands_for_all(tmp_path):
    text = "\n".join(f"{n} A {n} {n + 5} Ann" + (f"\n{n} B {n + 9} {n + 10} Ben" if n % 3 else "")
                     for n in range(600))  # fmt: skip
    with laid(written(tmp_path, text), AB) as visits:
        whole, some = age(visits), age(visits, most=50)
    assert (whole.cases, whole.sample) == (200, None)
    assert (some.cases, some.sample) == (200, 50)
    assert some.steps[0].age.mean == pytest.approx(whole.steps[0].age.mean, rel=0.3)
    assert some.steps[0].finished == 0 or some.steps[0].finished <= 50
