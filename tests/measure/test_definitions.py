"""DEFINITIONS, row by row: a small log, and what must come of it, worked out by hand.

Times are minutes after midnight of Thursday, 1 January 2026 (UTC), which lies in 2026-W01.
"""

from datetime import datetime, timedelta

import pytest

from valuestream.events import read
from valuestream.measure import MeasureError, lay, measure, work_in_progress
from valuestream.model.stream import Stream

DAY = 24 * 60


def at(minute: int) -> str:
    return f"{datetime(2026, 1, 1) + timedelta(minutes=minute):%Y-%m-%d %H:%M}"


def stream(*steps: str | dict) -> Stream:
    listed = [{"step": step} if isinstance(step, str) else step for step in steps]
    return Stream.model_validate({"stream": "S", "steps": listed})


@pytest.fixture
def log(tmp_path):
    def written(text: str, header: str = "case,activity,start,end,resource"):
        """Lines such as `1 A 0 5 Ann`: case, activity, start and end in minutes, resource."""
        times = [i for i, column in enumerate(header.split(",")) if column in ("start", "end")]
        lines = []
        for line in text.strip().splitlines():
            cells = ["" if cell == "-" else cell for cell in line.split()]
            for i in times:
                cells[i] = at(int(cells[i])) if cells[i] else ""
            lines.append(",".join(cells))
        path = tmp_path / "log.csv"
        path.write_text(header + "\n" + "\n".join(lines) + "\n")
        return path

    return written


@pytest.fixture
def figures(log):
    def measured(on: Stream, text: str, **how: str):
        with read(log(text, **how)) as events:
            return measure(on, events)

    return measured


INSTANTS = "case,activity,end,resource"
AB = stream("A", "B")


def spread(values):
    return (values.mean, values.p50, values.p85, values.p95)


NONE = (None,) * 4


def test_lead_time_is_latest_end_less_earliest_start(figures):
    # Case 1: A ends last, at 30, and starts first, at 0: 30 min. Case 2: 10 to 20: 10 min.
    # Percentiles lie between 600 and 1800 s: 600 + 0.85 x 1200 = 1620, 600 + 0.95 x 1200 = 1740.
    found = figures(AB, "1 A 0 30 x\n1 B 10 20 x\n2 A 10 20 x")
    assert spread(found.lead_time) == pytest.approx((1200, 1200, 1620, 1740))


def test_process_time_of_a_visit_is_end_less_start_and_zero_where_both_are_equal(figures):
    found = figures(AB, "1 A 0 30 x\n1 B 40 40 x")
    assert found.steps[0].process_time.mean == 1800
    assert found.steps[1].process_time.mean == 0


def test_process_time_of_a_case_is_the_union_of_its_visits(figures):
    # 0 to 30 holds 10 to 20 whole; 25 to 40 overlaps it; 50 to 55 stands apart: 40 + 5 = 45 min.
    found = figures(AB, "1 A 0 30 x\n1 B 10 20 x\n1 A 25 40 x\n1 B 50 55 x")
    assert found.process_time.mean == 45 * 60


def test_process_time_of_an_instant_and_of_its_case_is_unknown(figures):
    found = figures(AB, "1 A 0 x\n1 B 30 x", header=INSTANTS)
    assert spread(found.steps[0].process_time) == spread(found.process_time) == NONE
    assert found.flow_efficiency is None
    assert found.lead_time.mean == 1800


def test_wait_is_from_the_latest_earlier_end_and_never_negative(figures):
    # B starts at 10, before A's end at 30: 0. C starts at 45, 15 min after A's end, the latest.
    found = figures(stream("A", "B", "C"), "1 A 0 30 x\n1 B 10 20 x\n1 C 45 50 x")
    waits = [step.wait_time.mean for step in found.steps]
    assert waits == [None, 0, 15 * 60]


