"""The smallest streams are the smallest: all sets of steps say so."""

from random import Random
from time import process_time

import pytest
from design_made import all_values, ends, lacking, made, random_problem, value

from valuestream.design.hitting import bound, lightest
from valuestream.design.instance import Instance
from valuestream.design.landmarks import landmark
from valuestream.design.plan import smallest
from valuestream.design.problem import Problem
from valuestream.design.searching import ANY_TIME, search, until
from valuestream.model.errors import InputError


@pytest.mark.parametrize("by", ["steps", "time", "cost"])
def test_the_best_is_the_best_of_all_sets(by):
    rng, complete = Random(f"best by {by}"), 0
    for _ in range(100):
        problem = random_problem(rng, by, most=8)
        best = min((found for found, _ in all_values(problem)), default=None)
        if best is None:
            with pytest.raises(InputError, match="needs itself"):
                smallest(problem)
            continue
        plan = smallest(problem, seconds=20)[0]
        complete += 1
        assert plan.is_proven
        assert value(problem, plan.steps, plan.gaps) == best
        assert (len(plan.gaps), plan.size) == (best[0], best[3])
        if by != "steps" and plan.known_part is not None:
            assert plan.known_part == pytest.approx(best[2])
        assert plan.is_whole == (by == "steps" or best[:2] == (0, 0))
    assert complete > 60


@pytest.mark.parametrize("by", ["steps", "cost"])
def test_alternatives_are_the_next_best_without_a_step_too_many(by):
    rng = Random(f"alternatives by {by}")
    seen = 0
    for _ in range(60):
        problem = random_problem(rng, by, most=7)
        found = sorted(all_values(problem), key=lambda one: (one[0], sorted(map(str, one[1]))))
        sets = [steps for _, steps in found]
        minimal = [(v, s) for v, s in found if not any(other < s for other in sets)]
        if not minimal:
            continue
        plans = smallest(problem, most=4, seconds=20)
        seen += len(plans) > 1
        assert len(plans) == min(4, len(minimal))
        assert [value(problem, p.steps, p.gaps) for p in plans] == [v for v, _ in minimal[:4]]
        assert len({frozenset(p.steps) | frozenset(p.gaps) for p in plans}) == len(plans)
    assert seen > 15


def test_every_need_is_met_before_and_no_step_is_too_many():
    rng = Random(3)
    for number in range(120):
        problem = random_problem(rng, ("steps", "time", "cost")[number % 3])
        try:
            plan = smallest(problem)[0]
        except InputError:
            continue
        there = set(problem.brought) | set(plan.gaps)
        for step in plan.known:
            assert step.needs <= there
            there |= step.gives
        assert set(problem.goals) <= there
        if problem.by != "time":
            for gone in plan.steps:
                rest = tuple(step for step in plan.steps if step != gone)
                assert value(problem, rest, plan.gaps) is None
        else:
            own = value(problem, plan.steps, plan.gaps)
            for gone in plan.steps:
                rest = tuple(step for step in plan.steps if step != gone)
                without = value(problem, rest, plan.gaps)
                assert without is None or without > own


def random_instance(rng: Random) -> Instance:
    things, needs, gives = rng.randint(2, 8), [], []
    for _ in range(rng.randint(1, 9)):
        gives.append(frozenset(rng.sample(range(things), rng.randint(1, 2))))
        needs.append(frozenset(rng.sample(range(things), rng.randint(0, 2))) - gives[-1])
    goals = frozenset(rng.sample(range(things), min(things, 2)))
    lasts = tuple(rng.randint(0, 4) for _ in needs)
    return Instance(tuple(needs), tuple(gives), lasts, goals)


def test_a_landmark_is_met_by_every_complete_set_and_by_no_claimed_step():
    rng, looked = Random(5), 0
    for _ in range(400):
        one = random_instance(rng)
        steps = range(len(one.needs))
        latest = rng.choice([ANY_TIME, rng.randint(0, 12)])
        if one.done_by(steps) > latest:
            continue
        claimed = {step for step in steps if rng.random() < 0.4}
        found = landmark(one, frozenset(steps), claimed, latest)
        assert (found is None) == (one.done_by(claimed) <= latest)
        if found is None:
            continue
        looked += 1
        assert not found & claimed
        for mask in range(1 << len(one.needs)):
            chosen = {step for step in steps if mask >> step & 1}
            if not chosen & found:
                assert one.done_by(chosen) > latest
    assert looked > 100


def test_deadlines_with_any_weights():
    rng = Random(7)
    for _ in range(200):
        one = random_instance(rng)
        weights = [rng.randint(0, 5) for _ in one.needs]
        latest = rng.randint(0, 12)
        sets = (
            [s for s in range(len(weights)) if mask >> s & 1] for mask in range(1 << len(weights))
        )
        complete = [sum(weights[s] for s in own) for own in sets if one.done_by(own) <= latest]
        found = search(one, weights, until(20), latest=latest)
        assert (found.weight if found else None) == min(complete, default=None)
        assert found is None or (found.is_proven and one.done_by(found.steps) <= latest)


