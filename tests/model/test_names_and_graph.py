"""Names, ids, and which step comes before which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuestream.model.consistency import inconsistencies
from valuestream.model.graph import graph
from valuestream.model.names import did_you_mean, identify, nearest
from valuestream.model.stream import Stream


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Check-in at the desk", "check-in-at-the-desk"), ("  Café & Bar ", "cafe-bar"),
        ("Žádost", "zadost"), ("Прийом їжі", "прийом-їжі"), ("办理入住", "办理入住"),
        ("Straße", "strasse"), ("Ελλάδα", "ελλάδα"), ("İstanbul", "istanbul"),
        ("Ångström", "angstrom"),
        ("a_b", "a-b"), ("№ 1", "no-1"), ("!!!", "unnamed"), ("", "unnamed"), ("😀", "unnamed"),
    ],
)  # fmt: skip
def test_an_id_keeps_letters_and_digits_of_every_script(name, key):
    assert identify(name) == key


@given(st.text(max_size=40))
def test_an_id_is_one_word_and_its_own_id(name):
    key = identify(name)
    assert key
    assert not any(c.isspace() or c == "/" for c in key)
    assert identify(key) == key


def test_the_nearest_name_is_found_whatever_its_case():
    known = ["value", "receives", "Check-in at the desk"]
    assert nearest("vaule", known) == "value"
    assert nearest("RECIEVES", known) == "receives"
    assert nearest("check in at desk", known) == "Check-in at the desk"
    assert nearest("zzz", known) is None
    assert nearest("x", []) is None
    assert nearest("luggaje", ["Luggage", "luggage"]) == "Luggage"


def test_words_that_begin_a_name_or_are_in_it_name_it():
    long = "Settled in a room I like, knowing all that the hotel offers"
    known = ["Not settled in a room I like, but in one that was free that evening", "Fed", long]
    assert nearest("settled in a room I like", known) == long
    assert nearest("one that was free", known) == known[0]
    assert nearest("a", known) is None


def test_a_message_names_the_nearest_else_the_first_few():
    assert did_you_mean("vaule", ["value"]) == "did you mean 'value'?"
    assert did_you_mean("zzz", ["a", "b"]) == "known are a, b"
    assert did_you_mean("zzz", []) == "none is known here"
    assert did_you_mean("zzz", [f"n{i}" for i in range(100)]).endswith("n4 and 95 more")


def stream(**ways):
    steps = [{"step": name, **({"then": way} if way else {})} for name, way in ways.items()]
    return Stream.model_validate({"stream": "S", "steps": steps})


def earlier(made, one, than):
    return graph(made).is_earlier(made.place(one), made.place(than))


def test_in_a_line_every_step_above_is_earlier():
    line = stream(A=None, B=None, C=None)
    assert earlier(line, "A", "C")
    assert not earlier(line, "C", "A")
    assert not earlier(line, "B", "B")


def test_steps_of_other_branches_are_not_earlier():
    parted = stream(A={"B": "50 %", "C": "50 %"}, B="D", C=None, D=None)
    assert earlier(parted, "B", "D")
    assert not earlier(parted, "B", "C")
    assert not earlier(parted, "C", "B")


def test_a_way_back_makes_nothing_earlier():
    loop = stream(A=None, B=[{"A": "10 %"}, "C"], C=None)
    assert not earlier(loop, "B", "A")
    assert not earlier(loop, "C", "A")


def test_ways_without_a_share_divide_what_is_left():
    ways = graph(stream(A=[{"B": "40 %"}, "C", "D"], B=None, C=None, D=None)).ways[0]
    assert [way.share for way in ways] == pytest.approx([0.4, 0.3, 0.3])


def test_a_step_is_found_by_name_and_id_whatever_the_case():
    made = stream(**{"Check-in": None})
    assert made.place("check-in") == made.place("CHECK-IN") == made.place("Check-in") == 0
    assert made.place("nothing") is None


def found(*steps, **more):
    context = {"inconsistencies": []}
    data = {"stream": "S", "steps": list(steps), **more}
    made = Stream.model_validate(data, context=context)
    assert context["inconsistencies"] == inconsistencies(made)
    return [(i.place, i.message) for i in context["inconsistencies"]]


def test_shares_of_ways_meet_at_one():
    b, c = {"step": "B"}, {"step": "C"}
    assert found({"step": "A", "then": {"B": "50 %", "C": "50 %"}}, b, c) == []
    assert found({"step": "A", "then": {"B": 0.1, "C": 0.2, "A": 0.7}}, b, c) == []
    assert found({"step": "A", "then": {"B": "50 %"}, "end": True}, b) == []
    assert found({"step": "A", "then": [{"B": "50 %"}, "C"]}, b, c) == []
    ((place, message),) = found({"step": "A", "then": {"B": "60 %", "C": "50 %"}}, b, c)
    assert place == ("steps", 0, "then")
    assert "110 %" in message


def test_changes_of_scenarios_name_steps_of_the_stream():
    change = [{"step": "X"}, {"step": "A", "then": ["Y"]}]
    places = [place for place, _ in found({"step": "A"}, scenarios={"s": {"change": change}})]
    assert places == [
        ("scenarios", "s", "change", 0, "step"),
        ("scenarios", "s", "change", 1, "then", 0),
    ]


def test_without_a_place_to_collect_them_the_first_ones_are_raised():
    with pytest.raises(ValueError, match="no step is named 'X'"):
        stream(A="X")


def test_an_activity_that_two_steps_list_is_told_at_the_second():
    steps = [{"step": "A", "events": ["x"]}, {"step": "B", "events": ["y", "x"]}]
    with pytest.raises(ValueError, match="the activity 'x' belongs to 'A' already"):
        Stream.model_validate({"stream": "S", "steps": steps})
