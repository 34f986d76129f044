"""The words of every finding, as a reader sees them: a change of them shows here."""

import pytest

from valuestream.model.figures import Figures, Kept, Spread, StepFigures, Transition
from valuestream.model.stream import Stream
from valuestream.review import review

HOUR = 3600.0


def desk(**more: object) -> Stream:
    steps = [
        {"step": "Book", "by": "Reservations", "value": "Knows that the room is there"},
        {"step": "Arrive", "by": "Bell desk", "value": "Need not carry the luggage"},
        {"step": "Check in", "by": "Reception", "value": "Has the key"},
    ]
    whole = {"customer": "Guest", "request": "A booking", "outcome": "Settled", "steps": steps}
    return Stream.model_validate({"stream": "Hotel", **whole, **more})


def with_step(place: int, **keys: object) -> Stream:
    steps = [step.model_dump(exclude_defaults=True) for step in desk().steps]
    steps[place] |= keys
    return desk(steps=[{k: v for k, v in step.items() if v is not None} for step in steps])


def measured(cases: int = 4812, **more: dict) -> Figures:
    names = ("Book", "Arrive", "Check in")
    steps = tuple(
        StepFigures(
            n, **{"visits": cases, "cases": cases, "rework": 0.0} | more.get(n.split()[0], {})
        )
        for n in names
    )
    moves = (("Book", "Arrive"), ("Arrive", "Check in"))
    transitions = tuple(Transition(a, b, cases, Spread()) for a, b in moves)
    return Figures("Hotel", "measured", steps, cases=cases, transitions=transitions)


def promising(kept: float | None, of: int, target: str | None) -> tuple[Stream, Figures]:
    value = {"receives": "Has the key", "promise": "within 10 min", "keep": target}
    stream = with_step(2, value={k: v for k, v in value.items() if v})
    share = stream.steps[2].value.keep
    return stream, measured(Check={"promise": Kept(kept, of, share)})


def spread(seconds: float) -> Spread:
    return Spread(mean=seconds)


WAITS = measured(Arrive={"wait_time": spread(60)}, Check={"wait_time": spread(2 * HOUR)})
ELAPSED = measured(Arrive={"elapsed_time": spread(60)}, Check={"elapsed_time": spread(2 * HOUR)})
REPEATED = measured(
    Check={"visits": 6012, "rework": 0.2, "complete_accurate": 0.9, "elapsed_time": spread(600)}
)