def test_the_lightest_hitting_set_and_its_bound():
    rng = Random(11)
    for _ in range(200):
        weights = [rng.randint(0, 6) for _ in range(9)]
        sets = [
            frozenset(rng.sample(range(9), rng.randint(1, 4))) for _ in range(rng.randint(1, 8))
        ]
        best = min(
            sum(weights[s] for s in range(9) if mask >> s & 1)
            for mask in range(1 << 9)
            if all(any(mask >> s & 1 for s in one) for one in sets)
        )
        hit = lightest(sets, weights, 0, until(20))
        assert (hit.weight, hit.least) == (best, best)
        assert bound(sets, weights) <= best
        assert all(one & hit.steps for one in sets)


def test_a_chosen_giver_is_the_only_one():
    rows = [
        ("A", set(), {"x"}, 1.0, None),
        ("B", {"y"}, {"x"}, 1.0, None),
        ("C", set(), {"y"}, 1.0, None),
    ]
    library = made(rows)
    assert smallest(Problem(library, ("x",)))[0].steps == (0,)
    assert smallest(Problem(library, ("x",), chosen={"x": 1}))[0].steps == (2, 1)
    left = smallest(Problem(library, ("x",), chosen={"x": 1, "y": -1}))[0]
    assert (left.steps, left.gaps) == ((1,), ("y",))


def test_fewest_gaps_come_before_fewest_steps():
    rows = [
        ("Short", {"nobody's"}, {"x"}, 1.0, None),
        ("Long", {"y"}, {"x"}, 1.0, None),
        ("First", {"z"}, {"y"}, 1.0, None),
        ("Before", set(), {"z"}, 1.0, None),
    ]
    plan = smallest(Problem(made(rows), ("x",)))[0]
    assert (plan.steps, plan.gaps) == ((3, 2, 1), ())
    assert lacking(plan.problem) == ["nobody's"]


def test_a_circle_is_named_with_its_steps_and_avoided_where_it_can_be():
    rows = [
        ("Sign", {"contract"}, {"signature"}, None, None),
        ("Draw up", {"signature"}, {"contract"}, None, None),
    ]
    with pytest.raises(InputError) as error:
        smallest(Problem(made(rows), ("contract",)))
    said = str(error.value)
    assert "'contract' needs itself in a circle" in said
    assert all(word in said for word in ("Sign", "Draw up", "s.stream.yaml:1:1", "brings"))
    assert smallest(Problem(made(rows), ("contract",), frozenset({"signature"})))[0].steps == (1,)
    with_way_out = [*rows, ("Take the old one", set(), {"contract"}, None, None)]
    assert smallest(Problem(made(with_way_out), ("signature",)))[0].steps == (2, 0)


def test_a_step_that_needs_what_only_it_gives():
    rows = [("Wait", {"x"}, {"x"}, None, None)]
    with pytest.raises(InputError, match="'x' needs itself: 'x' for 'x' \\(Wait"):
        smallest(Problem(made(rows), ("x",)))


def test_costs_of_two_currencies_are_not_added():
    library = made([("A", set(), {"x"}, None, 2.0), ("B", {"x"}, {"y"}, None, 3.0)])
    steps = list(library.steps)
    object.__setattr__(steps[1], "money", (3.0, "USD"))
    object.__setattr__(library, "steps", tuple(steps))
    with pytest.raises(InputError, match="several currencies"):
        smallest(Problem(library, ("y",), by="cost"))


def large(rng: Random, things: int, layered: bool) -> Problem:
    """2,000 steps; what the first twentieth of the things is, the customer brings."""
    rows = []
    for n in range(2000):
        gives = set(rng.sample(range(things), rng.randint(1, 2)))
        room = min(gives) if layered else things
        needs = set(rng.sample(range(room), min(room, rng.randint(1, 3)))) - gives
        named = {f"t{t}" for t in needs}, {f"t{t}" for t in gives}
        rows.append((f"S{n}", *named, float(rng.randint(1, 60)), float(rng.randint(1, 9))))
    brought = frozenset(f"t{t}" for t in range(things // 20))
    return made(rows), tuple(f"t{things - n}" for n in (1, 2, 3)), brought


@pytest.mark.parametrize("by", ["steps", "time", "cost"])
@pytest.mark.parametrize("things", [100, 1000])
def test_two_thousand_steps_take_seconds_not_minutes(by, things):
    for layered in (True, False):
        library, goals, brought = large(Random(things), things, layered)
        problem = Problem(library, goals, brought, by)
        began = process_time()
        plan = smallest(problem)[0]
        assert (
            process_time() - began < 10
        )  # about half a second on a machine with nothing else to do
        assert set(goals) <= ends(problem, plan.steps, plan.gaps).keys()


def test_where_nothing_can_be_proven_in_the_time_that_is_said():
    rng = Random(1)
    rows = [
        (f"S{n}", set(), {f"t{t}" for t in rng.sample(range(300), 4)}, None, None)
        for n in range(2000)
    ]
    goals = tuple(sorted({g for _, _, gives, _, _ in rows for g in gives}))
    began = process_time()
    plan = smallest(Problem(made(rows), goals), seconds=0.3)[0]
    assert process_time() - began < 10
    assert not plan.is_proven
    assert 75 <= plan.least <= plan.size < 120
    assert set(goals) <= ends(plan.problem, plan.steps, ()).keys()