def test_elapsed_time_is_wait_and_process_time_together_and_what_instants_can_tell(figures):
    # From A's end at 10: B ends at 25, 15 min later.
    found = figures(AB, "1 A 0 10 x\n1 B 20 25 x")
    assert [step.elapsed_time.mean for step in found.steps] == [None, 15 * 60]
    found = figures(AB, "1 A 10 x\n1 B 25 x", header=INSTANTS)
    assert [step.elapsed_time.mean for step in found.steps] == [None, 15 * 60]
    assert spread(found.steps[1].wait_time) == NONE


def test_flow_efficiency_leaves_out_cases_whose_process_time_is_unknown(figures):
    # Case 1 worked 10 + 10 of 40 min, case 2 10 of 10; case 3 holds an instant: 30 / 50.
    found = figures(AB, "1 A 0 10 x\n1 B 30 40 x\n2 A 0 10 x\n3 A 0 10 x\n3 B - 90 x")
    assert found.flow_efficiency == pytest.approx(0.6)


def test_rework_is_the_share_of_a_step_s_cases_that_visited_it_more_than_once(figures):
    # A: case 1 twice, cases 2 and 3 once: 1/3. B: case 1 alone, once: 0.
    found = figures(AB, "1 A 0 1 x\n1 A 2 3 x\n1 B 4 5 x\n2 A 0 1 x\n3 A 0 1 x")
    assert [step.rework for step in found.steps] == pytest.approx([1 / 3, 0])
    assert [(step.visits, step.cases) for step in found.steps] == [(4, 3), (1, 1)]


def test_complete_and_accurate_counts_what_comes_back_to_the_step_or_goes_to_an_earlier_one(
    figures,
):
    # Case 1: A A B A C. Of A's 3 visits one goes to A: 2/3. B's one goes back to A: 0. C's is last.
    found = figures(stream("A", "B", "C"), "1 A 0 1 x\n1 A 2 3 x\n1 B 4 5 x\n1 A 6 7 x\n1 C 8 9 x")
    assert [s.complete_accurate for s in found.steps] == pytest.approx([2 / 3, 0, 1])
    assert found.rolled_complete_accurate == 0


def test_rolled_complete_and_accurate_is_the_product_over_the_steps_that_have_visits(figures):
    # A: 1 of 2 goes to A: 1/2. B: 1 of 2 goes back to A, then case 1 is over: 1/2. C has none.
    found = figures(
        stream("A", "B", "C"), "1 A 0 1 x\n1 A 2 3 x\n1 B 4 5 x\n2 B 0 1 x\n2 A 2 3 x\n2 B 4 5 x"
    )
    # A's visits: two of case 1 (one returns), one of case 2: 2/3. B's: 1 of 3 returns: 2/3.
    assert found.rolled_complete_accurate == pytest.approx(4 / 9)
    assert found.steps[2].complete_accurate is None


def test_a_step_of_another_branch_is_not_earlier(figures):
    # A leads to B or to C, both to D. From C to B is odd, but B is not on the way to C.
    branches = stream(
        {"step": "A", "then": {"B": "50 %", "C": "50 %"}}, {"step": "B", "then": "D"}, "C", "D"
    )
    found = figures(branches, "1 A 0 1 x\n1 C 2 3 x\n1 B 4 5 x\n1 D 6 7 x")
    assert [s.complete_accurate for s in found.steps] == [1, 1, 1, 1]


def test_a_transition_s_gap_is_from_the_visit_just_before(figures):
    # A 0-30 and B 10-20 overlap: gap 0. From B's end at 20 to C's start at 45: 25 min, not 15.
    found = figures(stream("A", "B", "C"), "1 A 0 30 x\n1 B 10 20 x\n1 C 45 50 x")
    assert {(t.origin, t.to): t.gap.mean for t in found.transitions} == {
        ("A", "B"): 0,
        ("B", "C"): 25 * 60,
    }


def test_variants_are_the_sequences_of_steps_most_cases_first(figures):
    found = figures(AB, "1 A 0 1 x\n1 B 2 3 x\n2 B 2 3 x\n2 A 0 1 x\n3 B 0 1 x")
    assert [(v.steps, v.cases) for v in found.variants] == [(("A", "B"), 2), (("B",), 1)]


