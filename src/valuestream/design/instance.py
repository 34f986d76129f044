"""What the search works on: steps and things as numbers, and when things can be there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush

NEVER = 1 << 62
_MOST_LOOKS = 200_000
"""To find all that is superfluous may take longer than to search with it."""


@dataclass(frozen=True)
class Instance:
    """Steps by number: the things that each needs and gives, and how long it takes.

    What the customer brings is left out of `needs`. Durations are whole numbers (milliseconds; 0
    where time does not matter).
    """

    needs: tuple[frozenset[int], ...]
    gives: tuple[frozenset[int], ...]
    durations: tuple[int, ...]
    goals: frozenset[int]

    @cached_property
    def givers(self) -> Mapping[int, tuple[int, ...]]:
        """For each thing the steps that give it."""
        found: dict[int, list[int]] = {}
        for step, given in enumerate(self.gives):
            for thing in given:
                found.setdefault(thing, []).append(step)
        return {thing: tuple(steps) for thing, steps in found.items()}

    def earliest(self, steps: Iterable[int]) -> dict[int, int]:
        """When each thing is there at the earliest, if only these steps are done, side by side.

        Things that are never there are left out. Dijkstra's order over hyperedges (Knuth 1977).
        """
        waiting: dict[int, list[int]] = {}
        missing: dict[int, int] = {}
        queue: list[tuple[int, int]] = []
        for step in steps:
            missing[step] = len(self.needs[step])
            for thing in self.needs[step]:
                waiting.setdefault(thing, []).append(step)
            if not self.needs[step]:
                queue += [(self.durations[step], thing) for thing in self.gives[step]]
        queue.sort()
        there: dict[int, int] = {}
        while queue:
            time, thing = heappop(queue)
            if thing in there:
                continue
            there[thing] = time
            for step in waiting.get(thing, ()):
                missing[step] -= 1
                if not missing[step]:
                    done = time + self.durations[step]
                    for given in self.gives[step]:
                        if given not in there:
                            heappush(queue, (done, given))
        return there

    def done_by(self, steps: Iterable[int]) -> int:
        """When the last goal is there; NEVER where one of them never is."""
        there = self.earliest(steps)
        return max((there.get(goal, NEVER) for goal in self.goals), default=0)

    def relevant(self, without: frozenset[int] = frozenset()) -> frozenset[int]:
        """The steps that can be done without some others, and on which a goal can depend."""
        there = self.earliest(step for step in range(len(self.needs)) if step not in without)
        found: set[int] = set()
        seen = set(self.goals)
        to_see = list(self.goals)
        while to_see:
            for step in self.givers.get(to_see.pop(), ()):
                if step in found or step in without:
                    continue
                if all(need in there for need in self.needs[step]):
                    found.add(step)
                    new = self.needs[step] - seen
                    seen |= new
                    to_see += new
        return frozenset(found)

    def undominated(self, steps: frozenset[int], weights: Sequence[int]) -> frozenset[int]:
        """The steps without those in whose place another can always be taken.

        The other needs nothing more, gives all that matters of what the one gives, and is neither
        heavier nor slower. Of two that are alike the first stays.
        """
        matters = self.goals.union(*(self.needs[step] for step in steps))
        gives = {step: self.gives[step] & matters for step in steps}
        gone: set[int] = set()
        looks = _MOST_LOOKS
        for one in sorted(steps, reverse=True):
            rare = min((self.givers[thing] for thing in gives[one]), key=len)
            looks -= len(rare)
            if looks < 0:
                break
            if any(
                other in gives
                and other not in gone
                and other != one
                and self.needs[other] <= self.needs[one]
                and gives[one] <= gives[other]
                and weights[other] <= weights[one]
                and self.durations[other] <= self.durations[one]
                for other in rare
            ):
                gone.add(one)
        return steps - gone

    def pruned(self, steps: Collection[int], weights: Sequence[int], latest: int) -> set[int]:
        """The steps without those that the goals can do without, the heaviest first."""
        kept = set(steps)
        for step in sorted(kept, key=lambda one: (-weights[one], -one)):
            if self.done_by(kept - {step}) <= latest:
                kept.discard(step)
        return kept
