"""What could be taken away: savings that can be worked out by hand, and what would be lost."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures, Spread, StepFigures, Transition
from valuestream.model.money import Cost
from valuestream.model.scenarios import applied
from valuestream.model.stream import Scenario
from valuestream.review.changes import kinds
from valuestream.review.subtraction import subtractions
from valuestream.text import parse

sys.path.append(str(Path(__file__).parents[1] / "model"))
from scenario_streams import streams

LINE = """\
stream: S
outcome: all done
steps:
  - {step: Ask, work: 1 min, wait: 0 min, by: Desk, gives: form}
  - {step: Note, work: 4 min, wait: 10 min, by: Desk}
  - {step: Check, work: 6 min, wait: 20 min, by: Lab, value: Is sure, needs: form, gives: result}
  - {step: Tell, work: 2 min, wait: 5 min, by: Desk, value: Knows, needs: result, gives: answer}
  - {step: File, work: 3 min, wait: 60 min, by: Office, needs: answer}
"""
TOTAL = 111 * 60


def stream_of(text):
    document = parse(text)
    assert document.findings == ()
    return document.stream


def listed(text=LINE, figures=None, **costs):
    return subtractions(stream_of(text), figures, costs)


def found(kind, step, rows=None):
    return next(s for s in rows or listed() if (s.kind, s.step) == (kind, step))


def minutes(bounds):
    return bounds and (bounds.low / 60, bounds.high / 60)


def test_a_step_that_nobody_misses_saves_its_work_and_its_wait():
    saved = found("removed", "Note").saved
    assert minutes(saved.lead_time) == (14, 14)
    assert minutes(saved.process_time) == (4, 4)
    assert minutes(saved.wait_time) == (10, 10)
    assert (saved.handoffs.high, saved.money) == (0, None)
    assert found("removed", "Note").rank == "loses nothing"


def test_merging_saves_the_wait_between_and_the_handoffs():
    row = found("merged", "Note")
    assert row.title == "Note merged into Check"
    assert minutes(row.saved.lead_time) == (20, 20)
    assert row.saved.handoffs.high == 0  # Ask hands on to the lab in place of Note
    assert row.asks == ("Can Lab do it?",)
    assert found("merged", "Tell").saved.handoffs.high == 1  # the lab hands on to the office
    assert found("merged", "Ask").rank == "loses nothing"


def test_who_does_it_is_asked_where_nobody_says():
    row = found("merged", "Note", listed(LINE.replace("by: Lab, ", "")))
    assert row.asks == ("Can those who do 'Check' do it, too?",)


def test_by_the_role_before_the_saving_of_wait_is_an_upper_bound():
    row = found("by the role before", "Tell")
    assert row.title == "Tell by Lab"
    assert row.saved.handoffs is not None
    assert minutes(found("by the role before", "File").saved.wait_time) == (0, 60)
    assert minutes(found("by the role before", "Check").saved.lead_time) == (0, 20)
    assert found("by the role before", "Check").saved.handoffs.high == 2
    assert found("by the role before", "File").lost.participants == ("Office",)


def test_at_the_same_time_the_shorter_of_two_costs_nothing():
    row = found("at the same time", "Check")
    assert row.title == "Check at the same time as Note"
    assert minutes(row.saved.lead_time) == (14, 14)


def test_what_needs_the_result_cannot_be_done_at_the_same_time():
    row = found("at the same time", "Tell")
    assert [tuple(b) for b in row.lost.breaks] == [("Tell", "result"), ("File", "answer")]
    assert row.rank == "loses"


def test_one_person_does_not_do_two_things_at_once():
    text = LINE.replace("by: Lab", "by: Desk")
    assert ("at the same time", "Check") not in {(s.kind, s.step) for s in listed(text)}


def test_automating_saves_the_work_and_the_wait_stays():
    row = found("automated", "Note")
    assert minutes(row.saved.lead_time) == minutes(row.saved.process_time) == (4, 4)
    assert row.asks and row.rank == "asks"
    assert found("automated", "Tell").rank == "asks for the value"


def test_value_needs_outcome_and_promise_are_lost_with_a_step():
    text = LINE.replace("value: Is sure", "value: {receives: Is sure, promise: within 1 h of Ask}")
    lost = found("removed", "Check", listed(text)).lost
    assert lost.value == "Is sure"
    assert lost.promises == ("Check: within 1 h of Ask",)
    assert [b.step for b in lost.breaks] == ["Tell", "File"]
    assert lost.participants == ("Lab",)
    assert found("removed", "File").lost.outcome == "all done"


def test_a_need_that_another_step_gives_is_not_broken():
    text = LINE.replace("by: Desk}\n  - {step: Check", "by: Desk, gives: Result}\n  - {step: Check")
    assert found("removed", "Check", listed(text)).lost.breaks == ()


def test_removing_a_check_lets_defects_through():
    text = LINE.replace("by: Lab,", "by: Lab, then: [{Note: 10 %}, Tell],")
    row = found("removed", "Check", listed(text))
    assert row.lost.rework.share == pytest.approx(0.1)
    assert row.lost.rework.to == ("Note",)


def test_what_is_declared_necessary_is_lost():
    text = LINE.replace("wait: 10 min, by: Desk", "wait: 10 min, by: Desk, adds: necessary")
    assert found("removed", "Note", listed(text)).lost.necessary


def test_an_open_value_has_to_be_answered_first():
    text = LINE.replace("wait: 10 min, by: Desk", "wait: 10 min, by: Desk, value: 'TODO: what?'")
    row = found("removed", "Note", listed(text))
    assert (row.rank, row.asks) == (
        "asks for the value",
        ("What does the customer receive from it?",),
    )


def test_what_loses_nothing_comes_first_and_what_loses_something_last():
    ranks = [row.rank for row in listed()]
    order = ["loses nothing", "asks", "asks for the value", "loses"]
    assert ranks == sorted(ranks, key=order.index)
    assert listed()[0].title == "without Note"


def test_what_cannot_be_done_is_not_listed():
    removed = {s.step for s in listed() if s.kind == "removed"}
    assert removed == {"Note", "Check", "Tell", "File"}
    assert listed("stream: S\nsteps:\n  - {step: A, work: 1 min}\n")[0].kind == "automated"
    assert listed("stream: S\nsteps:\n  - {step: A, wait: 1 min}\n") == ()


def test_without_any_figure_the_steps_that_could_go_are_listed():
    rows = listed("stream: S\nsteps:\n  - step: A\n  - step: B\n  - step: C\n")
    assert {row.kind for row in rows} == {"removed"}
    assert {row.step for row in rows} == {"B", "C"}


def test_two_steps_measured_beside_each_other_save_the_lesser_of_their_means():
    figures = measured(
        step("A", 10.0, None, None), step("B", 20.0, 30.0, 50.0), step("C", 5.0, 10.0, 15.0),
        transitions=(go("A", "B", 10, 30.0), go("B", "C", 8, 8.0)),
    )  # fmt: skip
    rows = listed(THREE.replace("step: C, by: Two", "step: C, by: Three"), figures)
    saved = found("at the same time", "C", rows).saved.lead_time
    assert (saved.low, saved.high) == (0, 12)


def test_a_guess_gives_a_range():
    row = found("removed", "Note", listed(LINE.replace("work: 4 min", "work: 2 to 6 min")))
    assert minutes(row.saved.process_time) == (2, 6)
    assert minutes(row.saved.lead_time) == (12, 16)
    assert row.provenance == "guessed"


def test_work_costs_what_its_step_or_its_role_says():
    desk = Cost.parse("30 EUR/h")
    assert found("removed", "Note", listed(Desk=desk)).saved.money.amount.high == pytest.approx(2)
    text = LINE.replace("by: Office", "by: Office, cost: 7 EUR")
    assert found("removed", "File", listed(text)).saved.money.amount.high == 7
    lab = {"Desk": desk, "Lab": Cost.parse("60 EUR/h")}
    assert found(
        "by the role before", "Check", listed(**lab)
    ).saved.money.amount.high == pytest.approx(3)
    dearer = found("by the role before", "Check", listed(Desk=lab["Lab"], Lab=desk))
    assert dearer.asks[1] == "Is it worth 3.00 EUR more a case for the work?"


def test_figures_of_other_steps_are_refused():
    with pytest.raises(InputError, match="not of the steps of 'S'"):
        listed(figures=Figures("Other", "measured", ()))


def step(name, work, wait, elapsed, visits=10):
    def spread(seconds):
        return Spread(mean=seconds)

    return StepFigures(
        name, visits, visits, None, None, spread(work), spread(wait), spread(elapsed)
    )


def go(origin, to, count, gap):
    return Transition(origin, to, count, Spread(mean=gap))


THREE = """\
stream: S
steps:
  - {step: A, by: One}
  - {step: B, by: Two}
  - {step: C, by: Two}
