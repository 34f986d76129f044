"""A problem in the search's numbers: things, steps to be designed, and weights."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from valuestream.design.instance import Instance
from valuestream.design.problem import Problem
from valuestream.design.searching import Lightest
from valuestream.model.errors import InputError


@dataclass(frozen=True)
class Numbered:
    """A problem as an instance. Steps keep their numbers; those to be designed follow them.

    Attributes:
        problem: The problem.
        timed: The instance with durations in milliseconds.
        weights: Of each step, by all that counts: gaps, unknown figures, the measure, steps, and
            last whether it is another's step. Each counts more than all that follow together.
        lacks: Of each step, by gaps and unknown figures alone.
    """

    problem: Problem
    timed: Instance
    things: tuple[str, ...]
    gaps: tuple[int, ...]
    weights: tuple[int, ...]
    lacks: tuple[int, ...]
    ranges: tuple[int, ...] = ()
    """One more than the sum of each column that the weights are made of."""

    @cached_property
    def instance(self) -> Instance:
        """The instance where time does not matter."""
        return replace(self.timed, durations=(0,) * len(self.timed.needs))

    @cached_property
    def can_be_there(self) -> frozenset[str]:
        """The ids of all things that can be there."""
        there = self.timed.earliest(range(len(self.timed.needs)))
        return frozenset(self.things[thing] for thing in there)

    def gap(self, step: int) -> str:
        """The id of the thing that a step to be designed is to give."""
        return self.things[self.gaps[step - len(self.problem.library.steps)]]

    def figure(self, step: int) -> float | None:
        """The measure of a step: seconds or money; None where it is not known."""
        steps = self.problem.library.steps
        if step >= len(steps):
            return None
        if self.problem.by == "cost":
            money = steps[step].money
            return money[0] if money else None
        return steps[step].seconds

    def rank(self, found: Lightest) -> tuple[int, ...]:
        """What complete sets are ordered by."""
        lacks = sum(self.lacks[step] for step in found.steps)
        time = self.timed.done_by(found.steps) if self.problem.by == "time" else 0
        return lacks, time, found.weight

    def least_steps(self, found: Lightest) -> int:
        """How many steps each set with as few gaps, unknown figures and money has at least."""
        own, proven = (self._columns(weight) for weight in (found.weight, found.least))
        return proven[3] if proven[:3] == own[:3] else 0

    def _columns(self, weight: int) -> list[int]:
        columns = []
        for over in reversed(self.ranges):
            weight, own = divmod(weight, over)
            columns.append(own)
        return columns[::-1]


def numbered(problem: Problem) -> Numbered:
    """The problem in numbers. Raises InputError where its costs are in several currencies."""
    library = problem.library
    number: dict[str, int] = {}

    def numbers(things: Sequence[str]) -> frozenset[int]:
        return frozenset(number.setdefault(thing, len(number)) for thing in things)

    needs = [numbers(sorted(step.needs - problem.brought)) for step in library.steps]
    gives = [
        numbers(sorted(t for t in step.gives if problem.chosen.get(t, n) == n))
        for n, step in enumerate(library.steps)
    ]
    goals = numbers(sorted(set(problem.goals) - problem.brought))
    wanted = goals.union(*needs)
    gaps = tuple(sorted(wanted - frozenset().union(*gives)))
    durations = [round((step.seconds or 0.0) * 1000) for step in library.steps]
    timed = Instance(
        (*needs, *(frozenset[int]() for _ in gaps)),
        (*gives, *(frozenset((gap,)) for gap in gaps)),
        (*durations, *(0 for _ in gaps)),
        goals,
    )
    made = Numbered(problem, timed, tuple(number), gaps, (), ())
    return _weighed(made)


def _weighed(made: Numbered) -> Numbered:
    steps, by = made.problem.library.steps, made.problem.by
    everything = range(len(made.timed.needs))
    is_gap = [int(step >= len(steps)) for step in everything]
    unknown = [
        int(by != "steps" and not gap and made.figure(n) is None) for n, gap in enumerate(is_gap)
    ]
    money = [0] * len(is_gap)
    if by == "cost":
        _see_to_one_currency(made)
        money = [round((made.figure(step) or 0.0) * 10_000) for step in everything]
    others = [int(not gap and steps[n].home.origin == "template") for n, gap in enumerate(is_gap)]
    ones = [1] * len(is_gap)
    columns: list[list[int]] = [is_gap, unknown, money, ones, others]
    return replace(
        made,
        ranges=tuple(sum(column) + 1 for column in columns),
        weights=lexicographic(columns),
        lacks=lexicographic([is_gap, unknown]),
    )


def lexicographic(columns: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """One number for each row, such that sums of rows compare as their columns, first to last."""
    weights = [0] * len(columns[0])
    for column in columns:
        over = sum(column) + 1
        weights = [weight * over + own for weight, own in zip(weights, column, strict=True)]
    return tuple(weights)


def _see_to_one_currency(made: Numbered) -> None:
    by_currency: dict[str, str] = {}
    for number in made.timed.relevant():
        known = made.problem.library.steps[number : number + 1]
        if known and known[0].money:
            by_currency.setdefault(known[0].money[1], f"{known[0].name} ({known[0].where})")
    if len(by_currency) > 1:
        told = " and ".join(f"{name} in {currency}" for currency, name in by_currency.items())
        raise InputError(
            f"costs of several currencies cannot be added: {told}; declare them in one"
        )
