"""The structure that a log was made with is found: order, branches, loops, parallel steps."""

import random
import re

import pytest

from conftest import course_of, generated, noisy, ways, ways_of
from valuestream import text

SEEDS = range(30)


def in_line(chance):
    return noisy("ABCDE", chance)


def branch(chance):
    return noisy("ABD" if chance.random() < 0.7 else "ACD", chance)


def loop(chance):
    case = "ABC"
    while chance.random() < 0.25:
        case += "RBC"
    return noisy(case + "D", chance)


def parallel(chance):
    middle = ["B", "C", "D"]
    chance.shuffle(middle)
    return noisy(["A", *middle, "E"], chance)


def branches_at_the_same_time(chance):
    """B then C, and X, in any order."""
    middle = list("BC")
    middle.insert(chance.randrange(3), "X")
    return noisy(["A", *middle, "E"], chance)


MODELS = {
    in_line: r"ABCDE",
    branch: r"A[BC]D",
    loop: r"ABC(RBC)*D",
    parallel: r"A(BCD|BDC|CBD|CDB|DBC|DCB)E",
    branches_at_the_same_time: r"A(BCX|BXC|XBC)E",
}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_line_has_one_way_on_from_each_step(seed):
    found, names = course_of(generated(seed, in_line))
    assert names == list("ABCDE")
    assert [[way.to for way in ways] for ways in found.ways] == [[(1,)], [(2,)], [(3,)], [(4,)], []]
    assert found.ends == {4}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_branch_has_the_shares_of_its_cases(seed):
    found = ways_of(generated(seed, branch))
    assert set(found["A"]) == {("B",), ("C",)}
    assert found["A"][("B",)] == pytest.approx(0.7, abs=0.11)
    assert set(found["B"]) == set(found["C"]) == {("D",)}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_loop_is_a_way_back(seed):
    cases = generated(seed, loop)
    found = ways_of(cases)
    _, names = course_of(cases)
    assert found["R"] == {("B",): 1.0}
    assert names.index("B") < names.index("R")
    assert set(found["C"]) == {("R",), ("D",)}
    assert found["C"][("R",)] == pytest.approx(0.25, abs=0.11)


@pytest.mark.parametrize("seed", SEEDS)
def test_exchangeable_steps_run_together(seed):
    found = ways_of(generated(seed, parallel))
    ((to, share),) = found["A"].items()
    assert (set(to), share) == (set("BCD"), 1.0)
    assert all(found[step] == {("E",): 1.0} for step in "BCD")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_branch_that_runs_beside_another_keeps_its_order(seed):
    found = ways_of(generated(seed, branches_at_the_same_time))
    ((to, _),) = found["A"].items()
    assert set(to) == {"B", "X"}
    assert found["B"] == {("C",): 1.0}
    assert found["C"] == found["X"] == {("E",): 1.0}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_share_explained_is_that_of_the_cases_of_the_structure(model, seed):
    cases = ["".join(case) for case in generated(seed, model)]
    share = sum(bool(re.fullmatch(MODELS[model], case)) for case in cases) / len(cases)
    assert course_of(cases)[0].explained == pytest.approx(share)


@pytest.mark.parametrize("model", MODELS)
def test_neither_the_order_of_cases_nor_names_matter(model):
    cases = generated(7, model)
    shuffled = random.Random(1).sample(cases, len(cases))
    new = dict(zip("ABCDERX", ("m", "c", "z", "q", "k", "a", "w"), strict=True))
    found = ways_of([[new[step] for step in case] for case in shuffled])
    expected = ways_of(cases)
    assert {a: {frozenset(to): s for to, s in on.items()} for a, on in found.items()} == {
        new[a]: {frozenset(new[t] for t in to): s for to, s in on.items()}
        for a, on in expected.items()
    }


@pytest.mark.parametrize("model", MODELS)
def test_the_text_says_what_was_found(found_in, model):
    cases = generated(3, model, cases=60)
    found = found_in(cases)
    written = ways(text.parse(found.text).stream)
    expected = ways_of(cases)
    assert found.explained == course_of(cases)[0].explained
    assert {a: {frozenset(to) for to in on} for a, on in written.items()} == {
        a: {frozenset(to) for to in on} for a, on in expected.items()
    }


def test_steps_that_overlap_run_together_though_one_always_starts_first(tmp_path):
    from valuestream.discover import discover
    from valuestream.events import read

    rows = ["case,activity,start,end"]
    for case in range(20):
        day = f"2026-01-{case + 1:02}T"
        rows += [
            f"{case},{activity},{day}{start}:00Z,{day}{end}:00Z"
            for activity, start, end in (
                ("Ask", "08:00", "08:10"),
                ("Pack", "09:00", "10:00"),
                ("Invoice", "09:05", "09:45"),
                ("Send", "11:00", "11:10"),
            )
        ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(rows) + "\n")
    with read(path) as events:
        found = discover(events, "Order")
    assert ways(text.parse(found.text).stream)["Ask"] == {("Pack", "Invoice"): 1.0}
    assert found.explained == 1.0


def test_where_cases_start_with_either_of_two_steps_it_is_said(found_in):
    found = found_in([["Credit", "Income", "Decide"], ["Income", "Credit", "Decide"]] * 20)
    assert any("'Credit' and 'Income' come in either order" in said for said in found.says)
