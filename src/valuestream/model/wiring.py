"""The steps of a stream and the ways between them, and how these run when steps fall together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from valuestream.model.errors import InputError

_EPS = 1e-9


class NotPossible(InputError):
    """A change that the stream's ways do not allow. The message says why; then what to do."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A way on to a step, or to several at the same time, and the share of the cases on it."""

    to: tuple[str, ...]
    share: float


@dataclass(frozen=True, slots=True)
class Wiring:
    """Steps by name in their order, their ways on, and those at which cases are completed.

    What the shares of a step's ways leave to 1 ends there. Names are those of the stream.
    """

    order: tuple[str, ...]
    ways: dict[str, tuple[Leg, ...]]
    ends: frozenset[str]

    def before(self, name: str) -> tuple[str, ...]:
        """The other steps that lead to one."""
        return tuple(o for o in self.order if o != name and self._leads(o, name))

    def _leads(self, origin: str, to: str) -> bool:
        return any(to in leg.to for leg in self.ways[origin])

    def without(self, name: str) -> "Wiring":
        """Without a step: what led to it leads to where it led, shares multiplied.

        Raises NotPossible for the only step, and for a first one that does not simply lead on.
        """
        if len(self.order) == 1:
            raise NotPossible(f"{name!r} is the only step; a stream has at least one")
        onward = _leaving(name, self.ways[name])
        if name == self.order[0] and [leg.to for leg in onward] != [(self.order[1],)]:
            raise NotPossible(
                f"{name!r} is the first step and its ways part; say with 'then' where cases go"
            )
        before = self.before(name)
        ways = {o: _merged(self._past(o, name, onward)) for o in self.order if o != name}
        ends = self.ends - {name} | (frozenset(before) if name in self.ends else frozenset())
        return Wiring(tuple(o for o in self.order if o != name), ways, ends)

    def joined(self, one: str, into: str) -> "Wiring":
        """With one step merged into a neighbour, which stands where the earlier of them stood.

        Raises NotPossible where neither leads to the other, or others lead to the later one.
        """
        first, second = self.in_turn(one, into)
        others = [name for name in self.before(second) if name != first]
        if others:
            raise NotPossible(
                f"cases come to {second!r} from {others[0]!r}, too, and would go through "
                f"{first!r} then; say with 'then' where they go"
            )
        ways = {**self.ways, into: tuple(self._past(first, second, self.ways[second]))}
        del ways[one]
        renamed = {o: _merged(_renamed(legs, one, into)) for o, legs in ways.items()}
        order = tuple(into if o == first else o for o in self.order if o != second)
        ends = frozenset(into if o == one else o for o in self.ends)
        return Wiring(order, renamed, ends)

    def in_turn(self, one: str, other: str) -> tuple[str, str]:
        """Two neighbours in the order in which a case comes to them."""
        first, second = sorted((one, other), key=self.order.index)
        if not self._leads(first, second):
            raise NotPossible(f"{first!r} does not lead to {second!r}; name a neighbour of {one!r}")
        return first, second

    def goes_back(self, name: str) -> bool:
        """Whether cases go back from a step: to it or to one above it in the text."""
        up_to = self.order[: self.order.index(name) + 1]
        return any(to in up_to for leg in self.ways[name] for to in leg.to)

    def repeating(self, name: str, right: float) -> "Wiring":
        """With a step that is done again where it was not right, said by its ways."""
        again = Leg((name,), 1 - right)
        rest = (Leg(leg.to, leg.share * right) for leg in self.ways[name])
        return replace(self, ways={**self.ways, name: _merged(iter((again, *rest)))})

    def _ahead(self, name: str) -> frozenset[str]:
        """The steps that can be reached from one without going back up the text."""
        place = {o: at for at, o in enumerate(self.order)}
        seen, to_see = {name}, [name]
        while to_see:
            origin = to_see.pop()
            later = {t for leg in self.ways[origin] for t in leg.to if place[t] > place[origin]}
            to_see += later - seen
            seen |= later
        return frozenset(seen - {name})

    def _past(self, origin: str, name: str, onward: tuple[Leg, ...]) -> Iterator[Leg]:
        """The ways of a step, with those to another led on to where that one leads."""
        for leg in self.ways[origin]:
            if name not in leg.to:
                yield leg
                continue
            others = tuple(to for to in leg.to if to != name)
            for way in onward:
                yield Leg(self._beside(others, way.to, origin), leg.share * way.share)
            left = 1 - sum(way.share for way in onward)
            if others and left > _EPS:
                yield Leg(others, leg.share * left)

    def _beside(self, others: tuple[str, ...], to: tuple[str, ...], origin: str) -> tuple[str, ...]:
        """Where ways run in parallel: the branches, without those to which the others come too."""
        if not others:
            return to
        met = frozenset(others).union(*map(self._ahead, others))
        later = self.order[self.order.index(origin) + 1 :]
        return others + tuple(t for t in to if t not in met and t in later)

    def at_once(self, one: str, other: str) -> "Wiring":
        """With two neighbours done at the same time: what led to the earlier leads to both.

        Raises NotPossible where the ways part at one of them, or where nothing leads to both.
        """
        first, second = self.in_turn(one, other)
        self._refuse_parting(first, second)
        ways = {o: tuple(_with(leg, first, second) for leg in self.ways[o]) for o in self.order}
        ways[first] = self.ways[second]
        ends = self.ends | (frozenset({first}) if second in self.ends else frozenset())
        return replace(self, ways=ways, ends=ends)

    def _refuse_parting(self, first: str, second: str) -> None:
        if first == self.order[0]:
            raise NotPossible(
                f"{first!r} is the first step, and a request comes to one step; "
                "name steps that follow another one"
            )
        onward = self.ways[second]
        whole = not onward or (len(onward) == 1 and onward[0].share > 1 - _EPS)
        later = self.order[self.order.index(second) + 1 :]
        straight = whole and all(len(leg.to) == 1 and leg.to[0] in later for leg in onward)
        if [leg.to for leg in self.ways[first]] != [(second,)] or not straight:
            raise NotPossible(
                f"the ways part at {first!r} or {second!r}, so they cannot be done at the same "
                "time; name steps between which all cases go straight on"
            )
        shared = (leg.to for legs in self.ways.values() for leg in legs if len(leg.to) > 1)
        if any(first in to or second in to for to in shared):
            raise NotPossible(
                f"{first!r} or {second!r} is done together with others already; "
                "write the ways with 'then: {together: […]}'"
            )


def _leaving(name: str, legs: tuple[Leg, ...]) -> tuple[Leg, ...]:
    """The ways of a step without those to itself: cases leave it in the proportion of the rest."""
    again = sum(leg.share for leg in legs if name in leg.to)
    rest = [leg for leg in legs if name not in leg.to]
    if again > 1 - _EPS:
        return ()
    return tuple(Leg(leg.to, leg.share / (1 - again)) for leg in rest)


def _renamed(legs: tuple[Leg, ...], old: str, new: str) -> Iterator[Leg]:
    for leg in legs:
        yield Leg(tuple(dict.fromkeys(new if to == old else to for to in leg.to)), leg.share)


def _merged(legs: Iterator[Leg]) -> tuple[Leg, ...]:
    """One way for each place that several lead to."""
    shares: dict[tuple[str, ...], float] = {}
    for leg in legs:
        shares[leg.to] = shares.get(leg.to, 0.0) + leg.share
    return tuple(Leg(to, min(share, 1.0)) for to, share in shares.items())


def _with(leg: Leg, first: str, second: str) -> Leg:
    return Leg((first, second), leg.share) if leg.to == (first,) else leg