"""


def measured(*steps, transitions, lead_time=100.0):
    return Figures(
        "S", "measured", steps, cases=10, lead_time=Spread(mean=lead_time), transitions=transitions
    )


def test_measured_savings_are_means_over_the_cases():
    figures = measured(
        step("A", 10.0, None, None),
        step("B", 20.0, 30.0, 50.0, 5),
        step("C", 5.0, 10.0, 15.0),
        transitions=(go("A", "B", 5, 30.0), go("B", "C", 5, 8.0), go("A", "C", 5, 12.0)),
    )
    rows = listed(THREE, figures)
    saved = found("removed", "B", rows).saved
    assert (saved.lead_time.low, saved.lead_time.high) == (25, 25)
    assert (saved.process_time.high, saved.wait_time.high) == (10, 15)
    assert found("merged", "C", rows).saved.wait_time.high == 4
    assert "at the same time" not in {row.kind for row in rows}
    # B done by One hands on to C as often as A handed on to B.
    assert ("by the role before", "B") not in {(row.kind, row.step) for row in rows}
    assert {row.provenance for row in rows} == {"measured"}


def test_where_visits_overlap_the_saving_is_an_upper_bound():
    figures = measured(
        step("A", 10.0, None, None), step("B", 20.0, 30.0, 35.0), step("C", 5.0, 10.0, 15.0),
        transitions=(go("A", "B", 10, 30.0), go("B", "C", 10, 8.0)),
    )  # fmt: skip
    saved = found("removed", "B", listed(THREE, figures)).saved.lead_time
    assert (saved.low, saved.high) == (0, 35)


def test_instants_tell_wait_and_work_together():
    figures = measured(
        step("A", None, None, None), step("B", None, None, 50.0), step("C", None, None, 15.0),
        transitions=(go("A", "B", 10, 50.0), go("B", "C", 10, 15.0)),
    )  # fmt: skip
    rows = listed(THREE, figures)
    saved = found("removed", "B", rows).saved
    assert (saved.lead_time.high, saved.process_time) == (50, None)
    merged = found("merged", "C", rows).saved.lead_time
    assert (merged.low, merged.high) == (0, 15)
    assert "automated" not in {row.kind for row in rows}


def test_the_kinds_are_found_by_being_there():
    assert [kind.name for kind in kinds()] == [
        "at the same time", "automated", "by the role before", "merged", "removed"
    ]  # fmt: skip
    assert all("Saved:" in kind.page for kind in kinds())


@given(streams())
@settings(max_examples=150, deadline=None)
def test_every_row_is_a_scenario_that_holds_and_saves_no_more_than_there_is(stream):
    total = declare(stream).lead_time.mean
    for row in subtractions(stream):
        after = applied(stream, row.scenario)
        assert all(0 <= bounds.low <= bounds.high for bounds in row.saved.known)
        lead_time, shorter = row.saved.lead_time, declare(after).lead_time.mean
        if lead_time is None or total is None or shorter is None:
            continue
        assert lead_time.high <= total + 1e-6
        if row.kind != "by the role before":
            assert lead_time.high == pytest.approx(max(0.0, total - shorter), abs=1e-6)


@given(streams())
@settings(max_examples=100, deadline=None)
def test_a_step_that_is_removed_without_loss_breaks_nothing(stream):
    for row in subtractions(stream):
        if row.kind != "removed" or row.rank == "loses":
            continue
        after = applied(stream, row.scenario)
        given_ = {g for s in after.steps for g in s.gives}
        gone = stream.steps[stream.place(row.step)]
        for later in after.steps:
            assert not set(later.needs) & (set(gone.gives) - given_) or not _was_met(
                stream, gone, later
            )


def _was_met(stream, giver, taker):
    from valuestream.model.graph import graph

    places = [stream.place(s.step) for s in (giver, taker)]
    return graph(stream).is_earlier(places[0], than=places[1])


def test_the_list_is_a_document():
    row = listed()[0].as_json()
    assert set(row) >= {"rank", "step", "kind", "title", "scenario", "saved", "lost", "asks"}
    assert Scenario.model_validate(row["scenario"]).change
