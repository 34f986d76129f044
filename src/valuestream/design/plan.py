"""The smallest complete streams of a problem: which steps, what they come to, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from heapq import heappop, heappush
from itertools import count

from valuestream.design.circles import circle, in_words
from valuestream.design.instance import NEVER
from valuestream.design.library import Known
from valuestream.design.numbered import Numbered, numbered
from valuestream.design.problem import Problem
from valuestream.design.searching import IsOver, Lightest, search, until
from valuestream.model.errors import InputError

SECONDS = 0.7
"""How long a search goes on by default, so that an answer is there in a second."""


@dataclass(frozen=True)
class Plan:
    """A complete stream.

    Attributes:
        problem: What it answers.
        steps: The numbers of its known steps, each after all that it needs.
        gaps: The ids of what no known step gives: steps to be designed.
        known_part: By the measure: how many steps, the seconds of the longest way, or the cost in
            all, of those steps that declare it; None where none does.
        is_whole: Whether all of them do.
        is_proven: Whether no complete stream is smaller.
        least: How many steps every complete stream with so few gaps has, as far as was proven.
    """

    problem: Problem
    steps: tuple[int, ...]
    gaps: tuple[str, ...]
    known_part: float | None
    is_whole: bool
    is_proven: bool
    least: int

    @cached_property
    def known(self) -> tuple[Known, ...]:
        """Its known steps."""
        return tuple(self.problem.library.steps[step] for step in self.steps)

    @property
    def size(self) -> int:
        """Its steps, those to be designed among them."""
        return len(self.steps) + len(self.gaps)

    @property
    def total(self) -> float | None:
        """What it comes to by the measure; None where a part of it is not known."""
        return self.known_part if self.is_whole else None


def smallest(problem: Problem, most: int = 1, seconds: float = SECONDS) -> tuple[Plan, ...]:
    """The smallest complete streams, the best first, at most so many.

    Fewest steps to be designed first, then the fewest steps of which the measure is not known, then
    the measure, then the number of steps. Each is without any step too many, and they differ.
    Raises InputError where needs go in a circle, or where costs are in several currencies.
    """
    asked = numbered(problem)
    is_over = until(seconds)
    first = best(asked, is_over)
    if first is None:
        raise InputError(in_words(problem, circle(problem, asked.can_be_there)))
    found: list[Plan] = []
    for one in _in_order(asked, first, is_over):
        found.append(_plan(asked, one))
        if len(found) == most or is_over():
            break
    return tuple(found)


def best(
    asked: Numbered, is_over: IsOver, without: frozenset[int] = frozenset()
) -> Lightest | None:
    """The best complete set that does without some steps; None where there is none.

    By time: first as few gaps and unknown times as can be, then the earliest end that these leave,
    found by halving, then the fewest steps for that end.
    """
    if asked.problem.by != "time":
        return search(asked.instance, asked.weights, is_over, without=without)
    lacking = search(asked.timed, asked.lacks, is_over, without=without)
    if lacking is None:
        return None
    end, is_proven = _earliest_end(asked, lacking, is_over, without)
    last = search(asked.timed, asked.weights, is_over, latest=end, without=without)
    assert last is not None  # the steps that end then are enough
    return last if is_proven and lacking.is_proven else replace(last, least=0)


def _earliest_end(
    asked: Numbered, lacking: Lightest, is_over: IsOver, without: frozenset[int]
) -> tuple[int, bool]:
    """The earliest end with no more gaps and unknown times, and whether none is earlier."""
    low = asked.timed.done_by(asked.timed.relevant(without))
    high = asked.timed.done_by(lacking.steps)
    middle, is_proven = low, True  # nearly always everything can be there that early
    while low < high:
        if is_over():
            return high, False
        found = search(asked.timed, asked.lacks, is_over, latest=middle, without=without)
        if found is not None and found.weight <= lacking.weight:
            high = asked.timed.done_by(found.steps)
        else:
            is_proven = is_proven and (found is None or found.least > lacking.weight)
            low = middle + 1
        middle = (low + high) // 2
    return high, is_proven


def _in_order(asked: Numbered, first: Lightest, is_over: IsOver) -> Iterator[Lightest]:
    """Complete sets from the best on (Lawler 1972).

    Another one without a step too many cannot hold all steps of one that was found: it is the best
    of those without one of them.
    """
    turn = count()
    queue = [(asked.rank(first), next(turn), first, frozenset[int]())]
    given: set[frozenset[int]] = set()
    looked: set[frozenset[int]] = set()
    while queue:
        _, _, one, without = heappop(queue)
        if one.steps not in given:
            given.add(one.steps)
            yield one
        # One that was given already can still hide others that do without its steps.
        for step in sorted(one.steps):
            if is_over():
                return
            if without | {step} not in looked:
                looked.add(without | {step})
                other = best(asked, is_over, without | {step})
                if other is not None:
                    heappush(queue, (asked.rank(other), next(turn), other, without | {step}))


def _plan(asked: Numbered, found: Lightest) -> Plan:
    problem = asked.problem
    order = _doable(asked, found.steps)
    known = tuple(step for step in order if step < len(problem.library.steps))
    gaps = tuple(asked.gap(step) for step in order if step >= len(problem.library.steps))
    figures = [asked.figure(step) for step in order]
    there = [figure for figure in figures if figure is not None]
    part: float | None = sum(there) if there else None
    if problem.by == "time" and there:
        part = asked.timed.done_by(found.steps) / 1000
    whole = problem.by == "steps" or len(there) == len(figures)
    return Plan(
        problem,
        known,
        gaps,
        float(len(order)) if problem.by == "steps" else part,
        whole,
        found.is_proven,
        asked.least_steps(found),
    )


def _doable(asked: Numbered, steps: frozenset[int]) -> list[int]:
    """The steps, each after the first of those that give what it needs."""
    instance = asked.timed
    there = instance.earliest(steps)
    rank = {thing: n for n, thing in enumerate(there)}
    ready = {s: max((rank.get(n, NEVER) for n in instance.needs[s]), default=-1) for s in steps}
    return sorted(steps, key=lambda s: (ready[s], s))
