"""The main job in one go, for the hotel and for a log of one's own."""

from collections import Counter

import pytest

from valuestream.demo import run, workspace
from valuestream.demo.hotel_events import MINIBAR, Row
from valuestream.events import Columns
from valuestream.model.errors import InputError
from valuestream.text import load


def test_the_hotel_is_laid_measured_drawn_and_reported(hotel):
    demo, told = hotel
    for path in (demo.stream, demo.log, demo.picture, demo.page):
        assert path.parent == demo.folder
        assert path.stat().st_size > 1000
    assert told


def test_the_hotels_desk_is_what_the_review_finds(hotel):
    demo, _ = hotel
    assert demo.findings[0].step == "Check-in at the desk"


def test_the_hotels_promises_are_mostly_kept_but_at_the_desk(hotel):
    demo, _ = hotel
    kept = {s.step: s.promise.kept for s in demo.figures.steps if s.promise}
    desk = kept.pop("Check-in at the desk")
    assert 0.6 < desk < 0.75
    assert kept
    assert all(share > 0.8 for share in kept.values())


def test_the_hotels_minibar_is_in_no_step(hotel, log):
    demo, _ = hotel
    written = Counter(row.activity for row in log)
    assert demo.figures.unmapped == {MINIBAR: written[MINIBAR]}


def test_every_row_of_the_hotel_is_measured_but_the_faulty_four(hotel, log):
    demo, _ = hotel
    assert demo.figures.events == len(log) - 4


OWN = """\
Case ID,Activity,Complete Timestamp,Resource
1,Ask,2026-01-05T10:00:00,a
1,Answer,2026-01-05T12:00:00,b
2,Ask,2026-01-06T10:00:00,a
2,Answer,2026-01-06T11:00:00,b
2,Thank,2026-01-06T12:00:00,a
3,Ask,2026-01-07T10:00:00,a
3,Answer,2026-01-07T10:30:00,a
3,Thank,2026-01-07T12:00:00,a
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "questions.csv"
    path.write_text(OWN)
    return path


def test_of_ones_own_log_the_columns_are_guessed_and_shown(own, tmp_path):
    demo = run(tmp_path / "demo", own)
    assert demo.columns.case == "Case ID"
    assert demo.columns.activity == "Activity"
    assert demo.columns.resource == "Resource"
    assert '"Case ID"' in (demo.folder / workspace.WORKSPACE).read_text()


def test_of_ones_own_log_the_steps_are_its_activities_and_the_values_questions(own, tmp_path):
    demo = run(tmp_path / "demo", own)
    stream = load(demo.stream)
    assert [step.step for step in stream.steps] == ["Ask", "Answer", "Thank"]
    assert not any(step.has_value for step in stream.steps)
    assert demo.figures.cases == 3
    assert demo.page.name == "questions.html"


def test_columns_that_are_named_are_taken(tmp_path):
    path = tmp_path / "odd.csv"
    path.write_text(OWN.replace("Case ID", "x").replace("Activity", "y"))
    demo = run(tmp_path / "demo", path, Columns(case="x", activity="y"))
    assert demo.figures.cases == 3


def test_answers_that_a_person_gave_stay_when_the_demo_runs_again(own, tmp_path):
    demo = run(tmp_path / "demo", own)
    answered = demo.stream.read_text() + "# my answers\n"
    demo.stream.write_text(answered)
    run(tmp_path / "demo", own)
    assert demo.stream.read_text() == answered


def test_the_demo_of_one_log_is_not_laid_over_that_of_another(own, tmp_path):
    run(tmp_path / "demo", own)
    other = tmp_path / "other.csv"
    other.write_text(OWN)
    with pytest.raises(InputError, match="demo of another log"):
        run(tmp_path / "demo", other)


def test_a_log_that_is_not_there_is_said_in_a_sentence_and_lays_nothing(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv"):
        run(tmp_path / "demo", tmp_path / "none.csv")
    assert not (tmp_path / "demo").exists()


def test_the_columns_are_those_of_the_events(hotel):
    demo, _ = hotel
    first_line = demo.log.read_text(encoding="utf-8").partition("\n")[0]
    assert first_line.split(",") == list(Row._fields)


def test_the_hotels_page_tells_the_change_that_helped_from_the_one_that_did_not(hotel):
    demo, _ = hotel
    page = demo.whole.read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    says = page.partition('id="says"')[2].partition("</section>")[0]
    assert "“a second receptionist from 15:00 to 18:00” helped" in says
    assert "“a sign in the lobby shows the way to the desk” had no visible effect" in says


def test_a_log_of_ones_own_has_no_page_of_a_whole_workspace(own, tmp_path):
    assert run(tmp_path / "demo", own).whole is None
