"""What the rules of waste find in a made example, and what they leave alone beside it."""

from dataclasses import replace

import pytest
from seen_on_pages import DAY, HOUR, figures, given_up, growing, slow, switching

from valuestream.model.figures import Figures, Spread, Transition, Variant
from valuestream.model.findings import Finding
from valuestream.model.given_up import GivenUp, GivenUpAtStep
from valuestream.model.progress import Age, AgeAtStep
from valuestream.model.resources import Load, ResourceLoad, WaitCauses, Waits
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.review import review

CASES = 400


def stream(*steps: dict) -> Stream:
    named = [
        {"step": name, "by": f"Role {name}", "value": f"Has {name}", **step}
        for name, step in zip("abcdef", steps, strict=False)
    ]
    whole = {"customer": "C", "request": "R", "outcome": "O"}
    return Stream.model_validate({"stream": "S", **whole, "steps": named})


def found(code: str, of: Stream, seen: Seen | Figures | None = None) -> list[Finding]:
    return [f for f in review(of, seen) if f.code == code]


def with_step(of: Figures, place: int, **more: object) -> Figures:
    steps = list(of.steps)
    steps[place] = replace(steps[place], **more)
    return replace(of, steps=tuple(steps))


# A step that could go (VS211)

USELESS = stream({}, {"value": None}, {})


def test_a_step_that_gives_nothing_costs_its_wait_its_work_and_its_money():
    paid = stream({}, {"value": None, "cost": "30 EUR/h"}, {})
    (one,) = found("VS211", paid, figures(paid))
    assert (one.step, one.severity) == ("b", "warning")
    assert one.costs["seconds_per_case"] == 3 * HOUR
    assert one.costs["seconds"] == 3 * HOUR * CASES
    assert (one.costs["money_per_case"], one.costs["currency"]) == (30, "EUR")


@pytest.mark.parametrize(
    "harmless",
    [
        stream({}, {}, {}),
        stream({}, {"value": None, "gives": "A file"}, {"needs": "a FILE"}),
        stream({}, {"value": None, "then": [{"c": "50 %"}, {"d": "50 %"}]}, {"end": True}, {}),
        stream({"value": None}, {"value": None}, {}),
    ],
    ids=["has a value", "is needed later", "decides", "a stream of questions still"],
)
def test_a_step_with_a_reason_stays(harmless):
    assert found("VS211", harmless, figures(harmless)) == []


def test_a_check_without_value_that_sends_cases_back_stays():
    checks = with_step(figures(USELESS), 1, complete_accurate=0.95)
    assert found("VS211", USELESS, checks) == []
    nods = with_step(figures(USELESS), 1, complete_accurate=0.995)
    assert len(found("VS211", USELESS, nods)) == 1


def test_a_step_without_which_cases_end_differently_stays():
    def by_end(without: int) -> Figures:
        ways = (Variant(("a", "b", "c"), 300), Variant(("a", "c"), without))
        lost = Variant(("a",), 100 - without)
        return figures(USELESS, variants=(*ways, lost))

    assert found("VS211", USELESS, by_end(without=10)) == []
    assert len(found("VS211", USELESS, by_end(without=100))) == 1


def test_its_handoffs_are_said():
    load = Load((), 1200, 0, {("a", "b"): 300, ("b", "c"): 100, ("a", "c"): 50})
    (one,) = found("VS211", USELESS, Seen(figures(USELESS), load=load))
    assert one.costs["handoffs_per_case"] == 1.0


# Handed to and fro (VS212)


def to_and_fro(*roles: str, wait: str = "1 d") -> Stream:
    return stream(*({"by": role, "wait": wait} for role in roles))


def test_two_roles_in_turn_are_found_with_the_wait_after_the_first_handoff():
    (one,) = found("VS212", to_and_fro("X", "Y", "X", "Y"))
    assert one.message.startswith("'X' and 'Y' hand a case to and fro 3 times, from 'a' to 'd'")
    assert one.costs == {"seconds_per_case": 2 * DAY}


@pytest.mark.parametrize("roles", ["XYX", "XYZX", "XXYY", "XYZYX"])
def test_roles_that_do_not_take_turns_hand_over_as_they_must(roles):
    assert found("VS212", to_and_fro(*roles)) == []


def test_turns_that_few_cases_take_are_left_alone():
    of = to_and_fro("X", "Y", "X", "Y")
    assert len(found("VS212", of, figures(of))) == 1
    moves = tuple(replace(t, count=100) for t in figures(of).transitions)
    assert found("VS212", of, figures(of, transitions=moves)) == []


