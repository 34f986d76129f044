"""What each rule finds and what it leaves alone, and that its page tells the truth."""

import re
from dataclasses import replace

import pytest
from flow_on_pages import on_page
from ruamel.yaml import YAML

from valuestream.model.chance import wilson
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures, Kept, Spread, StepFigures, Transition
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.model.system import System
from valuestream.review import Rule, lacking, review, rules

SEEN = ("a", "b", "c")


def stream(**more: object) -> Stream:
    steps = [{"step": s, "by": "Team", "value": f"Has {s}"} for s in SEEN]
    whole = {"stream": "S", "customer": "C", "request": "R", "outcome": "O", "steps": steps}
    return Stream.model_validate(whole | more)


def figures(steps: dict[str, dict], cases: int = 100, transitions: tuple = ()) -> Figures:
    shown = tuple(StepFigures(s, visits=cases, cases=cases, **steps.get(s, {})) for s in SEEN)
    return Figures("S", "measured", shown, cases=cases, transitions=transitions)


def codes(stream_: Stream, figures_: Figures | Seen | None = None) -> list[str]:
    return [f.code for f in review(stream_, figures_)]


def waits(a: float, b: float, c: float, cases: int = 100) -> Figures:
    times = {s: {"wait_time": Spread(mean=w)} for s, w in zip(SEEN, (a, b, c), strict=True)}
    moves = tuple(Transition(a, b, cases, Spread()) for a, b in ("ab", "bc"))
    return figures(times, cases, moves)


def test_a_complete_stream_has_no_finding():
    assert codes(stream()) == []


@pytest.mark.parametrize(
    ("missing", "code"), [("customer", "VS104"), ("request", "VS105"), ("outcome", "VS106")]
)
def test_what_a_stream_does_not_say_is_found(missing, code):
    assert codes(stream(**{missing: None})) == [code]
    assert codes(stream(**{missing: "TODO: who?"})) == [code]


def test_a_step_without_value_is_found_at_its_place():
    steps = [{"step": "a", "by": "Team", "value": "TODO: What?"}, {"step": "b", "by": "Team"}]
    first, second = review(stream(steps=steps))
    assert (first.code, first.place, second.place) == ("VS101", ("steps", 0, "value"), ("steps", 1))
    assert second.message == "nobody has said what the customer receives from 'b'"


def test_the_same_value_twice_is_found_whatever_its_punctuation():
    steps = [
        {"step": "a", "by": "T", "value": "Knows the price."},
        {"step": "b", "by": "T", "value": "knows the price"},
    ]
    (found,) = review(stream(steps=steps))
    assert (found.code, found.step, found.evidence) == ("VS102", "b", {"same_as": "a"})


def test_a_step_that_nobody_does_is_found_once_for_all_or_one_by_one():
    alone = [{"step": s, "value": f"Has {s}"} for s in SEEN]
    assert codes(stream(steps=alone)) == ["VS103"]
    some = [alone[0] | {"by": "Team"}, *alone[1:]]
    assert codes(stream(steps=some)) == ["VS103", "VS103"]


def test_the_step_that_holds_most_of_the_waiting_is_found_with_its_cost():
    (found,) = review(stream(), waits(0, 60, 600))
    assert found.code == "VS201"
    assert (
        found.message == "91 % of all waiting is before 'c': 10 min a case, measured on 100 cases"
    )
    assert found.costs == {"seconds_per_case": 600, "seconds": 60000}


def test_waiting_that_is_spread_evenly_or_seen_on_few_cases_is_no_finding():
    assert codes(stream(), waits(50, 60, 55)) == []
    assert codes(stream(), waits(0, 60, 600, cases=19)) == []


def test_the_longest_of_many_waits_is_no_finding_below_a_third_of_all():
    def ten_steps(longest: str) -> Stream:
        waits = [longest, *["1 h"] * 9]
        return stream(steps=[
            {"step": f"s{i}", "by": "T", "value": f"v{i}", "wait": w} for i, w in enumerate(waits)
        ])  # fmt: skip

    assert codes(ten_steps("4 h")) == []  # 31 %, three times what is fair
    assert codes(ten_steps("5 h")) == ["VS201"]  # 36 %


def test_without_waits_the_elapsed_time_stands_and_the_finding_says_so():
    times = {s: {"elapsed_time": Spread(mean=t)} for s, t in zip("bc", (60, 6000), strict=True)}
    moves = tuple(Transition(a, b, 100, Spread()) for a, b in ("ab", "bc"))
    (found,) = review(stream(), figures(times, transitions=moves))
    assert "of all time passes before the end of 'c'" in found.message


def test_the_step_most_repeated_is_found_with_where_cases_come_from():
    moves = (Transition("c", "b", 30, Spread()), Transition("b", "b", 4, Spread()))
    found = review(stream(), figures({"b": {"rework": 0.3}, "c": {"rework": 0.1}}, 100, moves))
    assert [f.code for f in found] == ["VS202", "VS503"]
    assert found[0].message.startswith("30 % of all cases come back to 'b', mostly after 'c'")