FOUND = {
    "step without value": (
        with_step(2, value=None), measured(),
        "VS101 warning ('steps', 2)",
        "nobody has said what the customer receives from 'Check in'",
        "write its value in the words of the Guest, or ask why the step exists",
    ),
    "step with a question for a value": (
        with_step(2, value="TODO: What?"), measured(),
        "VS101 warning ('steps', 2, 'value')",
        "nobody has said what the customer receives from 'Check in'",
        "write its value in the words of the Guest, or ask why the step exists",
    ),
    "same value": (
        with_step(2, value="need NOT carry the luggage!"), measured(),
        "VS102 warning ('steps', 2, 'value')",
        "'Check in' gives the same value as 'Arrive'",
        "make one step of the two, or say what this one adds for the customer",
    ),
    "nobody does it": (
        with_step(2, by=None), measured(),
        "VS103 note ('steps', 2)",
        "nobody is said to do 'Check in'",
        "name the role with 'by'",
    ),
    "no customer": (
        desk(customer=None), measured(),
        "VS104 warning ()",
        "the stream does not say who its customer is",
        "name whoever makes the request and receives the value with 'customer'",
    ),
    "no request": (
        desk(request=None), measured(),
        "VS105 note ()",
        "the stream does not say what starts it",
        "name the moment at which the customer asks with 'request'",
    ),
    "no outcome": (
        desk(outcome=None), measured(),
        "VS106 note ()",
        "the stream does not say what the customer holds at its end",
        "say what the customer has when all is done with 'outcome'",
    ),
    "waiting, measured": (
        desk(), WAITS,
        "VS201 warning ('steps', 2)",
        "99 % of all waiting is before 'Check in': 2 h a case, measured on 4,812 cases",
        "look at the queue before 'Check in': more people at its busy hours, less work in it, "
        "or work that can be done before or beside it",
    ),
    "waiting, in a log of instants": (
        desk(), ELAPSED,
        "VS201 warning ('steps', 2)",
        "99 % of all time passes before the end of 'Check in': 2 h a case, measured on 4,812 cases",
        "see whether cases lie before 'Check in' or are long in work, which this log does not "
        "tell; note when the work starts, too",
    ),
    "repeated, measured": (
        desk(), REPEATED,
        "VS202 warning ('steps', 2)",
        "20 % of all cases come back to 'Check in', measured on 4,812 cases",
        "see what the cases that come back to 'Check in' have in common; mend it where it begins",
    ),
    "repeated, declared": (
        with_step(2, right="75 %"), None,
        "VS202 warning ('steps', 2)",
        "25 % of the visits to 'Check in' are repeats, as declared",
        "see what the cases that come back to 'Check in' have in common; mend it where it begins",
    ),
    "repeated by a way back, declared": (
        with_step(2, then=[{"Arrive": "20 %"}], end=True), None,
        "VS202 warning ('steps', 1)",
        "20 % of the visits to 'Arrive' are repeats, mostly after 'Check in', as declared",
        "see what the cases that come back to 'Arrive' have in common; mend it where it begins",
    ),
    "promise not kept": (
        *promising(0.61, 4812, "90 %"),
        "VS301 warning ('steps', 2, 'value', 'promise')",
        "'Check in' promises 'within 10 min', and 61 % of the 4,812 visits measured keep it, not 90 %",
        "see what sets the visits apart that break it; change the step, or the promise",
    ),
    "promise nearly kept": (
        *promising(0.8961, 40000, "90 %"),
        "VS301 warning ('steps', 2, 'value', 'promise')",
        "'Check in' promises 'within 10 min', and 89.6 % of the 40,000 visits measured keep it, "
        "not 90.0 %",
        "see what sets the visits apart that break it; change the step, or the promise",
    ),
    "promise without a target, mostly broken": (
        *promising(0.2, 400, None),
        "VS301 note ('steps', 2, 'value', 'promise')",
        "'Check in' promises 'within 10 min', and 20 % of the 400 visits measured keep it",
        "see what sets the visits apart that break it; change the step, or the promise",
    ),
    "promise that nothing could be seen of": (
        *promising(None, 0, "90 %"),
        "VS301 note ('steps', 2, 'value', 'promise')",
        "'Check in' promises 'within 10 min', and no visit could be checked for it",
        "see whether the log has what the promise needs",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_a_finding_reads(name):
    stream, figures, head, message, suggestion = FOUND[name]
    (found,) = review(stream, figures)
    assert f"{found.code} {found.severity} {found.place}" == head
    assert (found.message, found.suggestion) == (message, suggestion)


def test_where_nothing_is_wrong_nothing_is_said():
    assert review(desk(), measured()) == ()


def test_waiting_has_its_share_its_seconds_and_its_cases():
    (found,) = review(desk(), WAITS)
    share = 7200 / 7260
    assert found.evidence == {"share_of_waiting": share, "cases": 4812, "elapsed_time": False}
    assert found.costs == {"seconds_per_case": 7200, "seconds": 7200 * 4812}


def test_repeats_cost_the_time_of_the_visits_beyond_each_cases_first():
    (found,) = review(desk(), REPEATED)
    assert found.costs["repeated_visits"] == 1200
    assert found.costs["seconds_per_case"] == pytest.approx(1200 * 600 / 4812)
    assert found.costs["seconds"] == pytest.approx(1200 * 600)
    assert (found.evidence["rework"], found.evidence["complete_accurate"]) == (0.2, 0.9)


def test_what_repeats_cost_is_absent_where_no_time_is_known():
    unknown = measured(Check={"visits": 6012, "rework": 0.2})
    (found,) = review(desk(), unknown)
    assert found.costs == {"repeated_visits": 1200}


def test_a_promise_names_its_target_and_the_visits_that_broke_it():
    (found,) = review(*promising(0.61, 4812, "90 %"))
    assert found.evidence == {"kept": 0.61, "of": 4812, "target": 0.9}
    assert found.costs == {"broken": 1877}
