"""What sequences of steps cost against a stream: worked out by hand, by PM4Py, and plainly."""

import pytest
from blocks import least_cost, streams
from hypothesis import given, settings
from hypothesis import strategies as st

from valuestream.model.alignment import Aligner
from valuestream.model.net import MOST_STATES, NetError, net
from valuestream.model.stream import Stream


def stream(**ways) -> Stream:
    """Steps named by letters, in order: what is written for each of them."""
    steps = [{"step": name, **written} for name, written in ways.items()]
    return Stream.model_validate({"stream": "S", "steps": steps})


def cost(on: Stream, letters: str) -> int:
    return Aligner(net(on)).align([on.place(letter) for letter in letters]).cost


def moves(on: Stream, letters: str) -> str:
    """`A` done, `-B` skipped, `+C` added."""
    aligned = Aligner(net(on)).align([on.place(letter) for letter in letters])
    signs = {"done": "", "skipped": "-", "added": "+"}
    return " ".join(signs[kind] + on.steps[step].step for kind, step in aligned.moves)


LINE = stream(A={}, B={}, C={})
BRANCHED = stream(
    A={"then": [{"B": "30 %"}, {"C": "70 %"}]},
    B={"then": "D"},
    C={"then": [{"A": "10 %"}, {"D": "90 %"}]},
    D={"end": True},
)
TOGETHER = stream(
    A={"then": {"together": ["B", "D"]}},
    B={},
    C={"then": [{"B": "10 %"}, {"F": "90 %"}]},
    D={"then": [{"E": "50 %"}, {"F": "50 %"}]},
    E={"then": "F"},
    F={"end": True},
)
PARTLY = stream(
    A={"then": {"C": "40 %"}, "end": True}, B={}, C={"then": {"C": "20 %"}, "end": True}
)


@pytest.mark.parametrize(
    ("on", "costs"),
    [
        (LINE, {"ABC": 0, "": 3, "AC": 1, "CBA": 4, "ABBC": 1, "ACB": 2, "ABCABC": 3}),
        (BRANCHED, {"ABD": 0, "ACACD": 0, "ABCD": 1, "AD": 1, "ACABD": 0, "DCA": 4, "BBBB": 5}),
        (
            TOGETHER,
            {"ABCDF": 0, "ADEBCF": 0, "ABDCEF": 0, "ABCBCDF": 0, "ABCF": 1, "AEDBCF": 1, "F": 4}
            | {"ADEBCDEF": 2, "ACBDF": 2, "FDCBA": 6},
        ),
        (PARTLY, {"A": 0, "ACCC": 0, "AB": 1, "C": 1, "": 1, "ABC": 1}),
    ],
)
def test_costs_are_those_of_pm4py(on, costs):
    # Computed with PM4Py 2.7.23's alignments, on Petri nets of the same ways.
    assert {letters: cost(on, letters) for letters in costs} == costs


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_costs_are_the_least_that_a_plain_search_finds(data):
    on, block = data.draw(streams())
    names = [step.step for step in on.steps]
    aligner = Aligner(net(on))
    for steps in data.draw(st.lists(st.lists(st.sampled_from(names), max_size=9), max_size=5)):
        places = [names.index(step) for step in steps]
        aligned = aligner.align(places)
        assert aligned.cost == least_cost(block, steps)
        kinds = [kind for kind, _ in aligned.moves]
        assert aligned.cost == kinds.count("skipped") + kinds.count("added")
        # What was not skipped is the sequence, and what was not added is a way through the stream.
        assert [step for kind, step in aligned.moves if kind != "skipped"] == places
        way = [names[step] for kind, step in aligned.moves if kind != "added"]
        assert least_cost(block, way) == 0


@settings(max_examples=50, deadline=None)
@given(streams())
def test_the_shortest_way_is_what_an_empty_case_costs(made):
    on, block = made
    assert Aligner(net(on)).shortest == least_cost(block, [])


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("AC", "A -B C"),
        ("ABBC", "A B +B C"),
        # Both B skipped in place and done later, and C done too early, cost 2: the first is read.
        ("ACB", "A -B C +B"),
        ("", "-A -B -C"),
    ],
)
def test_of_several_optimal_alignments_one_is_settled(letters, expected):
    assert moves(LINE, letters) == expected


def test_of_several_ways_to_skip_the_one_written_first_is_taken():
    assert moves(BRANCHED, "AD") == "A -B D"


def test_who_leaves_ways_taken_together_drops_what_the_others_had_to_do():
    on = stream(
        A={"then": {"together": ["B", "C"]}},
        B={"then": [{"A": "10 %"}, {"E": "80 %"}, {"D": "10 %"}]},
        C={"then": "E"},
        D={"end": True},
        E={"end": True},
    )
    for letters in ("ABCE", "ACBE", "ABABCE", "ACBABCE", "ABD", "ACBD"):
        assert cost(on, letters) == 0, letters
    # Going back, C is to be done anew; after leaving for D, it is not done any more.
    assert cost(on, "ACBABE") == 1
    assert cost(on, "ABDC") == 1


def test_ways_that_never_meet_are_over_when_each_of_them_is():
    on = stream(
        A={"then": {"together": ["B", "C"]}}, B={"end": True}, C={"then": "D"}, D={"end": True}
    )
    assert [cost(on, letters) for letters in ("ABCD", "ACBD", "ACDB", "ACD", "AB")] == [
        0,
        0,
        0,
        1,
        2,
    ]


def test_ways_together_within_ways_together_meet_from_the_inside_out():
    on = stream(
        A={"then": {"together": ["B", "F"]}},
        B={"then": {"together": ["C", "D"]}},
        C={"then": "E"},
        D={"then": "E"},
        E={"then": "G"},
        F={"then": "G"},
        G={"end": True},
    )
    assert [cost(on, letters) for letters in ("ABDFCEG", "AFBCDEG", "ABCEDFG")] == [0, 0, 2]
    # Both may meet at the same step.
    one = stream(
        A={"then": {"together": ["B", "E"]}},
        B={"then": {"together": ["C", "D"]}},
        C={"then": "F"},
        D={"then": "F"},
        E={},
        F={},
    )
    assert [cost(one, letters) for letters in ("ABCDEF", "AEBDCF", "ABCEF")] == [0, 0, 1]


def test_a_way_taken_together_may_lead_where_the_others_meet():
    on = stream(A={"then": {"together": ["B", "C"]}}, B={}, C={})
    assert [cost(on, letters) for letters in ("ABC", "AC", "ACB")] == [0, 1, 2]


def test_a_stream_without_an_end_is_told_so():
    on = stream(A={"then": "B"}, B={"then": "A"}, C={"end": True})
    with pytest.raises(NetError, match="no case of 'S' ever ends: from 'A' every way goes round"):
        net(on)


def test_too_many_ways_side_by_side_are_told_so():
    many = {f"S{n}": {"then": "Z"} for n in range(13)}
    on = stream(A={"then": {"together": list(many)}}, **many, Z={})
    with pytest.raises(NetError, match=f"after 'A' .* more than {MOST_STATES:,} states"):
        net(on)


def test_a_long_sequence_takes_no_more_than_a_moment_a_visit():
    on = stream(**{f"S{n}": {} for n in range(40)})
    aligned = Aligner(net(on)).align(list(range(40)) * 2_000)
    assert aligned.cost == 40 * 1_999
