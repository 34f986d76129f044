"""Figures by week against loops over the cases, week by week."""

import random
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise

import numpy as np
import pytest
from made import ORIGIN, at, laid, stream, written

from valuestream.measure.history import histories
from valuestream.measure.keeping import kept_promises
from valuestream.model.figure_path import parse
from valuestream.model.money import Cost
from valuestream.model.stream import Stream

DAY = 24 * 60
FIGURES = ["lead_time.p85", "lead_time.mean", "process_time.p50", "flow_efficiency", "throughput"]
STEP_FIGURES = ["wait_time.p85", "process_time.mean", "elapsed_time.p50", "rework"]
STEP_FIGURES += ["complete_accurate"]


def long_log(seed, cases=150):
    """Cases over six weeks; some come back, some are never completed."""
    chance = random.Random(seed)
    lines = []
    for case in range(cases):
        minute = chance.randrange(0, 42 * DAY)
        way = ["A", *chance.choices("ABC", k=chance.randint(0, 3)), *chance.choices("CD", k=1)]
        for activity in way:
            length = chance.choice([5, 10, 60, 600])
            lines.append(
                f"{case} {activity} {minute} {minute + length} {chance.choice(['X', 'Y'])}"
            )
            minute += length + chance.choice([0, 30, DAY])
    return lines


def monday(minute):
    day = at(minute).date()
    return day - timedelta(days=day.weekday())


def plainly(lines):
    """Every figure of every week, by loops."""
    cases = defaultdict(list)
    for line in lines:
        case, step, start, end, _ = line.split()
        cases[case].append((int(start), int(end), step))
    values = defaultdict(lambda: defaultdict(list))
    for visits in cases.values():
        visits.sort()
        lead = visits[-1][1] - visits[0][0]
        busy = sum(end - start for start, end, _ in visits)
        for (_, before, _), (start, end, step) in pairwise(visits):
            values["wait", step][monday(end)].append(60.0 * (start - before))
            values["elapsed", step][monday(end)].append(60.0 * (end - before))
        for start, end, step in visits:
            values["process", step][monday(end)].append(60.0 * (end - start))
        if "D" not in {step for *_, step in visits}:
            continue
        week = monday(visits[-1][1])
        values["lead"][week].append(60.0 * lead)
        values["busy"][week].append(60.0 * busy)
        for step in {step for *_, step in visits}:
            again = sum(step == other for *_, other in visits) > 1
            values["rework", step][week].append(float(again))
        for (*_, step), (*_, later) in pairwise(visits):
            values["right", step][week].append(float(later > step))
        values["right", visits[-1][2]][week].append(1.0)
    return values


EXPECTED = {
    "lead_time.p85": lambda v, w: np.percentile(v["lead"][w], 85),
    "lead_time.mean": lambda v, w: np.mean(v["lead"][w]),
    "process_time.p50": lambda v, w: np.percentile(v["busy"][w], 50),
    "flow_efficiency": lambda v, w: sum(v["busy"][w]) / sum(v["lead"][w]),
    "throughput": lambda v, w: len(v["lead"][w]),
    "wait_time.p85": lambda v, w: np.percentile(v["wait", "B"][w], 85),
    "process_time.mean": lambda v, w: np.mean(v["process", "B"][w]),
    "elapsed_time.p50": lambda v, w: np.percentile(v["elapsed", "B"][w], 50),
    "rework": lambda v, w: np.mean(v["rework", "B"][w]),
    "complete_accurate": lambda v, w: np.mean(v["right", "B"][w]),
}


@pytest.mark.parametrize("seed", range(3))
def test_weeks_are_what_loops_find(tmp_path, seed):
    lines = long_log(seed)
    paths = [parse(f"s/{name}") for name in FIGURES] + [parse(f"s/B/{n}") for n in STEP_FIGURES]
    with laid(written(tmp_path, "\n".join(lines)), stream(*"ABCD")) as visits:
        found = histories(visits, paths)
    values = plainly(lines)
    compared = 0
    for series in found:
        for point in series.points:
            if point.value is None or not point.n:
                continue
            expected = EXPECTED[series.path.figure.name](values, point.start)
            assert point.value == pytest.approx(expected), (series.path.figure.name, point)
            compared += 1
    assert compared > 50