def test_visits_are_ordered_by_start_then_end_then_row(figures):
    # Same start: B ends first. Same start and end: C stands before A in the log.
    found = figures(stream("A", "B", "C"), "1 C 0 9 x\n1 A 0 9 x\n1 B 0 5 x")
    assert found.variants[0].steps == ("B", "C", "A")


def test_a_completed_case_reached_an_end_by_default_the_last_step(figures):
    text = "1 A 0 1 x\n1 B 2 3 x\n1 A 4 5 x\n2 A 0 1 x"
    assert figures(AB, text).completed_cases == 1
    assert figures(stream({"step": "A", "end": True}, "B"), text).completed_cases == 2


def test_weeks_count_arrivals_throughput_and_work_in_progress_at_their_end(figures):
    # Thursday 1 January lies in W01, which ends on Monday the 5th at 0:00 = 4 days.
    # Case 1: arrives in W01, still in work at the end of W01 and W02, done in W03 (day 12).
    # Case 2: arrives and is done in W01. Case 3 starts on Monday the 5th at 0:00: in W02, yet
    # "started by" the end of W01; it never reaches B, so it is not completed.
    found = figures(
        AB,
        f"1 A 0 9 x\n1 B {12 * DAY} {12 * DAY + 9} x\n2 A 0 1 x\n2 B 2 3 x\n"
        f"3 A {4 * DAY} {5 * DAY} x",
    )
    assert [(w.week, w.arrivals, w.completed, w.work_in_progress) for w in found.weeks] == [
        ("2026-W01", 2, 1, 2),
        ("2026-W02", 1, 0, 1),
        ("2026-W03", 0, 1, 0),
    ]


def test_an_open_visit_is_in_work_in_progress_and_in_no_other_figure(figures):
    # Case 2 starts B at 20 and never completes it; its A is over at 9.
    text = "1 A 0 9 x\n1 B 10 19 x\n2 A 0 9 x\n2 B 20 - x"
    found = figures(AB, text)
    assert [step.visits for step in found.steps] == [2, 1]
    assert (found.cases, found.completed_cases) == (2, 1)
    assert found.lead_time.p95 <= 19 * 60
    assert found.weeks[-1].work_in_progress == 1
    assert found.events == 4


def test_a_log_of_open_visits_alone_has_no_figures_and_no_chart(log):
    with read(log("1 A 0 - x\n1 B - - x\n")) as events:
        visits = lay(AB, events)
        found = measure(AB, events)
        assert work_in_progress(visits) == ()
    assert (found.cases, found.period, found.weeks) == (0, None, ())
    assert found.handoffs is not None
    assert found.handoffs.per_case is None


def test_a_handoff_is_a_transition_between_different_known_resources(figures):
    # Ann to Ben counts; Ben to nobody and nobody to Ann do not; Ann to Ann does not.
    text = "1 A 0 1 Ann\n1 B 2 3 Ben\n1 A 4 5 -\n1 B 6 7 Ann\n1 A 8 9 Ann\n2 A 0 1 Ann"
    found = figures(AB, text)
    assert found.handoffs is not None
    assert (found.handoffs.count, found.handoffs.per_case) == (1, 0.5)


def test_handoffs_are_between_participants_where_the_log_names_nobody(figures):
    # Desk to porter twice, back once; the porter's two steps are no handoff; D's is not known.
    who = stream(
        {"step": "A", "by": "Desk"},
        {"step": "B", "by": "Porter"},
        {"step": "C", "by": "Porter"},
        "D",
    )
    text = "1 A 0 1\n1 B 2 3\n1 C 4 5\n1 D 6 7\n2 A 0 1\n2 B 2 3\n2 A 4 5"
    found = figures(who, text, header="case,activity,start,end")
    assert found.handoffs is not None
    assert found.handoffs.count == 3


def test_an_unmapped_activity_is_counted_and_in_no_other_figure(figures):
    found = figures(AB, "1 A 0 1 x\n1 X 5 90 x\n1 B 10 11 x\n2 X 0 1 x")
    assert found.unmapped == {"X": 2}
    assert (found.events, found.cases) == (4, 1)
    assert found.lead_time.mean == 11 * 60
    assert [(t.origin, t.to) for t in found.transitions] == [("A", "B")]


