"""Figures by day against plain loops over the same log."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from valuestream.events import read
from valuestream.measure import lay
from valuestream.measure.daily import daily
from valuestream.text import parse

ORIGIN = datetime(2025, 3, 1, tzinfo=UTC)
STREAM = """\
stream: Permits
steps:
  - step: Ask
    value: {receives: Is heard, promise: within 60 min of the start, keep: 90 %}
  - step: Look
  - step: Decide
    then: [{Ask: 10 %}]
    end: true
"""
PLACES = {"Ask": 0, "Look": 1, "Decide": 2}


@pytest.fixture(scope="module")
def visits():
    """Cases that repeat steps and go back; the last days' lead times are as long as all."""
    chance = random.Random(7)
    rows = []
    for case in range(400):
        at = ORIGIN + timedelta(minutes=chance.randrange(60 * 24 * 60))
        ways = [
            ["Ask", "Look", "Decide"],
            ["Ask", "Ask", "Decide"],
            ["Ask", "Look", "Decide", "Ask"],
            ["Ask"],
        ]
        for step in chance.choice(ways):
            start = at + timedelta(minutes=chance.choice([0, 5, 30, 2000]))
            at = start + timedelta(minutes=chance.randrange(1, 120))
            rows.append((case, step, start, at))
    return rows


def figures(rows, folder, stream=STREAM, header="case,activity,start,end"):
    path = folder / "log.csv"
    lines = [
        ",".join([str(case), step, *(t.isoformat() for t in times)]) for case, step, *times in rows
    ]
    path.write_text("\n".join([header, *lines]) + "\n")
    with read(path) as events:
        found = daily(lay(parse(stream).stream, events), frozenset(PLACES.values()))
    return {(own.step, own.figure): own for own in found}


def by_day(values, until):
    days: dict[date, list[float]] = defaultdict(list)
    for at, value in values:
        if at.date() < until:
            days[at.date()].append(value)
    return [(day, len(own), sum(own), sum(v * v for v in own)) for day, own in sorted(days.items())]


def same(own, values):
    capped = [(at, min(v, own.capped)) for at, v in values] if own.capped is not None else values
    expected = by_day(capped, own.until)
    assert [d[:2] for d in own.days] == [d[:2] for d in expected]
    for found, known in zip(own.days, expected, strict=True):
        assert found[2:] == pytest.approx(known[2:], rel=1e-9, abs=1e-6)


def cases(rows):
    found = defaultdict(list)
    for case, step, start, end in rows:
        found[case].append((step, start, end))
    return [sorted(own, key=lambda v: (v[1], v[2])) for own in found.values()]


def test_durations_and_shares_by_day(visits, tmp_path):
    found, own = figures(visits, tmp_path), cases(visits)
    seconds = timedelta(seconds=1)
    completed = [c for c in own if any(step == "Decide" for step, *_ in c)]
    same(
        found[None, "lead_time"],
        [(c[0][1], (max(v[2] for v in c) - c[0][1]) / seconds) for c in completed],
    )
    for step, place in PLACES.items():
        at_step = [(c, i) for c in own for i, visit in enumerate(c) if visit[0] == step]
        same(
            found[place, "process_time"],
            [(c[i][1], (c[i][2] - c[i][1]) / seconds) for c, i in at_step],
        )
        same(
            found[place, "wait_time"],
            [
                (c[i][1], max(0.0, (c[i][1] - max(v[2] for v in c[:i])) / seconds))
                for c, i in at_step
                if i
            ],
        )
        back = {"Ask": {"Ask"}, "Look": {"Ask", "Look"}, "Decide": set(PLACES)}[step]
        same(
            found[place, "complete_accurate"],
            [(c[i][1], float(i + 1 == len(c) or c[i + 1][0] not in back)) for c, i in at_step],
        )
        firsts = [(c, [v for v in c if v[0] == step]) for c in own]
        same(found[place, "rework"], [(v[0][1], float(len(v) > 1)) for _, v in firsts if v])
    same(
        found[0, "promise.kept"],
        [(v[1], float(v[2] - v[1] <= timedelta(hours=1))) for c in own for v in c if v[0] == "Ask"],
    )
    assert (1, "promise.kept") not in found


def test_the_days_near_the_end_are_left_out_where_things_take_days(visits, tmp_path):
    slow = [(c, s, a, b + timedelta(days=9)) for c, s, a, b in visits if s == "Ask"]
    last = max(b for *_, b in slow).date()
    assert figures(slow, tmp_path)[0, "process_time"].until == last - timedelta(days=8)


def test_instants_give_elapsed_times_alone(visits, tmp_path):
    found = figures([(c, s, b) for c, s, _, b in visits], tmp_path, header="case,activity,end")
    assert (1, "elapsed_time") in found
    assert not {(1, "process_time"), (1, "wait_time")} & found.keys()


def test_one_accident_counts_no_more_than_the_cap(visits, tmp_path):
    plain = figures(visits, tmp_path)[1, "process_time"]
    case, step, start, end = next(v for v in visits if v[1] == "Look")
    broken = [v for v in visits if v != (case, step, start, end)]
    broken.append((case, step, start, end + timedelta(days=300)))
    found = figures(broken, tmp_path)[1, "process_time"]
    assert max(d[2] for d in found.days) < 2 * max(d[2] for d in plain.days)
