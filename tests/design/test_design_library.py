"""What is known: the steps of the templates and of workspaces."""

from pathlib import Path

import pytest

from valuestream.design.library import library, money_of, seconds_of
from valuestream.design.plan import smallest
from valuestream.design.problem import Problem, outcome
from valuestream.model.errors import InputError
from valuestream.model.graph import graph
from valuestream.model.money import Cost
from valuestream.model.names import identify
from valuestream.model.stream import Step
from valuestream.templates import templates
from valuestream.text import parse
from valuestream.text.folder import read_folders

REAL = [t for t in templates() if t.name != "blank"]
BROUGHT = frozenset({"order", "referral"})


@pytest.mark.parametrize("found", REAL, ids=lambda t: t.name)
def test_each_templates_outcome_is_reached_by_its_own_steps(found):
    stream = parse(found.text).stream
    known = library()
    goal = outcome(stream.outcome, known)
    for by in ("steps", "time"):
        plan = smallest(Problem(known, (goal,), BROUGHT, by))[0]
        assert plan.gaps == ()
        assert {step.home.stream for step in plan.known} == {found.name}


def test_no_two_templates_give_the_same_and_each_step_says_what_it_gives():
    giver: dict[str, str] = {}
    for template in REAL:
        for step in parse(template.text).stream.steps:
            assert step.gives, (template.name, step.step)
            for thing in map(identify, step.gives):
                assert giver.setdefault(thing, template.name) == template.name


def test_a_stream_made_from_a_template_does_not_offer_its_steps_twice(tmp_path: Path):
    hotel = next(t for t in REAL if t.name == "hotel-check-in")
    (tmp_path / "own.stream.yaml").write_text(hotel.text)
    found = library(read_folders([tmp_path]))
    own = [s for s in found.steps if s.name == "Welcome e-mail"]
    assert [s.home.origin for s in own] == ["workspace"]
    assert own[0].where == "own.stream.yaml:9:11"
    assert len(found.steps) == len(library().steps)


def test_own_steps_are_taken_where_others_are_as_good(tmp_path: Path):
    text = "stream: Own\nsteps:\n  - {step: Bring it home, needs: parcel on its way, gives: goods delivered}\n"
    (tmp_path / "own.stream.yaml").write_text(text)
    found = library(read_folders([tmp_path]))
    plan = smallest(Problem(found, ("goods-delivered",), frozenset({"parcel-on-its-way"})))[0]
    assert [s.name for s in plan.known] == ["Bring it home"]


def test_what_is_to_be_designed_is_not_known(tmp_path: Path):
    text = "stream: Own\nsteps:\n  - {step: To be designed (x), value: 'TODO: what?', gives: x}\n"
    (tmp_path / "own.stream.yaml").write_text(text)
    assert library(read_folders([tmp_path]), templates=False).steps == ()


def test_an_outcome_that_nothing_gives_names_the_nearest():
    with pytest.raises(InputError, match="no known step gives 'setled'; did you mean 'settled'"):
        outcome("setled", library())
    with pytest.raises(InputError, match="no step is known"):
        outcome("settled", library(templates=False))


@pytest.mark.parametrize(
    ("written", "seconds", "money"),
    [
        ({}, None, None),
        ({"work": "1 h"}, 3600, None),
        ({"wait": "1 h"}, 3600, None),
        ({"work": "1 h", "wait": "30 min", "cost": "12 EUR/h"}, 5400, (12, "EUR")),
        ({"cost": "3.50 EUR"}, None, (3.5, "EUR")),
        ({"cost": "12 EUR/h"}, None, None),
        ({"work": "30 min", "by": ["Desk", "Bell"]}, 1800, (14, "EUR")),
        ({"work": "30 min", "by": ["Desk", "Nobody"]}, 1800, None),
        ({"work": "30 min", "by": ["Desk", "Abroad"]}, 1800, None),
    ],
)
def test_what_a_step_takes_and_costs_is_declared_or_not_known(written, seconds, money):
    costs = {"Desk": "18 EUR/h", "Bell": "10 EUR/h", "Abroad": "9 USD/h"}
    step = Step.model_validate({"step": "A", **written})
    assert seconds_of(step) == seconds
    assert money_of(step, {name: Cost.parse(text) for name, text in costs.items()}) == money


def test_the_last_step_gives_the_outcome():
    for template in REAL:
        stream = parse(template.text).stream
        last = [s.step for p, s in enumerate(stream.steps) if not graph(stream).ahead[p]]
        givers = [s.name for s in library().steps if identify(stream.outcome) in s.gives]
        assert givers == last