def test_an_activity_belongs_to_the_step_that_lists_it_before_the_step_of_its_name(figures):
    named = stream("B", {"step": "A", "events": ["A", "B"]}, "C")
    found = figures(named, "1 A 0 1 x\n1 B 2 3 x\n1 C 4 5 x")
    assert [step.visits for step in found.steps] == [0, 2, 1]


def test_a_stream_and_a_log_that_share_nothing_are_told_apart_in_a_sentence(log):
    with (
        read(log("1 X 0 1 x")) as events,
        pytest.raises(MeasureError, match=r"the log has 'X', the steps are 'A', 'B'"),
    ):
        measure(AB, events)


def promised(promise: str, **value) -> Stream:
    return stream("A", {"step": "B", "value": {"receives": "v", "promise": promise, **value}}, "C")


@pytest.mark.parametrize(
    ("promise", "kept", "of"),
    [
        # B: case 1 from 20 to 30 after A's end at 10, case 2 from 15 to 55 after A's end at 10.
        ("within 20 min", 1 / 2, 2),
        ("within 45 min", 1, 2),
        ("within 10 min of the start", 1 / 2, 2),
        ("within 50 min of the request", 1 / 2, 2),
        ("within 20 min of A", 1 / 2, 2),
    ],
)
def test_a_promise_s_clock_runs_from_where_it_says(figures, promise, kept, of):
    found = figures(
        promised(promise, keep="90 %"), "1 A 0 10 x\n1 B 20 30 x\n2 A 0 10 x\n2 B 15 55 x"
    )
    told = found.steps[1].promise
    assert (told.kept, told.of, told.target) == (pytest.approx(kept), of, 0.9)


def test_a_promise_does_not_apply_where_its_clock_s_start_is_not_known(figures):
    # B first, an instant: nobody saw it start, no earlier visit, no A before it.
    for promise in ("within 1 min", "within 1 min of the start", "within 1 min of A"):
        told = figures(promised(promise), "1 B 30 x\n1 C 40 x", header=INSTANTS).steps[1].promise
        assert (told.kept, told.of) == (None, 0), promise


def test_a_promise_on_an_attribute_does_not_apply_where_the_attribute_is_missing_or_no_number(
    figures,
):
    text = "1 B 0 1 4\n2 B 0 1 5\n3 B 0 1 -\n4 B 0 1 good\n5 B 0 1 4.5"
    told = figures(promised("rating >= 4.5"), text, header="case,activity,start,end,rating")
    assert (told.steps[1].promise.kept, told.steps[1].promise.of) == (pytest.approx(2 / 3), 3)


def test_a_promise_on_an_attribute_that_the_log_lacks_names_the_nearest(figures):
    with pytest.raises(MeasureError, match="did you mean 'rating'"):
        figures(promised("ratings >= 4"), "1 B 0 1 4", header="case,activity,start,end,rating")


def test_an_activity_maps_to_the_step_that_lists_it_else_to_the_step_of_its_name(figures):
    # Step A lists an activity of another name; its own name still maps to it. B's name is listed by C.
    steps = stream({"step": "A", "events": ["x"]}, "B", {"step": "C", "events": ["B"]})
    found = figures(steps, "1 x 0 1 -\n1 A 2 3 -\n1 B 4 5 -\n1 C 6 7 -")
    assert [s.visits for s in found.steps] == [2, 0, 2]
    assert found.unmapped == {}


def test_activities_of_sub_steps_count_for_their_step_unless_a_step_has_that_name(figures):
    whole = {
        "step": "A",
        "sub-steps": [{"step": "a1"}, {"step": "a2", "events": ["y"]}, {"step": "B"}],
    }
    found = figures(stream(whole, "B"), "1 a1 0 1 -\n1 y 2 3 -\n1 a2 4 5 -\n1 B 6 7 -")
    assert [s.visits for s in found.steps] == [3, 1]
