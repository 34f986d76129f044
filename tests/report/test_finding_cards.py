"""Findings on cards: in order, with what they stand on, many of a kind as one."""

import re

from valuestream.model.figures import Figures, Spread, StepFigures
from valuestream.model.findings import Finding
from valuestream.report.finding_cards import cards

NONE = Figures("S", "declared", ())


def plain(texts):
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts]


def test_what_costs_a_case_most_time_comes_first_and_then_what_is_gravest():
    found = cards(
        (
            Finding("VS1", "note", "n"),
            Finding("VS2", "warning", "w"),
            Finding("VS3", "note", "small", costs={"seconds_per_case": 5.0}),
            Finding("VS4", "note", "large", costs={"seconds_per_case": 50.0}),
        ),
        NONE,
    )
    assert [card.code for card in found] == ["VS4", "VS3", "VS2", "VS1"]


def test_a_card_says_what_it_costs_what_it_stands_on_and_where():
    finding = Finding(
        "VS1", "warning", "it waits", "", (), "A",
        {"share_of_waiting": 0.72, "cases": 1200, "elapsed_time": False, "after": None},
        {"seconds_per_case": 540.0, "broken": 31},
        "/home/me/a.stream.yaml", 7,
    )  # fmt: skip
    [card] = cards((finding,), NONE)
    assert card.title == "It waits."
    assert card.suggestion == ""
    assert plain(card.facts) == [
        "costs 9 min a case",
        "broken 31",
        "share of waiting 72 %",
        "cases 1,200",
        "a.stream.yaml:7",
    ]


def test_many_of_a_kind_stand_on_one_card_under_the_rules_title():
    alike = [Finding("VS101", "warning", f"no value of {s}", "write it", step=s) for s in "ABCDE"]
    [card] = cards(alike, NONE)
    assert card.count == 5
    assert card.steps == ("A", "B", "C", "D", "E")
    assert card.title == "A step without value."


def test_of_very_many_the_first_in_the_text_are_named():
    alike = [
        Finding("VS101", "warning", "no value", place=("steps", i), step=str(i))
        for i in reversed(range(12))
    ]
    [card] = cards(alike, NONE)
    assert card.steps == (*map(str, range(10)), "and 2 more")


def test_three_of_a_kind_each_have_their_own_card():
    alike = [Finding("VS101", "warning", f"no value of {s}", step=s) for s in "ABC"]
    assert [card.title for card in cards(alike, NONE)] == [
        "No value of A.",
        "No value of B.",
        "No value of C.",
    ]


def test_a_finding_of_the_flow_shows_its_step_among_the_others():
    steps = tuple(StepFigures(n, wait_time=Spread(mean=m)) for n, m in (("a", 10), ("b", 90)))
    finding = Finding("VS201", "warning", "waits", step="b")
    [card] = cards((finding,), Figures("S", "measured", steps))
    picture = str(card.picture)
    assert picture.count("<rect") == 2
    assert re.search(r'class="own"[^>]*height="46.0"[^>]*><title>b<', picture)
    assert "The mean wait before each step; that of b is marked" in picture


def test_names_in_the_small_picture_are_text():
    steps = tuple(StepFigures(n, rework=0.5) for n in ("<b>", "c"))
    finding = Finding("VS202", "warning", "again", step="<b>")
    [card] = cards((finding,), Figures("S", "measured", steps))
    assert "<b>" not in str(card.picture)
    assert "&lt;b&gt;" in str(card.picture)


def test_a_finding_about_the_text_has_no_picture():
    steps = tuple(StepFigures(n, wait_time=Spread(mean=9)) for n in "ab")
    [card] = cards((Finding("VS101", "note", "x", step="a"),), Figures("S", "measured", steps))
    assert card.picture is None
