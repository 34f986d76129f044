"""Small problems made at random, and their best answers found by looking at all sets of steps."""

from itertools import combinations
from random import Random

from valuestream.design.library import Home, Known, Library
from valuestream.design.problem import Problem
from valuestream.model.stream import Step

Row = tuple[str, set[str], set[str], float | None, float | None]
"""Name, needs, gives, seconds, cost."""


def known(row: Row) -> Known:
    name, needs, gives, seconds, cost = row
    written = {"step": name, "needs": sorted(needs), "gives": sorted(gives)}
    return Known(
        Step.model_validate(written),
        written,
        Home("s", "workspace"),
        "s.stream.yaml:1:1",
        frozenset(needs),
        frozenset(gives),
        seconds,
        None if cost is None else (cost, "EUR"),
    )


def made(rows: list[Row]) -> Library:
    return Library(tuple(map(known, rows)), {})


def random_problem(rng: Random, by: str, most: int = 9) -> Problem:
    things = [f"t{n}" for n in range(rng.randint(3, 9))]
    rows: list[Row] = []
    for n in range(rng.randint(1, most)):
        gives = set(rng.sample(things, rng.randint(1, 2)))
        needs = set(rng.sample(things, min(len(things), rng.choice([0, 1, 1, 2, 2, 3])))) - gives
        seconds = (
            rng.choice([None, *(float(s) for s in range(6))])
            if rng.random() < 0.3
            else float(rng.randint(0, 9))
        )
        cost = None if rng.random() < 0.1 else float(rng.randint(0, 9))
        rows.append((f"S{n}", needs, gives, seconds, cost))
    given = sorted({g for _, _, gives, _, _ in rows for g in gives})
    goals = tuple(rng.sample(given, min(len(given), rng.randint(1, 2))))
    brought = frozenset(rng.sample(sorted(set(things) - set(goals)), rng.randint(0, 1)))
    return Problem(made(rows), goals, brought, by)


def ends(problem: Problem, steps: tuple[int, ...], gaps: tuple[str, ...]) -> dict[str, float]:
    """When each thing is there: the equations, applied until nothing changes any more."""
    library = problem.library.steps
    there = dict.fromkeys([*problem.brought, *gaps], 0.0)
    changed = True
    while changed:
        changed = False
        for number in steps:
            step = library[number]
            if step.needs <= there.keys():
                end = max((there[n] for n in step.needs), default=0.0) + (step.seconds or 0.0)
                for thing in step.gives:
                    if end < there.get(thing, float("inf")):
                        there[thing], changed = end, True
    return there


def lacking(problem: Problem) -> list[str]:
    """What no step gives and the customer does not bring."""
    steps = problem.library.steps
    wanted = {n for step in steps for n in step.needs} | set(problem.goals)
    return sorted(wanted - {g for step in steps for g in step.gives} - problem.brought)


def value(problem: Problem, steps: tuple[int, ...], gaps: tuple[str, ...]):
    """Gaps, unknown figures, measure, steps: None where the goals are not all there."""
    there = ends(problem, steps, gaps)
    if not set(problem.goals) <= there.keys():
        return None
    own = [problem.library.steps[n] for n in steps]
    size = len(steps) + len(gaps)
    if problem.by == "steps":
        return len(gaps), 0, 0.0, size
    if problem.by == "time":
        unknown = sum(step.seconds is None for step in own)
        return len(gaps), unknown, max(there[g] for g in problem.goals), size
    unknown = sum(step.money is None for step in own)
    return len(gaps), unknown, sum(step.money[0] for step in own if step.money), size


def all_values(problem: Problem):
    """The value of every complete set of steps and gaps."""
    numbers, open_things = range(len(problem.library.steps)), lacking(problem)
    for count in range(len(numbers) + 1):
        for steps in combinations(numbers, count):
            for gaps_count in range(len(open_things) + 1):
                for gaps in combinations(open_things, gaps_count):
                    found = value(problem, steps, gaps)
                    if found is not None:
                        yield found, frozenset(steps) | frozenset(gaps)
