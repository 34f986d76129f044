"""The value stream map, read like a lean coach reads it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from drawn_samples import HOTEL, INSTANTS, MEASURED, a_line, stream
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.draw import draw_future
from valuestream.draw.future import future_facts
from valuestream.draw.mapfacts import map_facts
from valuestream.draw.scene import Group, Rect, Scene, Text, groups, texts
from valuestream.draw.views.map import layout, layout_future
from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures, Period, Spread, StepFigures, Transition
from valuestream.model.findings import Finding

DAY = 86400.0
LAUNDRY = stream(
    "Laundry",
    [
        {"step": "Sort", "work": "2 min", "by": "Sorter", "people": 2, "uptime": "95 %"},
        {"step": "Wash", "wait": "1 h", "work": "40 min", "changeover": "5 min", "right": "98 %"},
        {"step": "Dry", "wait": "10 min", "work": "30 min", "supplied": "fifo"},
        {"step": "Fold", "wait": "20 min", "work": "5 min", "supplied": "pull"},
        {"step": "Ship", "wait": "2 h", "work": "1 min", "supplied": "supermarket"},
    ],
    customer="Hotel",
    supplier="Linen maker",
    arrivals="48 per day",
    information=[
        {"from": "Hotel", "to": "Planning", "by": "forecast", "how": "electronic"},
        {"from": "Planning", "to": "Linen maker", "by": "order", "how": "electronic"},
        {"from": "Planning", "to": "Sort", "by": "day's list", "how": "manual"},
        {"from": "Ship", "to": "Sort", "by": "call"},
    ],
)


def shown(nodes) -> list[str]:
    return [text.text for text in texts(tuple(nodes)) if text.text]


def said(scene: Scene, kind: str) -> list[str]:
    return [" ".join(shown(group.nodes)) for group in groups(scene.nodes, kind)]


def signs(scene: Scene) -> set[str]:
    return set(shown(next(groups(scene.nodes, "signs")).nodes)) - {"I", "FIFO"}


def test_a_process_box_has_who_does_it_and_its_data_under_it():
    scene = layout(HOTEL, MEASURED)
    assert said(scene, "work")[1] == "2 Check-in at the desk Reception"
    assert said(scene, "data")[2] == (
        "P/T 7 min 42 s Wait 16 min %C&A 87 % Rework 14 % Promise kept 61 % Visits 5,480"
    )
    assert said(layout(LAUNDRY), "work")[0] == "1 Sort × 2 Sorter"
    assert said(layout(LAUNDRY), "data")[2] == "P/T 40 min Wait 1 h %C&A 98 % C/O 5 min"
    assert "Uptime 95 %" in said(layout(LAUNDRY), "data")[1]


def test_the_value_stands_above_each_step_and_a_question_where_there_is_none():
    assert said(layout(HOTEL), "value")[2] == "Is not lost in the hotel"
    assert set(said(layout(LAUNDRY), "value")) == {"What does the customer receive?"}


def test_what_only_the_text_says_is_marked_beside_measured_figures():
    declared = layout(a_line(2), Figures("Order in 2", "measured", (), cases=5))
    assert said(declared, "data")[1] == "P/T · declared 8 min Wait · declared 37 min"


def test_what_nobody_knows_is_not_there():
    scene = layout(stream("S", [{"step": "A"}, {"step": "B", "work": "1 min"}]))
    assert said(scene, "data") == ["P/T 1 min"]
    assert said(scene, "inlet") == ["", ""]
    assert said(scene, "sums") == ["Known work 1 min"]
    nothing = layout(stream("S", [{"step": "A"}]))
    assert not any(said(nothing, kind) for kind in ("sums", "ladder", "data"))


def test_work_that_waits_is_counted_by_littles_law():
    # 48 a day are 2 an hour; each waits an hour before the wash, 1 ÷ 98 % times.
    facts = map_facts(LAUNDRY, None)
    assert facts.waiting[1] == pytest.approx(2 / 0.98)
    assert said(layout(LAUNDRY), "inlet")[1] == "I 2.0 cases"
    without = layout(LAUNDRY.model_copy(update={"arrivals": None}))
    assert said(without, "inlet")[1] == "I 1 h"


def test_the_customer_says_how_many_come_and_how_often_one_must_be_done():
    assert "Demand 48 per day Takt 30 min" in said(layout(LAUNDRY), "data")
    measured = layout(LAUNDRY, Figures("Laundry", "measured", (), cases=90, period=_days(9)))
    assert "Demand 10 per day Takt · declared 30 min" in said(measured, "data")


def _days(count: int) -> Period:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return Period(start, start + timedelta(days=count))


def test_each_way_to_be_supplied_has_its_symbol_and_the_legend_has_only_those_used():
    assert {"pushed on", "pulled when needed", "supermarket", "first in, first out"} <= signs(
        layout(LAUNDRY)
    )
    assert "electronic information" in signs(layout(LAUNDRY))
    few = signs(layout(stream("S", [{"step": "A"}])))
    assert few == {"customer or supplier", "pushed on", "information", "delivered"}


def test_information_goes_between_those_outside_who_steers_and_the_steps():
    scene = layout(LAUNDRY)
    assert said(scene, "outside") == ["customer Hotel", "supplier Linen maker", "Planning"]
    assert [g.title for g in groups(scene.nodes, "information")] == [
        "forecast",
        "order",
        "day's list",
        "call",
    ]
    assert {"forecast", "order", "day's list", "call"} <= set(said(scene, "pill"))


def test_without_a_supplier_the_request_comes_from_the_customer():
    assert "The morning of arrival" in said(layout(HOTEL), "pill")
    assert len(said(layout(HOTEL), "delivery")) == 1
    assert len(said(layout(LAUNDRY), "delivery")) == 2


def test_bursts_stand_at_the_steps_that_findings_with_a_cost_name():
    found = (
        Finding("VS201", "warning", "40 % of all waiting is before 'Sort': long", step="Sort"),
        Finding("VS1", "note", "Nobody says what 'Dry' gives", step="Dry"),
    )
    assert not said(layout(LAUNDRY, None, found), "kaizen")
    seen = tuple(
        Finding(f.code, f.severity, f.message, step=f.step, costs={"share": 0.4}) for f in found
    )
    bursts = said(layout(LAUNDRY, None, seen), "kaizen")
    assert bursts == [
        "VS201 40 % of all waiting is before this step",
        "VS1 Nobody says what this step gives",
    ]


def test_the_ladder_adds_up_to_the_declared_lead_time():
    facts = map_facts(LAUNDRY, None)
    assert facts.total.wait + facts.total.work == pytest.approx(declare(LAUNDRY).lead_time.mean)
    ladder = said(layout(LAUNDRY), "ladder")[0]
    assert "1 h 1 min" in ladder and "1.02 × 40 min" in ladder
    assert "Lead time 4 h 50 min" in said(layout(LAUNDRY), "sums")[0]


def test_of_ways_at_the_same_time_the_longest_is_on_the_ladder():
    both = stream(
        "S",
        [
            {"step": "A", "work": "1 h", "then": {"together": ["B", "C"]}},
            {"step": "B", "work": "3 h", "then": "D"},
            {"step": "C", "wait": "4 h", "work": "1 h", "then": "D"},
            {"step": "D", "work": "1 h"},
        ],
    )
    rungs = map_facts(both, None).rungs
    assert [rung.work for rung in rungs] == [3600, 0, 3600, 3600]
    assert "Lead time 7 h" in said(layout(both), "sums")[0]


@st.composite
def timed_streams(drawn, together=()):
    count = drawn(st.integers(1, 6))
    names = [f"S{i}" for i in range(count)]
    steps = []
    for i, name in enumerate(names):
        step = {"step": name, "work": f"{drawn(st.integers(1, 90))} min"}
        step["wait"] = f"{drawn(st.integers(0, 90))} min"
        later = names[i + 1 :]
        if together and len(later) > 2 and drawn(st.booleans()):
            step["then"] = {"together": later[:2]}
        elif len(later) > 1 and drawn(st.booleans()):
            ways = drawn(st.lists(st.sampled_from(later), min_size=2, max_size=3, unique=True))
            step["then"] = [{way: f"{90 // len(ways)} %"} for way in ways[:-1]] + [ways[-1]]
        elif i and drawn(st.booleans()):
            step["then"] = [{drawn(st.sampled_from(names[: i + 1])): "20 %"}, *later[:1]]
            step["end"] = not later
        else:
            step["right"] = f"{drawn(st.integers(20, 100))} %"
        steps.append(step)
    return stream("Timed", steps)


@settings(max_examples=80, deadline=None)
@given(timed_streams())
def test_every_ladder_adds_up_to_the_declared_figures(timed):
    facts, figures = map_facts(timed, None), declare(timed)
    assert facts.total.wait + facts.total.work == pytest.approx(figures.lead_time.mean)
    assert facts.total.work == pytest.approx(figures.process_time.mean)


@settings(max_examples=80, deadline=None)
@given(timed_streams(together=("some",)))
def test_with_ways_at_the_same_time_the_ladder_adds_up_to_the_lead_time(timed):
    facts, lead = map_facts(timed, None), declare(timed).lead_time.mean
    assert lead is None or facts.total.wait + facts.total.work == pytest.approx(lead)


@st.composite
def cases(drawn):
    """Cases of visits after one another: (step, wait before it, work) for each visit."""
    visit = st.tuples(st.integers(0, 3), st.integers(0, 90), st.integers(0, 90))
    return drawn(st.lists(st.lists(visit, min_size=1, max_size=6), min_size=1, max_size=5))


def _measured(seen) -> Figures:
    """The figures of such cases, worked out by hand from their definitions."""
    steps = []
    for place in range(4):
        visits = [(i, v) for case in seen for i, v in enumerate(case) if v[0] == place]
        waits = [wait for i, (_, wait, _) in visits if i]
        works = [work for _, (_, _, work) in visits]
        mean = [Spread(sum(t) / len(t), 0, 0, 0) if t else Spread() for t in (works, waits)]
        steps.append(StepFigures(f"S{place}", len(visits), 0, 0.0, 1.0, *mean))
    pairs = [(a[0], b[0]) for case in seen for a, b in pairwise(case)]
    ways = [
        Transition(f"S{a}", f"S{b}", pairs.count((a, b)), Spread()) for a, b in sorted(set(pairs))
    ]
    work = sum(w for case in seen for _, _, w in case) / len(seen)
    lead = work + sum(w for case in seen for _, w, _ in case[1:]) / len(seen)
    return Figures(
        "Seen",
        "measured",
        tuple(steps),
        cases=len(seen),
        lead_time=Spread(lead),
        process_time=Spread(work),
        transitions=tuple(ways),
    )


@settings(max_examples=80, deadline=None)
@given(cases())
def test_every_ladder_adds_up_to_the_measured_mean_lead_time(seen):
    figures = _measured(seen)
    facts = map_facts(stream("Seen", [{"step": f"S{i}"} for i in range(4)]), figures)
    assert (facts.total.wait or 0) + facts.total.work == pytest.approx(figures.lead_time.mean)
    assert facts.total.work == pytest.approx(figures.process_time.mean)


def test_work_that_overlaps_is_said_to_count_once_in_the_sums():
    figures = _measured([[(0, 0, 600), (1, 60, 600)]])
    seen = stream("Seen", [{"step": f"S{i}"} for i in range(4)])
    note = "overlaps once"
    assert note not in said(layout(seen, figures), "legend")[0]
    less = replace(figures, process_time=Spread(900), lead_time=Spread(960))
    assert note in said(layout(seen, less), "legend")[0]


def test_of_instants_the_ladder_has_work_and_wait_together():
    assert "Wait + P/T 2 d 9 h" in said(layout(HOTEL, INSTANTS), "data")[1]
    assert "ladder: wait and work together" in signs(layout(HOTEL, INSTANTS))
    assert map_facts(HOTEL, INSTANTS).total.wait is None
    assert map_facts(HOTEL, INSTANTS).total.elapsed == pytest.approx(3 * 3120 * 66)


def test_a_future_state_stands_under_the_current_one_with_its_changes_marked():
    hotel = HOTEL.model_copy(update={"scenarios": FASTER.scenarios})
    scene = layout_future(hotel, MEASURED, (), "faster")
    assert said(scene, "state") == ["CURRENT STATE", "FUTURE STATE: faster Guests wait"]
    steps, future = list(groups(scene.nodes, "step")), list(groups(scene.nodes, "future"))
    assert [g.step for g in steps] == [s.key for s in HOTEL.steps]
    assert [g.step for g in future] == [s.key for s in HOTEL.steps[1:]]
    changed = [t.text for g in future for t in texts(g.nodes) if t.style == "map-fact-changed"]
    assert changed == ["2 min"]
    now, then = said(scene, "sums")
    assert "now" not in now and "now 42 min" in then


FASTER = stream(
    "Hotel check-in",
    [{"step": step.step} for step in HOTEL.steps],
    scenarios={
        "faster": {
            "why": "Guests wait",
            "change": [
                {"step": "Welcome e-mail", "remove": True},
                {"step": "Check-in at the desk", "wait": "2 min"},
            ],
        }
    },
)


def test_a_scenario_that_changes_nothing_leaves_the_sums_as_they_are():
    same = stream("S", [{"step": f"S{i}"} for i in range(4)])
    figures = _measured([[(0, 0, 5), (1, 7, 9), (0, 3, 1)], [(1, 0, 8), (3, 20, 2), (2, 1, 1)]])
    nothing = FASTER.scenarios["faster"].model_copy(update={"change": ()})
    same = same.model_copy(update={"scenarios": {"none": nothing}})
    then = future_facts(map_facts(same, figures), "none")
    assert then.known.lead_time.value == pytest.approx(figures.lead_time.mean)
    assert then.known.process_time.value == pytest.approx(figures.process_time.mean)


def test_an_unknown_scenario_names_the_nearest():
    with pytest.raises(InputError, match="did you mean 'faster'"):
        draw_future(FASTER, "fastr")
    assert "FUTURE STATE" in draw_future(FASTER, "faster", theme="dark").svg


NAMES = ["Buyer", "Desk", "Plan", "S0", "S1", "Maker", "x" * 60, "تخطيط"]


@st.composite
def informed(drawn):
    count = drawn(st.integers(2, 14))
    steps = []
    for i in range(count):
        step = {"step": f"S{i}", "wait": "50 min", "work": "1 h"}
        if drawn(st.booleans()):
            step["supplied"] = drawn(st.sampled_from(["push", "pull", "supermarket", "fifo"]))
        if drawn(st.booleans()):
            step |= {"uptime": "90 %", "by": "Someone " * drawn(st.integers(1, 9)), "people": 12}
        steps.append(step)
    ends = st.sampled_from(NAMES)
    flows = drawn(st.lists(st.tuples(ends, ends, st.booleans()), max_size=7))
    information = [
        {"from": a, "to": b, "by": f"note {i} " * (i % 4), "how": "electronic" if e else "manual"}
        if i % 4
        else {"from": a, "to": b}
        for i, (a, b, e) in enumerate(flows)
    ]
    more = {"supplier": "Maker"} if drawn(st.booleans()) else {}
    return stream(
        "Informed",
        steps,
        customer="Buyer",
        outcome="Has it " * drawn(st.integers(1, 40)),
        arrivals="9 per day",
        information=information,
        **more,
    )


@settings(max_examples=50, deadline=None)
@given(informed())
def test_any_information_is_drawn_without_overlaps(drawn):
    scene = layout(drawn)
    kinds = ("value", "work", "data", "inlet", "outside", "sums", "signs")
    rooms = [g.room for g in groups(scene.nodes) if g.kind in kinds and g.room]
    assert all(not a.overlaps(b, by=0.5) for a, b in combinations(rooms, 2))
    pills = [g.room for g in groups(scene.nodes, "pill")]
    assert all(not a.overlaps(b, by=0.5) for a, b in combinations(pills, 2))
    assert all(not pill.overlaps(room, by=0.5) for pill in pills for room in rooms)
    page = Rect(0, 0, scene.width, scene.height)
    assert all(page.holds(text.rect) for text in texts(scene.nodes))
    for group in groups(scene.nodes):
        written: list[Text] = list(texts(group.nodes)) if group.room else []
        assert all(group.room.holds(text.rect, by=1.0) for text in written), group.kind
    assert len(said(scene, "information")) >= len(drawn.information)
    assert layout(drawn) == scene


def test_forty_steps_break_into_bands_that_keep_one_ladder_each():
    scene = layout(a_line(40))
    assert len(said(scene, "ladder")) == 5
    assert 0.6 < scene.width / scene.height < 1.6
    assert all(isinstance(group, Group) for group in groups(scene.nodes, "step"))
