"""The text of a discovered stream: what a person reads and answers next."""

import pytest

from valuestream import text
from valuestream.events import read
from valuestream.measure import measure


def test_every_step_asks_for_its_value_and_nothing_is_promised(stream_of):
    stream = stream_of([["Ask", "Check", "Repair", "Give"], ["Ask", "Check", "Give"]])
    assert [step.step for step in stream.steps] == ["Ask", "Check", "Repair", "Give"]
    assert all(step.value.is_open and step.value.promise is None for step in stream.steps)


@pytest.mark.parametrize(
    "name",
    ["a: b # c", "- x", "[1, 2]", 'say "yes"', "it's", "null", "1.5", "Prüfung 審査", "a\\b"],
)
def test_names_read_back_as_they_are_in_the_log(stream_of, name):
    assert stream_of([[name, "End"]]).steps[0].step == name


def test_of_many_activities_those_of_the_most_cases_are_taken_and_the_rest_is_named(found_in):
    found = found_in([[f"Usual {n:02}" for n in range(25)]] * 9 + [["Seldom", "Rare"]])
    names = [step.step for step in text.parse(found.text).stream.steps]
    assert names == [f"Usual {n:02}" for n in range(25)]
    assert found.left_out == {"Seldom": 1, "Rare": 1}
    assert "Seldom (1)" in found.text
    assert "1 of the 10 cases have none of its steps" in " ".join(found.says)


def test_fewer_steps_can_be_asked_for(stream_of):
    assert len(stream_of(["ABCDEF"] * 5, steps=3).steps) == 3


def test_what_few_cases_have_is_no_step(stream_of):
    stream = stream_of(["ABC"] * 97 + ["ABXC"] * 3)
    assert [step.step for step in stream.steps] == ["A", "B", "C"]


def test_a_lower_cover_writes_fewer_ways(found_in):
    cases = ["ABD"] * 70 + ["AD"] * 30
    full, little = found_in(cases), found_in(cases, cover=0.6)
    assert full.explained >= 0.9
    assert 0.6 <= little.explained < full.explained
    assert f"{little.explained:.0%}".replace("%", " %") in little.text


def test_spellings_of_one_name_are_one_step(stream_of):
    stream = stream_of([["Ask", "Check  it", "Give"], ["Ask", "check it", "Give"]] * 5)
    assert [step.step for step in stream.steps] == ["Ask", "Check it", "Give"]
    assert set(stream.steps[1].listed) == {"Check  it", "check it"}


def test_ways_to_do_one_thing_are_one_step(stream_of):
    stream = stream_of([["Ask", "Pay cash", "Go"], ["Ask", "Pay stamps", "Go"]] * 5)
    assert stream.steps[1].step == "Pay"
    assert set(stream.steps[1].listed) == {"Pay cash", "Pay stamps"}


def test_outcomes_of_one_thing_stay_apart(stream_of):
    stream = stream_of([["Ask", "Approve it"], ["Ask", "Refuse it"]] * 5)
    assert len(stream.steps) == 3


def test_the_same_log_gives_the_same_bytes(found_in):
    cases = [list("ABCD"), list("ACBD"), list("ABD")] * 5
    assert found_in(cases).text == found_in(cases).text


LOG = """case,activity,start,end,resource,role
1,Ask,2026-01-05T09:00Z,2026-01-05T09:10Z,Ann,Desk
1,Make,2026-01-05T10:10Z,2026-01-05T11:10Z,Bob,Works
1,Make,2026-01-05T11:40Z,2026-01-05T12:10Z,Bob,Works
1,Give,2026-01-05T13:10Z,2026-01-05T13:20Z,Ann,Desk
2,Ask,2026-01-06T09:00Z,2026-01-06T09:30Z,Eve,Desk
2,Make,2026-01-06T10:30Z,2026-01-06T11:00Z,Bob,Works
2,Give,2026-01-06T12:00Z,2026-01-06T12:10Z,Eve,Desk
"""


def test_declared_figures_are_those_that_measuring_gives(tmp_path):
    from valuestream.discover import discover

    path = tmp_path / "log.csv"
    path.write_text(LOG)
    with read(path) as events:
        stream = text.parse(discover(events, "S").text).stream
        figures = measure(stream, events)
    ask, make, give = stream.steps
    assert (ask.work.expected, make.work.expected) == (20 * 60, 40 * 60)
    assert (ask.wait, make.wait, give.wait) == (None, 50 * 60, 60 * 60)
    assert (ask.by, make.by) == (("Desk",), ("Works",))
    for step, measured in zip(stream.steps, figures.steps, strict=True):
        assert step.right == pytest.approx(measured.complete_accurate, abs=0.005)
