"""A first stream from a log alone."""

import pytest

from valuestream import text
from valuestream.discover import first_stream
from valuestream.events import read


@pytest.fixture
def stream_of(tmp_path):
    def written(cases: list[list[str]], name: str = "Permit") -> str:
        quoted = [
            '{},"{}",2026-01-01 00:{:02}:{:02}'.format(
                number, activity.replace('"', '""'), place // 60, place % 60
            )
            for number, case in enumerate(cases)
            for place, activity in enumerate(case)
        ]
        path = tmp_path / "log.csv"
        path.write_text("case,activity,timestamp\n" + "\n".join(quoted) + "\n")
        with read(path) as events:
            return first_stream(events, name)

    return written


def test_steps_are_the_activities_in_the_order_of_their_usual_place(stream_of):
    # Usual places: Ask 0, Check (1/3 + 1/2) / 2, Repair 2/3, Give 1.
    written = stream_of([["Ask", "Check", "Repair", "Give"], ["Ask", "Check", "Give"]])
    found = text.parse(written)
    assert [step.step for step in found.stream.steps] == ["Ask", "Check", "Repair", "Give"]
    assert all(step.value.is_open for step in found.stream.steps)
    assert not [f for f in found.findings if f.severity == "error"]


@pytest.mark.parametrize(
    "name",
    ["a: b # c", "- x", "[1, 2]", 'say "yes"', "it's", "null", "1.5", "Prüfung 審査", "a\\b"],
)
def test_names_read_back_as_they_are_in_the_log(stream_of, name):
    found = text.parse(stream_of([[name, "End"]], name))
    assert found.stream.stream == name
    assert found.stream.steps[0].step == name


def test_of_many_activities_those_of_the_most_cases_are_taken_and_the_rest_is_named(stream_of):
    written = stream_of([[f"Usual {n:02}" for n in range(25)]] * 9 + [["Seldom", "Rare"]])
    names = [step.step for step in text.parse(written).stream.steps]
    assert names == [f"Usual {n:02}" for n in range(25)]
    assert "# Left out" in written
    assert "Seldom (1)" in written
    assert "Rare (1)" in written
