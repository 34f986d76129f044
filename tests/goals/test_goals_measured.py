"""Goals of a folder, measured on a log whose course is planted."""

import json
from datetime import date

import pytest
from weeks_made import SHARED, goals, lay

from valuestream.goals import measured
from valuestream.goals.documents import document
from valuestream.text.check import check

WAIT = "repair-shop / Repair / wait_time.mean"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """The wait falls by two minutes a week, from 100 minutes."""
    return lay(tmp_path_factory.mktemp("shop"), lambda week: 100 - 2 * week)


def measure(shop, *results, as_of="2026-05-31", more=""):
    (own,) = measured(goals(shop, *results, more=more), date.fromisoformat(as_of))
    return own


MAY = {
    "steady": f"measure: {WAIT}, from: 100 min, to: 60 min, start: 2026-01-05, by: 2026-06-28",
    "too far": f"measure: {WAIT}, from: 100 min, to: 30 min, start: 2026-01-05, by: 2026-06-28",
    "was reached": f"measure: {WAIT}, from: 100 min, to: 84 min, start: 2026-01-05, by: 2026-03-29",
    "was missed": f"measure: {WAIT}, from: 100 min, to: 70 min, start: 2026-01-05, by: 2026-03-29",
    "unwritten": f"measure: {WAIT}, to: 40 min",
    "below 12": "measure: repair-shop / cost_per_case, stay below: 12 EUR",
    "below 9": "measure: repair-shop / cost_per_case, stay below: 9 EUR",
    "above 9": "measure: repair-shop / cost_per_case, stay above: 9 EUR",
    "words": "measure: fewer unhappy riders, to: 3",
    "no figure": "measure: repair-shop / Repair / happiness, to: 90 %",
    "no promise": "measure: repair-shop / Drop off / promise.kept, to: 90 %",
    "no data": "measure: repair-shop / Drop off / wait_time.p85, to: 5 min",
    "other unit": f"measure: {WAIT}, to: 90 %",
    "said": f"measure: {WAIT}, to: 40 min, "
    "check-ins: [{on: 2026-05-02, confidence: 40 %}, {on: 2026-04-02}, {on: 2026-06-20}]",
}


@pytest.fixture(scope="module")
def objective(shop):
    """All of these, as of the end of May, of a period that is the second quarter."""
    return measure(shop, *MAY.values(), more="period: 2026-Q2\n")


@pytest.fixture(scope="module")
def may(objective):
    return dict(zip(MAY, objective.results, strict=True))


def test_a_steady_fall_is_measured_expected_and_likely(may):
    result = may["steady"]
    # 21 whole weeks to Sunday 31 May: the last four have a mean wait of 100 - 2 * 18.5 minutes.
    assert result.judged.value == pytest.approx(63 * 60, rel=0.02)
    assert result.judged.progress == pytest.approx(37 / 40, abs=0.03)
    gone = (date(2026, 5, 31) - date(2026, 1, 5)).days / (date(2026, 6, 28) - date(2026, 1, 5)).days
    assert result.judged.expected == pytest.approx((100 - 40 * gone) * 60)
    assert result.judged.chance > 0.95
    assert result.state == "on track"
    assert result.aim.kind == "decrease"
    assert result.judged.data_until == date(2026, 5, 31)


def test_a_target_that_the_trend_does_not_reach_is_at_risk(may):
    assert may["too far"].state == "at risk"
    assert may["too far"].judged.chance < 0.05


def test_a_day_that_is_over_is_judged_by_the_weeks_before_it(may):
    assert [may[name].state for name in ("was reached", "was missed")] == ["reached", "missed"]
    assert may["was missed"].judged.value == pytest.approx((100 - 2 * 9.5) * 60, rel=0.02)
    assert may["was missed"].judged.chance is None


def test_a_baseline_that_is_not_written_is_that_of_the_weeks_before_the_start(may):
    # Four whole weeks to 29 March, the weeks 8 to 11.
    aim = may["unwritten"].aim
    assert aim.baseline == pytest.approx((100 - 2 * 9.5) * 60, rel=0.02)
    assert (aim.start, aim.by) == (date(2026, 4, 1), date(2026, 6, 30))


