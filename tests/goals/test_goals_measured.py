"""Goals of a folder, measured on a log whose course is planted."""

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


def test_a_steady_fall_is_measured_expected_and_likely(shop):
    own = measure(
        shop,
        f"measure: {WAIT}, from: 100 min, to: 60 min, start: 2026-01-05, by: 2026-06-28",
    )
    (result,) = own.results
    # 21 whole weeks to Sunday 31 May: the last four have a mean wait of 100 - 2 * 18.5 minutes.
    assert result.judged.value == pytest.approx(63 * 60, rel=0.02)
    assert result.judged.progress == pytest.approx(37 / 40, abs=0.03)
    gone = (date(2026, 5, 31) - date(2026, 1, 5)).days / (date(2026, 6, 28) - date(2026, 1, 5)).days
    assert result.judged.expected == pytest.approx((100 - 40 * gone) * 60)
    assert result.judged.chance > 0.95
    assert result.state == own.state == "on track"
    assert result.aim.kind == "decrease"
    assert result.judged.data_until == date(2026, 5, 31)


def test_a_target_that_the_trend_does_not_reach_is_at_risk(shop):
    own = measure(shop, f"measure: {WAIT}, from: 100 min, to: 30 min, start: 2026-01-05, by: 2026-06-28")
    assert own.results[0].state == "at risk"
    assert own.results[0].judged.chance < 0.05


def test_a_day_that_is_over_is_judged_by_the_weeks_before_it(shop):
    aims = [f"measure: {WAIT}, from: 100 min, to: {to} min, by: 2026-03-29" for to in (84, 70)]
    own = measure(shop, *aims, more="period: 2026-Q1\n")
    assert [r.state for r in own.results] == ["reached", "missed"]
    assert own.results[0].judged.value == pytest.approx((100 - 2 * 9.5) * 60, rel=0.02)
    assert own.results[0].judged.chance is None


def test_where_the_log_ends_before_the_day_nobody_can_tell(shop):
    own = measure(shop, f"measure: {WAIT}, from: 100 min, to: 10 min, by: 2026-09-30", as_of="2026-10-31")
    assert own.results[0].state == "unknown"


def test_a_baseline_that_is_not_written_is_that_of_the_weeks_before_the_start(shop):
    own = measure(shop, f"measure: {WAIT}, to: 40 min", more="period: 2026-Q2\n")
    (result,) = own.results
    # Four whole weeks to 29 March, the weeks 8 to 11.
    assert result.aim.baseline == pytest.approx((100 - 2 * 9.5) * 60, rel=0.02)
    assert (result.aim.start, result.aim.by) == (date(2026, 4, 1), date(2026, 6, 30))


def test_guardrails_are_watched(shop):
    own = measure(
        shop,
        "measure: repair-shop / cost_per_case, stay below: 12 EUR",
        "measure: repair-shop / cost_per_case, stay below: 9 EUR",
        "measure: repair-shop / cost_per_case, stay above: 9 EUR",
    )
    assert [r.state for r in own.results] == ["kept", "broken", "kept"]
    # Twenty minutes of the workshop at 30 EUR an hour.
    assert own.results[0].judged.value == pytest.approx(10)
    assert "Drop off" in own.results[0].series.notes[0]
    assert own.progress is None


def test_nothing_after_the_day_is_known(shop):
    early = measure(shop, f"measure: {WAIT}, to: 40 min", as_of="2026-03-18")
    (result,) = early.results
    assert all(p.start <= date(2026, 3, 18) for p in result.series.points)
    assert [p.week for p in result.series.points if not p.whole] == ["2026-W12"]
    assert result.judged.data_until == date(2026, 3, 15)


def test_what_cannot_be_measured_says_why_and_what_can(shop):
    own = measure(
        shop,
        "measure: fewer unhappy riders, to: 3",
        "measure: repair-shop / Repair / happiness, to: 90 %",
        "measure: repair-shop / Drop off / promise.kept, to: 90 %",
        "measure: repair-shop / Drop off / wait_time.p85, to: 5 min",
        f"measure: {WAIT}, to: 90 %",
        f"measure: {WAIT}, to: 40 min",
    )
    refused = [r.refused for r in own.results]
    assert [r and r.code for r in refused] == ["VS057", "VS058", "VS068", "VS067", "VS060", None]
    assert "repair-shop / received.every" in refused[0].suggestion
    assert "repair-shop / Repair / received" in refused[1].suggestion
    assert "repair-shop / Drop off / elapsed_time.p85" in refused[2].suggestion
    assert "process_time.p85" in refused[3].suggestion
    assert own.results[5].state == "unknown"  # no day, no baseline: nothing to judge by
    assert "add 'by'" in own.results[5].judged.reason
    assert [r.line for r in refused[:5]] == [3, 4, 5, 6, 7]


def test_a_stream_without_its_log_refuses_its_key_results(tmp_path):
    lay(tmp_path, lambda _: 50, weeks=2)
    (tmp_path / "repairs.csv").unlink()
    own = measure(tmp_path, f"measure: {WAIT}, to: 40 min")
    assert own.results[0].refused.code == "VS069"
    assert own.state == "not measurable"


def test_check_ins_are_those_until_the_day(shop):
    said = "check-ins: [{on: 2026-05-02, confidence: 40 %}, {on: 2026-04-02}, {on: 2026-06-20}]"
    own = measure(shop, f"measure: {WAIT}, to: 40 min, {said}")
    assert [c.on for c in own.results[0].said] == [date(2026, 4, 2), date(2026, 5, 2)]


def test_the_document_holds_only_what_json_can(shop):
    import json

    own = measure(shop, f"measure: {WAIT}, to: 40 min, by: 2026-06-30", "measure: x, to: 3")
    written = json.loads(json.dumps(document([own], own.as_of)))
    (one, other) = written["objectives"][0]["key_results"]
    assert one["unit"] == "duration"
    assert len(one["history"]) == 21
    assert len(one["forecast"]) == 4
    assert other["refused"]["code"] == "VS057"


def test_goals_with_a_day_in_the_past_are_told_by_check(shop):
    path = goals(shop, f"measure: {WAIT}, from: 100 min, to: 40 min", more="period: 2026-Q1\n")
    assert [f.code for f in check([path], date(2026, 4, 1))] == ["VS062"]
    assert check([path], date(2026, 3, 31)) == ()
    assert SHARED in (shop / "valuestream.yaml").read_text()
