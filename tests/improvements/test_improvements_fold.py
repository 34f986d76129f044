"""Acts become improvements whatever the order of their lines; what contradicts is named."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from acts_made import DESK, NOW, data, line
from hypothesis import given
from hypothesis import strategies as st

from valuestream.improvements import KINDS, Board, deliveries, fold, read_lines
from valuestream.improvements.lines import Read
from valuestream.improvements.pages import PAGES
from valuestream.model.stream import Delivery

ALL = (
    line(0, "find", message="Guests wait"),
    line(1, "accept"),
    line(2, "decide", "Ben", words="A second desk"),
    line(4, "design", words="At four"),
    line(9, "roll-out", "Ben", words="A second desk at four"),
    line(30, "verify"),
)


def board(*lines: str) -> Board:
    return fold(read_lines(data(*lines), "improvements.jsonl"), NOW)


def codes(found: Board) -> list[tuple[str, int | None]]:
    return [(f.code, f.line) for f in found.faults]


def test_an_improvement_is_what_its_acts_made_of_it():
    found = board(*ALL)
    (own,) = found.improvements
    assert found.faults == ()
    assert (own.state, own.finding, own.place, own.owner) == ("verified", "VS201", DESK, "Ana")
    assert (own.message, own.done) == ("Guests wait", "A second desk at four")
    assert own.since == datetime(2026, 1, 31, tzinfo=UTC)
    assert own.age(NOW) == 121 * 86_400
    assert list(own.dates) == [k for k in KINDS if k != "drop"]


@pytest.mark.parametrize(
    ("so_far", "state"),
    [(1, "found"), (2, "accepted"), (3, "decided"), (4, "designed"), (5, "rolled out")],
)
def test_each_act_brings_it_into_a_state(so_far, state):
    assert board(*ALL[:so_far]).improvements[0].state == state


def test_a_small_one_needs_no_design():
    (own,) = board(*ALL[1:3], *ALL[4:]).improvements
    assert own.state == "verified"


def test_lines_in_any_order_and_twice_are_the_same_improvement():
    once = board(*ALL)
    assert board(*reversed(ALL), *ALL) == once


def test_acts_of_one_instant_follow_each_other_as_they_are_done():
    (own,) = board(*reversed([line(1, kind) for kind in KINDS if kind != "verify"])).improvements
    assert [act.kind for act in own.acts] == [kind for kind in KINDS if kind != "verify"]


def test_of_two_decisions_of_one_instant_the_same_counts_on_both_branches():
    rows = [line(1, "accept"), line(2, "decide", "Ben"), line(2, "decide", "Ana")]
    assert without_lines(board(*rows)) == without_lines(board(*reversed(rows)))


def test_verified_before_it_was_rolled_out_does_not_count():
    found = board(*ALL[:3], line(5, "verify"))
    assert found.improvements[0].state == "decided"
    assert codes(found) == [("VS083", 4)]
    assert "kone is decided and not rolled out" in found.faults[0].message


def test_of_a_drop_and_a_decision_on_two_branches_the_earlier_rules_and_the_other_is_named():
    dropped = board(line(1, "accept"), line(3, "decide", "Ben"), line(2, "drop"))
    assert dropped.improvements[0].state == "dropped"
    assert codes(dropped) == [("VS083", 2)]
    assert "was dropped on 2026-01-03" in dropped.faults[0].message
    decided = board(line(1, "accept"), line(3, "drop", "Ben"), line(2, "decide"))
    assert decided.improvements[0].state == "dropped"
    assert decided.faults == ()


def test_decided_by_two_people_apart_counts_once_and_both_are_named():
    found = board(line(1, "accept"), line(3, "decide", "Ben"), line(2, "decide", "Cleo"))
    assert found.improvements[0].dates["decide"].day == 3
    assert codes(found) == [("VS082", 2)]
    assert "'Ben' on 2026-01-04" in found.faults[0].message
    assert "'Cleo' on 2026-01-03" in found.faults[0].message


def test_one_id_of_two_findings_is_named():
    found = board(line(1, "accept"), line(2, "accept", finding="VS202"))
    assert found.improvements[0].finding == "VS201"
    assert codes(found) == [("VS084", 2)]


def test_a_finding_accepted_by_two_people_apart_is_named_until_one_is_dropped():
    twice = (line(1, "accept"), line(2, "accept", "Ben", case="ktwo"))
    found = board(*twice)
    assert [i.id for i in found.improvements] == ["kone", "ktwo"]
    assert [(f.code, f.line, f.severity) for f in found.faults] == [("VS085", 2, "warning")]
    assert board(*twice, line(3, "drop", case="ktwo")).faults == ()


def test_an_act_of_what_nobody_accepted_is_named():
    found = board(line(1, "decide"))
    assert (found.improvements, codes(found)) == ((), [("VS083", 1)])


def test_an_act_of_the_future_is_named_and_has_no_age():
    found = board(line(400, "accept"))
    assert codes(found) == [("VS086", 1)]
    assert found.improvements[0].age(NOW) == 0


def test_what_was_rolled_out_is_delivered_on_its_day_even_if_it_was_dropped_later():
    other = {"case": "ktwo", "finding": "VS202", "place": "hotel"}
    rows = (line(1, "accept", message="Repeats", **other), line(2, "decide", **other))
    found = board(*ALL, *rows, line(3, "roll-out", **other), line(5, "drop", **other))
    assert deliveries(found) == (
        Delivery(on="2026-01-04", what="Repeats", changes=("hotel",)),
        Delivery(on="2026-01-10", what="A second desk at four", changes=(DESK,)),
    )
    assert deliveries(board(*ALL[:4])) == ()


ACTS = st.builds(
    line,
    st.integers(0, 2),
    st.sampled_from(KINDS),
    st.sampled_from(["Ana", "Ben"]),
    st.sampled_from(["kone", "ktwo"]),
    finding=st.sampled_from(["VS201", "VS202"]),
)


def without_lines(found: Board) -> tuple[object, ...]:
    return found.improvements, {repr(replace(f, line=None)) for f in found.faults}


@given(base=st.lists(ACTS), ours=st.lists(ACTS), theirs=st.lists(ACTS), shuffled=st.randoms())
def test_any_union_of_two_branches_folds_to_the_same_board(base, ours, theirs, shuffled):
    merged = board(*base, *ours, *theirs)
    other = [*base, *theirs, *ours, *base]
    shuffled.shuffle(other)
    assert without_lines(merged) == without_lines(board(*other))


@given(st.lists(ACTS))
def test_each_act_counts_or_is_named(lines):
    read = read_lines(data(*lines), "improvements.jsonl")
    found = fold(read, NOW)
    counted = {act for own in found.improvements for act in own.acts}
    named = {f.line for f in found.faults if f.code in ("VS082", "VS083", "VS084")}
    first: dict[object, int] = {}
    for one in read.lines:
        first.setdefault(one.act, one.number)
    assert {act for act, number in first.items() if number not in named} == counted


@given(st.lists(ACTS))
def test_no_state_is_reached_without_what_it_needs(lines):
    for own in board(*lines).improvements:
        kinds = [act.kind for act in own.acts]
        assert kinds == sorted(kinds, key=KINDS.index)
        assert kinds[0] in ("find", "accept")
        assert "verify" not in kinds or "roll-out" in kinds
        assert not {"verify", "drop"} <= set(kinds)


def test_every_code_has_its_page():
    told = set()
    for lines in (
        ["{"],
        [line(1, "acept")],
        [line(1, "accept"), line(2, "accept")],
        [line(1, "verify")],
        [line(1, "accept"), line(2, "accept", finding="VS202")],
        [line(1, "accept"), line(2, "accept", case="ktwo")],
        [line(500, "accept")],
    ):
        told |= {f.code for f in board(*lines).faults}
    assert told | {"VS087"} == set(PAGES)


def test_an_empty_file_is_an_empty_board():
    assert fold(Read("improvements.jsonl"), NOW) == Board()