def test_guardrails_are_watched(may):
    states = [may[name].state for name in ("below 12", "below 9", "above 9")]
    assert states == ["kept", "broken", "kept"]
    # Twenty minutes of the workshop at 30 EUR an hour.
    assert may["below 12"].judged.value == pytest.approx(10)
    assert "Drop off" in may["below 12"].series.notes[0]
    assert may["below 12"].judged.progress is None


def test_what_cannot_be_measured_says_why_and_what_can(may, objective):
    names = ["words", "no figure", "no promise", "no data", "other unit"]
    refused = [may[name].refused for name in names]
    assert [one.code for one in refused] == ["VS057", "VS058", "VS068", "VS067", "VS060"]
    assert "repair-shop / received.every" in refused[0].suggestion
    assert "repair-shop / Repair / received" in refused[1].suggestion
    assert "repair-shop / Drop off / elapsed_time.p85" in refused[2].suggestion
    assert "process_time.p85" in refused[3].suggestion
    assert [one.line - 4 for one in refused] == [list(MAY).index(name) for name in names]
    assert objective.state == "not measurable"


def test_check_ins_are_those_until_the_day(may):
    assert [c.on for c in may["said"].said] == [date(2026, 4, 2), date(2026, 5, 2)]


def test_the_document_holds_only_what_json_can(objective):
    written = json.loads(json.dumps(document([objective], objective.as_of)))
    by_name = dict(zip(MAY, written["objectives"][0]["key_results"], strict=True))
    assert by_name["steady"]["unit"] == "duration"
    assert len(by_name["steady"]["history"]) == 21
    assert len(by_name["steady"]["forecast"]) == 4
    assert by_name["words"]["refused"]["code"] == "VS057"


def test_where_the_log_ends_before_the_day_nobody_can_tell(shop):
    own = measure(
        shop, f"measure: {WAIT}, from: 100 min, to: 10 min, by: 2026-09-30", as_of="2026-10-31"
    )
    assert own.results[0].state == "unknown"


def test_nothing_after_the_day_is_known(shop):
    early = measure(shop, f"measure: {WAIT}, to: 40 min", as_of="2026-03-18")
    (result,) = early.results
    assert all(p.start <= date(2026, 3, 18) for p in result.series.points)
    assert [p.week for p in result.series.points if not p.whole] == ["2026-W12"]
    assert result.judged.data_until == date(2026, 3, 15)


def test_a_stream_without_its_log_refuses_its_key_results(tmp_path):
    lay(tmp_path, lambda _: 50, weeks=2)
    (tmp_path / "repairs.csv").unlink()
    own = measure(tmp_path, f"measure: {WAIT}, to: 40 min")
    assert own.results[0].refused.code == "VS069"
    assert own.state == "not measurable"


def test_goals_with_a_day_in_the_past_are_told_by_check(shop):
    path = goals(shop, f"measure: {WAIT}, from: 100 min, to: 40 min", more="period: 2026-Q1\n")
    assert [f.code for f in check([path], date(2026, 4, 1))] == ["VS062"]
    assert check([path], date(2026, 3, 31)) == ()
    assert SHARED in (shop / "valuestream.yaml").read_text()


def test_without_a_day_or_a_baseline_there_is_nothing_to_judge_by(shop):
    (result,) = measure(shop, f"measure: {WAIT}, to: 40 min").results
    assert result.state == "unknown"
    assert "add 'by'" in result.judged.reason


def test_a_baseline_that_lies_ahead_is_not_known_yet(shop):
    ahead = f"measure: {WAIT}, to: 40 min, start: 2026-05-01, by: 2026-06-28"
    (result,) = measure(shop, ahead, as_of="2026-03-31").results
    assert result.aim.baseline is None
    assert result.state == "not begun"


def test_a_stream_with_faults_is_named(tmp_path):
    lay(tmp_path, lambda _: 50, weeks=2)
    (tmp_path / "repair.stream.yaml").write_text("stream: Repair shop\nsteps: []\n")
    for name in ("repair-shop", "Repair shop"):
        own = measure(tmp_path, f"measure: {name} / lead_time.p85, to: 40 min")
        assert "has faults" in own.results[0].refused.message


def test_a_warning_does_not_refuse(shop):
    worse = f"measure: {WAIT}, from: 40 min, to: 100 min, by: 2026-06-28"
    own = measure(shop, worse)
    assert own.results[0].refused is None
    assert [f.code for f in own.findings] == ["VS061"]
