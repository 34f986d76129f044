"""Things that can never be there, since each waits for the other."""

from typing import NamedTuple

from valuestream.design.problem import Problem


class Link(NamedTuple):
    """A thing, the step that gives it, and what that step needs and never gets."""

    thing: str
    step: int
    need: str


def circle(problem: Problem, there: frozenset[str]) -> tuple[Link, ...]:
    """A circle that keeps a goal away; empty where every goal can be there.

    `there` are the ids of the things that can be there.
    """
    lacking = next((goal for goal in problem.goals if goal not in there), None)
    walked: dict[str, Link] = {}
    while lacking is not None and lacking not in walked:
        link = _held_up(problem, lacking, there)
        if link is None:
            return ()
        walked[lacking] = link
        lacking = link.need
    links = list(walked.values())
    start = next((n for n, link in enumerate(links) if link.thing == lacking), 0)
    return tuple(links[start:])


def _held_up(problem: Problem, thing: str, there: frozenset[str]) -> Link | None:
    for giver in problem.givers(thing):
        needs = problem.library.steps[giver].needs - problem.brought - there
        if needs:
            return Link(thing, giver, min(needs))
    return None


def in_words(problem: Problem, links: tuple[Link, ...]) -> str:
    """The circle as a sentence, with the places of its steps, and the ways out."""
    names, steps = problem.library, problem.library.steps
    told = [
        f"{names.name(link.need)!r} for {names.name(link.thing)!r} "
        f"({steps[link.step].name}, {steps[link.step].where})"
        for link in links
    ]
    first = names.name(links[0].thing)
    what = "needs itself" if len(links) == 1 else "needs itself in a circle"
    return (
        f"{first!r} {what}: {'; '.join(told)}; say what the customer brings of it, or let another "
        "step give one of these without the others"
    )