def test_steps_that_hand_back_are_found_and_those_that_do_seldom_not():
    of = stream({}, {}, {})

    def handing_back(count: int) -> Seen:
        back = Transition("b", "a", count, Spread(4 * HOUR))
        shown = figures(of, transitions=(*figures(of).transitions, back))
        return Seen(shown, load=Load((), 1200, 0, {("a", "b"): CASES, ("b", "a"): count}))

    (one,) = found("VS212", of, handing_back(300))
    assert one.costs["seconds_per_case"] == pytest.approx(300 / CASES * 6 * HOUR)
    assert found("VS212", of, handing_back(100)) == []


# Work in progress (VS213)


def test_work_in_progress_that_grows_is_found_and_what_varies_is_not():
    of = stream({}, {})
    (one,) = found("VS213", of, growing(of, 60))
    assert "work in progress grew from 26 to 54 cases" in one.message
    assert found("VS213", of, growing(of, 35)) == []


def test_work_that_grows_with_what_comes_is_a_growing_business():
    of = stream({}, {})
    seen = growing(of, 60)
    weeks = tuple(replace(week, arrivals=20 + 4 * n) for n, week in enumerate(seen.figures.weeks))
    assert found("VS213", of, replace(seen, figures=replace(seen.figures, weeks=weeks))) == []


def lying(cases: int, old: int, abandoned: int = 0) -> Seen:
    of = stream({}, {})
    day = Spread(DAY, DAY, DAY, DAY)
    at = AgeAtStep("b", cases, day, day, CASES, day, (cases, old, old))
    left = GivenUp(DAY, abandoned, {"b": GivenUpAtStep(abandoned, abandoned, None)})
    return Seen(figures(of), age=Age(None, cases, old, (at,)), given_up=left)


def test_old_unfinished_cases_are_found_but_for_those_given_up():
    of = stream({}, {})
    (one,) = found("VS213", of, lying(40, 25))
    assert (one.step, one.costs) == ("b", {"cases_waiting": 25})
    assert found("VS213", of, lying(40, 15)) == []
    assert found("VS213", of, lying(40, 25, abandoned=25)) == []
    assert found("VS213", of, lying(12, 12)) == []


# A check after a check (VS214)


def checks(first: str, second: str, by: str = "Boss", sent_back: float = 0.0) -> list[Finding]:
    of = stream({"step": first, "by": "Clerk"}, {"step": second, "by": by}, {})
    shown = with_step(figures(of), 1, complete_accurate=1 - sent_back)
    return found("VS214", of, shown)


def test_a_second_check_that_finds_nothing_is_found_with_its_cost():
    (one,) = checks("Check the invoice", "Approve the invoice")
    assert one.step == "Approve the invoice"
    assert one.costs["seconds_per_case"] == 3 * HOUR


def test_a_second_check_that_finds_something_or_is_none_stays():
    assert checks("Check the invoice", "Approve the invoice", sent_back=0.05) == []
    assert checks("Check the invoice", "Pay the invoice") == []
    assert checks("Check the invoice", "Approve the invoice", by="Clerk") == []
    assert checks("Check the plan", "Write the checklist") == []


def test_a_check_is_what_is_done_and_not_the_paper_that_is_handled():
    assert checks("Credit check", "Manager approval")
    assert checks("Sign the confirmation", "Send the confirmation") == []
    assert checks("Order control units", "Ship the control units") == []


# Given up (VS215)


def test_work_that_is_given_up_costs_the_work_done_on_it():
    of = stream({}, {"cost": "60 EUR/h"}, {})
    (one,) = found("VS215", of, given_up(of, 100))
    assert (one.step, one.severity) == ("b", "warning")
    assert one.costs["work_seconds"] == 200 * HOUR
    assert one.costs["seconds_per_case"] == HOUR / 2
    assert (one.costs["money_per_case"], one.costs["currency"]) == (15, "EUR")
    assert found("VS215", of, given_up(of, 10)) == []


def test_a_step_at_which_most_cases_end_may_be_an_end_that_is_not_marked():
    of = stream({}, {}, {})
    few_reach_it = with_step(figures(of, completed_cases=300), 1, cases=150)
    (one,) = found("VS215", of, replace(given_up(of, 100), figures=few_reach_it))
    assert (one.severity, one.step) == ("note", "b")
    assert "'end: true'" in one.suggestion


# Switching (VS216)


def test_switching_is_a_finding_only_where_it_is_seen_to_cost_time():
    of = stream({}, {})
    (one,) = found("VS216", of, switching(of, 0.2, 6.0))
    assert one.costs["seconds_per_case"] == pytest.approx(0.5 * 0.2 * HOUR)
    assert found("VS216", of, switching(of, 0.05, 6.0)) == []
    assert found("VS216", of, switching(of, 0.2, 3.0)) == []
    assert found("VS216", of, switching(of, 0.2, 6.0, visits=50)) == []


