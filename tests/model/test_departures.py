"""Moves of an alignment read as people do."""

import pytest

from valuestream.model.alignment import Aligner
from valuestream.model.departures import departures, is_unfinished
from valuestream.model.net import net
from valuestream.model.stream import Stream

LINE = Stream.model_validate({"stream": "S", "steps": [{"step": letter} for letter in "ABCD"]})


def read(letters: str) -> list[str]:
    """`skipped B after A before C`, of a case in a line of A to D."""
    aligned = Aligner(net(LINE)).align(["ABCD".index(letter) for letter in letters])
    found = departures(aligned.moves)
    names = {None: "-", **dict(enumerate("ABCD"))}
    return [f"{d.what} {names[d.step]} {names[d.after]} {names[d.before]}" for d in found]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("ABCD", []),
        ("ACD", ["skipped B A C"]),
        ("AD", ["skipped B A D", "skipped C A D"]),
        ("ABCBD", ["repeated B C D"]),
        ("AABBCD", ["repeated A A B", "repeated B B C"]),
        # B belongs between A and C, and was done between C and D.
        ("ACBD", ["out of order B C D"]),
        ("BACD", ["out of order A B C"]),
        # Done late twice: once for the one skipped, once too often.
        ("ACBBD", ["out of order B C D", "repeated B C D"]),
        ("ABC", ["skipped D C -"]),
        ("", [f"skipped {letter} - -" for letter in "ABCD"]),
    ],
)
def test_what_became_of_a_step_and_between_which_steps(letters, expected):
    assert read(letters) == expected


def test_a_step_that_the_stream_never_comes_to_is_added():
    apart = Stream.model_validate(
        {
            "stream": "S",
            "steps": [{"step": "A", "then": "C"}, {"step": "B"}, {"step": "C", "end": True}],
        }
    )
    (found,) = departures(Aligner(net(apart)).align([0, 1, 2]).moves)
    assert found == ("added", 1, 0, 2)


@pytest.mark.parametrize(("letters", "expected"), [("ABC", True), ("ACD", False), ("ABCDA", False)])
def test_a_case_that_stops_before_an_end_is_unfinished(letters, expected):
    aligned = Aligner(net(LINE)).align(["ABCD".index(letter) for letter in letters])
    assert is_unfinished(aligned.moves) is expected