def test_where_some_waits_are_unknown_the_elapsed_time_stands_for_all():
    times = {
        "b": {"wait_time": Spread(mean=60), "elapsed_time": Spread(mean=90)},
        "c": {"elapsed_time": Spread(mean=6000)},
    }
    moves = tuple(Transition(a, b, 100, Spread()) for a, b in ("ab", "bc"))
    (found,) = review(stream(), figures(times, transitions=moves))
    assert (found.step, found.evidence["elapsed_time"]) == ("c", True)


def test_figures_of_another_stream_are_refused():
    other = replace(figures({}), stream="T", steps=(StepFigures("x"),))
    with pytest.raises(InputError, match="figures of 'T' are not of the steps of 'S'"):
        review(stream(), other)


def test_findings_of_a_kind_stand_in_the_order_of_the_text():
    steps = [{"step": f"s{i}", "by": "T"} for i in range(12)]
    assert [f.step for f in review(stream(steps=steps))] == [f"s{i}" for i in range(12)]


def test_signs_without_letters_are_the_same_only_where_they_are_the_same():
    def values(*texts: str) -> Stream:
        named = zip(SEEN, texts, strict=False)
        return stream(steps=[{"step": s, "by": "T", "value": v} for s, v in named])

    assert codes(values("\N{KEY}", "\N{BED}")) == []
    assert codes(values("\N{KEY}", "\N{KEY}")) == ["VS102"]


def test_rework_that_chance_may_bring_about_is_no_finding():
    assert codes(stream(), figures({"b": {"rework": 0.07}}, 100)) == []
    assert codes(stream(), figures({"b": {"rework": 0.9}}, 19)) == []
    rare = figures({"b": {"rework": 0.6}}, 1000)
    few = replace(rare.steps[1], cases=50)  # 30 of 1,000 cases
    assert codes(stream(), replace(rare, steps=(rare.steps[0], few, rare.steps[2]))) == []


def promising(kept: float | None, of: int, target: float | None) -> list[str]:
    steps = [{"step": s, "by": "T", "value": f"Has {s}"} for s in SEEN]
    steps[1]["value"] = {"receives": "B", "promise": "within 5 min"}
    return codes(stream(steps=steps), figures({"b": {"promise": Kept(kept, of, target)}}))


def test_a_promise_not_kept_is_found_only_beyond_chance():
    assert promising(0.61, 400, 0.9) == ["VS301"]
    assert promising(0.80, 10, 0.9) == []
    assert promising(0.95, 400, 0.9) == []
    assert promising(0.20, 400, None) == ["VS301"]
    assert promising(0.70, 400, None) == []
    assert promising(0.48, 400, None) == []
    assert promising(None, 0, 0.9) == ["VS301"]


def test_the_gravest_and_costliest_come_first():
    found = review(stream(outcome=None, customer=None), waits(0, 60, 600))
    assert [f.code for f in found] == ["VS201", "VS104", "VS106"]


def test_what_a_text_lacks_needs_no_figures():
    assert [f.code for f in lacking(stream(outcome=None))] == ["VS106"]


def test_wilson_interval_of_a_known_example():
    # 9 of 10 (Brown, Cai, DasGupta 2001, table): 0.596 to 0.982
    assert wilson(0.9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(0.0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.code)
def test_each_rule_has_a_page_with_an_example_that_it_finds(rule: Rule):
    sections = ("What it finds:", "Why it matters:", "Example:", "Instead:", "How it is computed:")
    at = [rule.page.find(section) for section in sections]
    assert -1 < at[0] < at[1] < at[2] < at[3] < at[4]
    bad, good = (example(rule.page, after) for after in ("Example:", "Instead:"))
    assert rule.code in of_example(rule.code, bad, good=False)
    assert rule.code not in of_example(rule.code, good, good=True)


def of_example(code: str, shown: tuple[Stream, ...], good: bool) -> list[str]:
    """What is found of an example: a stream, or the streams of a workspace."""
    if len(shown) == 1:
        return codes(shown[0], on_page(code, shown[0], good=good))
    return [f.code for of in shown for f in lacking(of, System(shown))]


def example(page: str, after: str) -> tuple[Stream, ...]:
    block = re.search(r"\n\n((?:    .*\n?|\n)+)", page.partition(after)[2] + "\n")
    text = "\n".join(line[4:] for line in block[1].splitlines())
    steps = [{"step": "x", "value": "y"}]
    return tuple(
        Stream.model_validate(
            {"stream": "S", "steps": said} if isinstance(said, list) else {"steps": steps, **said}
        )
        for said in YAML(typ="safe", pure=True).load_all(text)
    )


def test_codes_are_unique_and_stay():
    assert [r.code for r in rules()] == [
        *("VS101", "VS102", "VS103", "VS104", "VS105", "VS106"),
        *("VS201", "VS202", "VS211", "VS212", "VS213", "VS214", "VS215", "VS216", "VS217"),
        *("VS301", "VS302", "VS303", "VS401", "VS402", "VS403", "VS404", "VS405"),
        *("VS501", "VS502", "VS503", "VS504", "VS505", "VS506", "VS507"),
        "VS601",
        *("VS701", "VS702", "VS703"),
    ]
