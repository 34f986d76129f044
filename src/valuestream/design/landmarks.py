"""Landmarks: sets of steps of which every complete stream has at least one.

Somebody claims that a few steps are enough, and they are not. Then there are things that are not
there in time: say all of a set Z of them. In any complete stream one of Z is there first, by a step
that needs none of Z. The steps that give one of Z and need none of it are a landmark; Z grows until
none of the claimed steps is among them. With `latest` the same is said of things and times: a
thing of Z by its time (Haslum, Slaney and Thiébaux 2012 find such landmarks for plans without
deletes; here they are found from the goal backwards, and with deadlines).
"""

from collections.abc import Collection, Iterator, Mapping

from valuestream.design.instance import NEVER, Instance


def landmark(
    instance: Instance, allowed: frozenset[int], claimed: Collection[int], latest: int
) -> frozenset[int] | None:
    """A landmark without any of the claimed steps; None where these do reach the goals in time."""
    there = instance.earliest(claimed)
    late = [goal for goal in instance.goals if there.get(goal, NEVER) > latest]
    if not late:
        return None
    goal = min(late, key=lambda one: (len(instance.givers.get(one, ())), one))
    cut = _Cut(instance, allowed, there)
    cut.add(goal, latest)
    while hindered := sorted(cut.steps.intersection(claimed)):
        cut.add(*cut.cheapest_lack(hindered[0]))
    while cut.narrow():
        pass
    return frozenset(cut.steps)


class _Cut:
    """Z as a growing mapping of things to times, and the steps that would be the first into it."""

    def __init__(
        self, instance: Instance, allowed: frozenset[int], there: Mapping[int, int]
    ) -> None:
        self.instance = instance
        self.allowed = allowed
        self.there = there
        self.by: dict[int, int] = {}
        self.steps: set[int] = set()

    def add(self, thing: int, time: int) -> None:
        """Puts "the thing by that time" into Z."""
        self.by[thing] = max(time, self.by.get(thing, -1))
        self.steps = {
            s for s in self.steps if thing not in self.instance.needs[s] or self._opens(s)
        }
        for step in self.instance.givers.get(thing, ()):
            if step in self.allowed and self._opens(step):
                self.steps.add(step)

    def _opens(self, step: int) -> bool:
        """Whether the step gives one of Z in time and needs none of it."""
        needs, lasts = self.instance.needs[step], self.instance.durations[step]
        return any(
            thing in self.by
            and self.by[thing] >= lasts
            and not any(self.by.get(n, -1) >= self.by[thing] - lasts for n in needs)
            for thing in self.instance.gives[step]
        )

    def _lacks(self, step: int) -> list[tuple[int, int]]:
        """What the step would need by when to open Z, of what is not there by then."""
        lasts = self.instance.durations[step]
        time = max(self.by[t] for t in self.instance.gives[step] if t in self.by) - lasts
        return [(n, time) for n in self.instance.needs[step] if self.there.get(n, NEVER) > time]

    def cheapest_lack(self, step: int) -> tuple[int, int]:
        """The one of them that the fewest steps give."""
        return min(self._lacks(step), key=lambda lack: (sum(1 for _ in self._first(*lack)), lack))

    def _first(self, thing: int, time: int) -> Iterator[int]:
        """The steps that would come into the cut with the thing."""
        for step in self.instance.givers.get(thing, ()):
            before = time - self.instance.durations[step]
            if step in self.allowed and before >= 0:
                needs = self.instance.needs[step]
                if not any(n == thing or self.by.get(n, -1) >= before for n in needs):
                    yield step

    def narrow(self) -> bool:
        """Puts one more thing into Z if that leaves a part of the landmark; whether it did."""
        for thing, time in sorted({lack for step in self.steps for lack in self._lacks(step)}):
            if self.by.get(thing, -1) < time and self._lets_nobody_in(thing, time):
                before, by = self.steps, dict(self.by)
                self.add(thing, time)
                if self.steps < before:
                    return True
                self.steps, self.by = before, by
        return False

    def _lets_nobody_in(self, thing: int, time: int) -> bool:
        return all(step in self.steps for step in self._first(thing, time))
