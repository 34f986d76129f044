"""Logs that are no stream yet: a readable result, and a sentence that says what to do."""

import random

import pytest

from valuestream import text


def said(found) -> str:
    return " ".join(found.says)


def checks(found) -> bool:
    return not [f for f in text.parse(found.text).findings if f.severity == "error"]


def test_a_single_event(found_in):
    found = found_in([["Ask"]])
    assert (found.steps, checks(found)) == (1, True)
    assert "one case" in said(found)


def test_one_case(found_in):
    found = found_in([["Ask", "Give"]])
    assert (found.steps, found.explained, checks(found)) == (2, 1.0, True)
    assert "add more cases" in said(found)


def test_cases_of_one_visit_each(found_in):
    assert "--case" in said(found_in([["Ask"], ["Give"], ["Ask"]]))


def test_spaghetti_of_600_activities_stays_readable(found_in):
    chance = random.Random(1)
    names = [f"Activity {n:03}" for n in range(600)]
    found = found_in([chance.choices(names, k=20) for _ in range(300)])
    stream = text.parse(found.text).stream
    assert 1 < found.steps <= 25
    assert sum(len(step.then) for step in stream.steps) <= 2 * found.steps
    assert "600 activities" in said(found)
    assert "'events'" in said(found)
    assert "and 54" in found.text, "the rest is counted, not listed"
    assert checks(found)


def test_only_rare_variants(found_in):
    chance = random.Random(1)
    found = found_in([chance.sample("ABCDEFGHIJKL", 12) for _ in range(100)])
    assert found.explained < 0.5
    assert "100 different ways" in said(found)
    assert checks(found)


def test_visits_that_have_not_ended_are_said(tmp_path):
    from valuestream.discover import discover
    from valuestream.events import read
    from valuestream.events.errors import EventsError

    path = tmp_path / "log.csv"
    path.write_text("case,activity,start,end\n1,Ask,2026-01-01T09:00:00Z,\n")
    with read(path) as events, pytest.raises(EventsError, match="no visit has ended"):
        discover(events, "S")


@pytest.mark.parametrize(
    "names",
    [
        ("together", "share", "then"),
        ("a*", "A*", "b"),
        (" led", "trailed ", "a\tb"),
        ("A+B", "A-B", "A/B"),
        ("{x}: y", "# no comment", "- z"),
        ("x" * 3000, "y" * 300, "z"),
        ("Ü\u0085", "\u200b", "\U0001f600"),
    ],
)
def test_any_names_give_a_stream_whose_steps_have_their_visits(tmp_path, found_in, names):
    from valuestream.events import read
    from valuestream.measure import measure

    found = found_in([list(names)] * 6 + [list(names)[::2]] * 6)
    assert checks(found)
    with read(tmp_path / "log.csv") as events:
        figures = measure(text.parse(found.text).stream, events)
    assert not figures.unmapped
    assert all(step.visits for step in figures.steps)
