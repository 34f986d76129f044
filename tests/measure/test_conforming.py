"""Conformance of logs: summed up by cases, as PM4Py has it, and estimated from a sample."""

import pytest
from made import chance_log, laid, stream, written
from test_real_logs import DATA

from valuestream.events import read
from valuestream.measure import MeasureError, lay
from valuestream.measure.conforming import conform, deviating_cases
from valuestream.model.conformance import NEVER, Times
from valuestream.model.net import NetError
from valuestream.model.stream import Stream

ABC = stream("A", "B", "C")


def cases(*letters: str, minutes: int = 10) -> str:
    """A case for each word, a visit for each letter, ten minutes apart."""
    return "\n".join(
        f"c{number} {step} {minutes * place} {minutes * (place + 1)} Ann"
        for number, steps in enumerate(letters)
        for place, step in enumerate(steps)
    )


def test_each_case_counts_with_its_own_fitness(tmp_path):
    with laid(written(tmp_path, cases("ABC", "ABC", "AC", "ABBC", "ACB")), ABC) as visits:
        found = conform(visits)
    # Costs 0, 0, 1, 1, 2 over 3 for the shortest way and the case's own length.
    assert found.fitness == pytest.approx((1 + 1 + 4 / 5 + 6 / 7 + 4 / 6) / 5)
    assert found.log_fitness == pytest.approx(1 - 4 / (6 + 6 + 5 + 7 + 6))
    assert (found.cases, found.fitting_cases, found.unfinished, found.shortest) == (5, 2, 0, 3)
    a, b, c = found.steps
    assert (b.skipped, b.added, b.repeated, b.out_of_order) == (
        Times(1, 1),
        NEVER,
        Times(1, 1),
        Times(1, 1),
    )
    assert {a.skipped, a.added, c.skipped, c.repeated, c.out_of_order} == {NEVER}
    assert [v.cost for v in found.variants] == [0, 1, 1, 2]
    assert found.variants[0].cases == 2
    assert not found.is_estimate


def test_deviations_say_where_how_often_how_long_and_who(tmp_path):
    log = written(tmp_path, cases("AC", "AC", "ABBBC", "ABC", "AB"))
    with laid(log, ABC) as visits:
        found = conform(visits)
        assert [deviating_cases(visits, d) for d in found.deviations] == [
            ("c0", "c1"),
            ("c2",),
            ("c4",),
        ]
    skipped, repeated, stopped = found.deviations
    assert (skipped.what, skipped.step, skipped.after, skipped.before) == ("skipped", "B", "A", "C")
    assert (skipped.cases, skipped.visits) == (2, 2)
    # One example of each of its variants.
    assert skipped.examples in (("c0",), ("c1",))
    assert skipped.lead_time == 20 * 60
    assert skipped.lead_time_of_others == (50 + 30 + 20) * 60 / 3
    assert (repeated.what, repeated.cases, repeated.visits) == ("repeated", 1, 2)
    assert (stopped.what, stopped.step, stopped.before) == ("skipped", "C", None)
    assert found.unfinished == 1


def test_where_all_cases_do_the_same_there_are_no_others(tmp_path):
    with laid(written(tmp_path, cases("AC", "AC")), ABC) as visits:
        assert [d.lead_time_of_others for d in conform(visits).deviations] == [None]


def test_many_variants_are_estimated_from_the_usual_and_a_sample(tmp_path):
    log = written(tmp_path, chance_log(seed=5, cases=3_000, open_share=0))
    with laid(log, stream("A", "B", "C", "D")) as visits:
        every, some = conform(visits), conform(visits, most=400)
    assert (some.variants_aligned, some.variants_of) == (400, every.variants_of)
    assert some.is_estimate
    assert not every.is_estimate
    assert some.cases == every.cases == 3_000
    assert some.fitness == pytest.approx(every.fitness, abs=0.02)
    for one, other in zip(some.steps, every.steps, strict=True):
        assert one.skipped.cases == pytest.approx(other.skipped.cases, abs=150)


RECEIPT = {
    "stream": "Receipt",
    "steps": [
        {
            "step": "Receive",
            "events": "Confirmation of receipt",
            "then": {"together": ["Check", "Advise"]},
        },
        {
            "step": "Check",
            "events": "T02 Check confirmation of receipt",
            "then": [{"Adjust": "10 %"}, "Determine"],
        },
        {"step": "Adjust", "events": "T03 Adjust confirmation of receipt", "then": "Check"},
        {
            "step": "Determine",
            "events": "T04 Determine confirmation of receipt",
            "then": ["Send", {"Adjust": "5 %"}],
        },
        {
            "step": "Send",
            "events": "T05 Print and send confirmation of receipt",
            "then": "Decide",
        },
        {
            "step": "Advise",
            "events": "T06 Determine necessity of stop advice",
            "then": ["Decide", {"Advise": "3 %"}],
        },
        {
            "step": "Decide",
            "events": "T10 Determine necessity to stop indication",
            "end": True,
            "then": {"Create": "5 %"},
        },
        {"step": "Create", "events": "T11 Create document X request unlicensed"},
        {"step": "Check again", "events": "T12 Check document X request unlicensed"},
        {"step": "Determine again", "events": "T14 Determine document X request unlicensed"},
        {"step": "Print", "events": "T15 Print document X request unlicensed", "end": True},
    ],
}


@pytest.mark.skipif(not DATA.is_dir(), reason="../shared/data is not there")
def test_a_real_log_is_as_fit_as_pm4py_has_it():
    # Computed with PM4Py 2.7.23's alignments of all 85 variants on a Petri net of the same ways.
    with read(DATA / "log_receipt" / "receipt.csv.gz") as events:
        found = conform(lay(Stream.model_validate(RECEIPT), events))
    assert found.fitness == pytest.approx(0.8892252200136683, abs=1e-12)
    assert found.log_fitness == pytest.approx(0.9115180153573538, abs=1e-12)
    assert (found.fitting_cases, found.cases, len(found.variants)) == (869, 1434, 85)


def test_a_log_that_shares_nothing_with_the_stream_is_refused(tmp_path):
    log = written(tmp_path, cases("XY"))
    with pytest.raises(MeasureError, match="no activity of the log"), laid(log, ABC):
        pass


def test_one_case_of_one_visit_is_measured(tmp_path):
    with laid(written(tmp_path, cases("A")), ABC) as visits:
        found = conform(visits)
    assert (found.fitness, found.cases, found.unfinished) == (0.5, 1, 1)


def test_a_stream_that_goes_round_forever_is_refused(tmp_path):
    steps = [
        {"step": "A", "then": "B"},
        {"step": "B", "then": "A"},
        {"step": "C", "end": True},
    ]
    on = Stream.model_validate({"stream": "S", "steps": steps})
    log = written(tmp_path, cases("AB"))
    with laid(log, on) as visits, pytest.raises(NetError, match="no case of 'S' ever ends"):
        conform(visits)