# Skills (VS217)


def queued(scarce_does: int) -> Seen:
    """All wait for Ann, who alone does b; she does so many of the 400 visits of a."""
    of = stream({}, {}, {})
    ann = ResourceLoad("Ann", 400 + scarce_does, 400, 0, None, None, None,
                       {"a": scarce_does, "b": 400})  # fmt: skip
    ben = ResourceLoad("Ben", 400, 400, 0, None, None, None, {"a": 400 - scarce_does, "c": 400})
    split = WaitCauses(400, 10 * HOUR, 0.0, 9 * HOUR, 0.0, HOUR)
    return Seen(
        figures(of), load=Load((ann, ben), 1200, 0, {}), waits=Waits(split, {"b": split}, 400, 0)
    )


def test_whoever_cases_wait_for_should_not_do_what_others_do_too():
    of = stream({}, {}, {})
    (one,) = found("VS217", of, queued(200))
    assert (one.step, one.evidence["scarce_at"]) == ("a", "b")
    assert one.costs["work_seconds"] == 200 * HOUR
    assert found("VS217", of, queued(10)) == []
    assert found("VS217", of, queued(400)) == []


def test_a_dear_role_beside_a_cheap_one_is_noted_and_one_that_costs_nearly_the_same_is_not():
    def paid(doctor: str) -> Stream:
        return stream(
            {"by": ["Nurse", "Doctor"], "work": "30 min"},
            {"by": "Nurse", "cost": "40 EUR/h"},
            {"by": "Doctor", "cost": doctor},
        )

    (one,) = found("VS217", paid("160 EUR/h"))
    assert (one.severity, one.costs) == ("note", {"money_per_visit": 60})
    assert found("VS217", paid("60 EUR/h")) == []


# Waiting and rework, by cause and as a loop (VS201, VS202)


def waiting(**causes: float) -> str:
    of = stream({}, {}, {})
    hours = {"contention": 0.0, "priority": 0.0, "batching": 0.0, "outside": 0.0} | causes
    split = WaitCauses(CASES, sum(hours.values()), **hours)
    shown = with_step(figures(of), 2, wait_time=Spread(20 * HOUR))
    (one,) = found("VS201", of, Seen(shown, waits=Waits(split, {"c": split}, CASES, 0)))
    return one.message


def test_waiting_names_its_cause():
    assert "in the queue of whoever does it" in waiting(contention=3.0, outside=7.0)
    assert "at no work that the log shows" in waiting(contention=1.0, outside=9.0)
    assert "to be done in a row" in waiting(batching=6.0, outside=4.0)
    assert "that came later go first" in waiting(priority=6.0, outside=4.0)


def test_the_longest_of_waits_that_are_alike_is_a_note():
    of = stream({}, {}, {})

    def severity(hours: float) -> list[str]:
        waits = with_step(figures(of), 2, wait_time=Spread(hours * HOUR))
        return [one.severity for one in found("VS201", of, waits)]

    assert severity(20) == ["warning"]
    assert severity(7) == ["warning"]
    four = stream({}, {}, {}, {})
    waits = with_step(figures(four), 1, wait_time=Spread(6 * HOUR))
    waits = with_step(waits, 2, wait_time=Spread(3.5 * HOUR))
    assert [one.severity for one in found("VS201", four, waits)] == ["note"]


def test_a_loop_costs_the_repeats_of_all_its_steps():
    of = stream({}, {}, {}, {})
    shown = figures(of, transitions=(
        *figures(of).transitions, Transition("c", "b", 100, Spread(HOUR)),
    ))  # fmt: skip
    for place in (1, 2):
        shown = with_step(shown, place, visits=500, rework=0.25)
    (one,) = found("VS202", of, shown)
    assert one.costs["seconds_per_case"] == 2 * 100 * 3 * HOUR / CASES
    assert one.costs["work_seconds"] == 2 * 100 * HOUR


# Cases of one kind (VS601)


def test_slow_cases_cost_their_time_beyond_the_others_spread_over_all():
    of = stream({}, {})
    (one,) = found("VS601", of, slow(of, 9))
    assert one.message.startswith(
        "the 20 % of the cases with 'channel' 'post' take 9 d, the others 2 d"
    )
    assert one.costs["seconds_per_case"] == pytest.approx(0.2 * 7 * DAY)
    assert found("VS601", of, slow(of, 2.4)) == []
