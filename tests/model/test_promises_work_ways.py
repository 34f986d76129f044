"""Promises, work and ways on as texts write them."""

import pytest

from valuestream.model.promises import Condition, Promise, Within
from valuestream.model.stream import Step, Stream
from valuestream.model.ways import Onward
from valuestream.model.work import Work


def minutes(number):
    return number * 60


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("within 10 min", Within(600)),
        ("within 10 min of arriving at the desk", Within(600)),
        ("within 1 h 30 min of the start", Within(5400, "start")),
        ("within 2 d of the request", Within(172_800, "request")),
        ("within 2 d of request", Within(172_800, "request")),
        ("within 2 h of Receive the goods", Within(7200, "step", "Receive the goods")),
        ("within 2 h after Pay", Within(7200, "step", "Pay")),
        ("rating >= 4", Condition("rating", ">=", 4.0)),
        ("rating>4", Condition("rating", ">", 4.0)),
        ("channel = web", Condition("channel", "=", "web")),
        ("channel == 'web'", Condition("channel", "=", "web")),
        ("channel != web shop", Condition("channel", "!=", "web shop")),
        ("`room rating` <= 3.5", Condition("room rating", "<=", 3.5)),
    ],
)
def test_a_promise_is_a_limit_on_time_or_a_condition(text, term):
    assert Promise.parse(text).terms == (term,)
    assert str(Promise.parse(text)) == text


def test_several_conditions_must_all_hold():
    terms = Promise.parse("rating >= 4 and channel = web").terms
    assert [t.attribute for t in terms] == ["rating", "channel"]


@pytest.mark.parametrize(
    "text",
    ["quickly", "", "within", "within soon", "within 4", 3, None, "rating >=", ">= 4", "a and b",
     "a = = b"],
)  # fmt: skip
def test_what_is_no_promise_says_so(text):
    with pytest.raises(ValueError, match=r"promise|duration"):
        Promise.parse(text)


def work(written):
    return Step.model_validate({"step": "A", "work": written}).work


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4 min", 4),
        ("3 to 8 min", 5.5),
        ("30 s to 1.5 min", 1),
        ({"distribution": "exponential", "mean": "6 min"}, 6),
        ({"distribution": "lognormal", "mean": "6 min", "sd": "4 min"}, 6),
        ({"distribution": "uniform", "min": "0 s", "max": "4 min"}, 2),
        ({"distribution": "triangular", "min": "1 min", "mode": "2 min", "max": "6 min"}, 3),
        ({"distribution": "empirical", "values": ["1 min", "5 min"]}, 3),
    ],
)
def test_work_has_an_expected_duration(written, expected):
    assert work(written).expected == pytest.approx(minutes(expected))


def test_a_range_is_a_guess():
    assert work("3 to 8 min").guess
    assert not work("4 min").guess


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({"distribution": "gamma", "mean": "4 min"}, "gamma work also needs sd"),
        ({"distribution": "empirical", "values": []}, "also needs values"),
        ({"distribution": "uniform", "min": "4 min", "max": "1 min"}, "must not fall"),
        ("8 to 3 min", "must not fall"),
        ("9" * 300 + " w", "1,000 years"),
        ("3 to many", "no unit of time"),
    ],
)
def test_what_is_no_work_says_why(written, words):
    with pytest.raises(ValueError, match=r".") as raised:
        work(written)
    assert words in str(raised.value)


@pytest.mark.parametrize("value", [Work(distribution="constant", mean="4 min")])
def test_work_may_be_given_as_itself(value):
    assert work(value) == value


def then(written):
    return Step.model_validate({"step": "A", "then": written}).then


@pytest.mark.parametrize(
    ("written", "ways"),
    [
        ("B", (Onward(("B",)),)),
        (["B", "C"], (Onward(("B",)), Onward(("C",)))),
        ({"B": "20 %", "C": 0.8}, (Onward(("B",), 0.2), Onward(("C",), 0.8))),
        ([{"B": "5 %"}, "C"], (Onward(("B",), 0.05), Onward(("C",)))),
        ({"together": ["B", "C"]}, (Onward(("B", "C")),)),
        (
            [{"together": ["B", "C"], "share": "40 %"}, "D"],
            (Onward(("B", "C"), 0.4), Onward(("D",))),
        ),
    ],
)
def test_ways_on_are_names_shares_and_ways_taken_together(written, ways):
    assert then(written) == ways


@pytest.mark.parametrize(
    "written", ["", 3, [3], [""], {"B": "most"}, {"together": ["B"]}, [{"B": "5 %", "C": "5 %"}],
                {"together": ["B", 3]}, {"together": ["B", "C"], "when": "x"}]
)  # fmt: skip
def test_what_is_no_way_on_is_refused(written):
    with pytest.raises(ValueError, match=r"then"):
        then(written)


def test_ways_are_written_as_they_are_read():
    for written in (["B", {"C": "20 %"}], [{"together": ["B", "C"], "share": "40 %"}]):
        step = Step.model_validate({"step": "A", "then": written})
        assert step.model_dump()["then"] == tuple(written)


def test_a_date_is_a_date_and_a_flag_a_flag():
    def deliver(on):
        steps = [{"step": "A"}]
        deliveries = [{"on": on, "what": "x"}]
        return Stream.model_validate({"stream": "S", "steps": steps, "deliveries": deliveries})

    assert deliver("2026-06-30").deliveries[0].on.month == 6
    for on in (0, 86_400, "20260630", "1751241600", "2026-02-30", "30.6.2026", None, True):
        with pytest.raises(ValueError, match=r"no date|no day"):
            deliver(on)
    for end in ("yes", 1, "true", "on"):
        with pytest.raises(ValueError, match="boolean"):
            Step.model_validate({"step": "A", "end": end})