def test_weeks_have_no_gaps_and_the_cut_ones_are_marked(tmp_path):
    # 1 January 2026 is a Thursday: its week is cut, and so is the one of the last day.
    lines = ["1 A 0 5 X", f"2 A {18 * DAY} {18 * DAY + 5} X", f"3 A {26 * DAY} {26 * DAY + 5} X"]
    with laid(written(tmp_path, "\n".join(lines)), stream("A")) as visits:
        lead, throughput = histories(visits, [parse("s/lead_time.p50"), parse("s/throughput")])
    assert [p.week for p in lead.points] == [f"2026-W0{n}" for n in range(1, 6)]
    assert [p.whole for p in lead.points] == [False, True, True, True, False]
    assert [p.value for p in lead.points] == [300.0, None, None, 300.0, 300.0]
    assert [p.value for p in throughput.points] == [1, 0, 0, 1, 1]


def test_later_cases_do_not_change_the_past(tmp_path):
    lines = long_log(7)
    until = 21 * DAY
    early = {line.split()[0] for line in lines if int(line.split()[3]) > until}
    paths = [parse("s/lead_time.p85"), parse("s/B/wait_time.p85"), parse("s/B/rework")]
    past = []
    for own in (lines, [line for line in lines if line.split()[0] not in early]):
        with laid(written(tmp_path, "\n".join(own)), stream(*"ABCD")) as visits:
            found = histories(visits, paths)
        day = (ORIGIN + timedelta(minutes=until)).date()
        past.append([[p.value for p in s.points if p.end <= day] for s in found][::2])
    assert past[0] == past[1]


def test_weeks_before_the_log_holds_cases_of_the_usual_length_are_not_settled(tmp_path):
    lines = [
        line
        for day in range(60)
        for line in (
            f"{day} A {day * DAY} {day * DAY + 5} X",
            f"{day} B {(day + 15) * DAY} {(day + 15) * DAY + 5} X",
        )
    ]
    lines.append(f"short A {DAY} {DAY + 5} X")
    lines.append(f"short B {DAY + 5} {DAY + 10} X")
    with laid(written(tmp_path, "\n".join(lines)), stream("A", "B")) as visits:
        lead, wait = histories(visits, [parse("s/lead_time.p50"), parse("s/A/process_time.p50")])
    assert [p.settled for p in lead.points[:4]] == [False, False, True, True]
    assert all(p.settled for p in wait.points)


def test_a_promise_by_week_adds_up_to_the_measured_one(tmp_path):
    lines = long_log(3)
    promising = Stream.model_validate(
        {
            "stream": "S",
            "steps": [
                {"step": "A"},
                {"step": "B", "value": {"receives": "b", "promise": "within 40 min"}},
                {"step": "C"},
                {"step": "D"},
            ],
        }
    )
    with laid(written(tmp_path, "\n".join(lines)), promising) as visits:
        (series,) = histories(visits, [parse("s/b/promise.kept")])
        whole = kept_promises(visits)[1]
    assert sum(p.n for p in series.points) == whole.of
    assert series.mean([p for p in series.points if p.n]) == pytest.approx(whole.kept)


def test_costs_are_those_of_the_work_and_say_whose_are_left_out(tmp_path):
    priced = Stream.model_validate(
        {
            "stream": "S",
            "steps": [
                {"step": "A", "by": "Desk"},
                {"step": "B", "cost": "3 EUR"},
                {"step": "C"},
            ],
        }
    )
    lines = ["1 A 0 30 X", "1 B 40 50 X", "1 C 60 70 X"]
    with laid(written(tmp_path, "\n".join(lines)), priced) as visits:
        costs = {"Desk": Cost.parse("18 EUR/h")}
        (series,) = histories(visits, [parse("s/cost_per_case")], costs)
        (free,) = histories(visits, [parse("s/cost_per_case")], {"Desk": Cost.parse("18 USD/h")})
    assert series.points[0].value == pytest.approx(9 + 3)
    assert series.currency == "EUR"
    assert series.notes == ("without C, whose cost nobody says",)
    assert free.points[0].value is None
    assert "several currencies" in free.notes[0]


def test_figures_that_the_data_cannot_give_are_absent(tmp_path):
    paths = ["s/working_time.lead_time.p50", "s/cost_per_case", "s/A/promise.kept", "s/A/received"]
    with laid(written(tmp_path, "1 A 0 5 X"), stream("A")) as visits:
        found = histories(visits, [parse(path) for path in paths])
    assert [[p.value for p in series.points] for series in found] == [[None]] * 4
