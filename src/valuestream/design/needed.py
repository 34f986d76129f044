"""The outcome laid over today's stream: the steps that it does not need."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from valuestream.design.library import Home, Known, Library, of_stream
from valuestream.design.plan import smallest
from valuestream.design.problem import Problem, outcome
from valuestream.model.errors import InputError
from valuestream.model.graph import Graph, graph
from valuestream.model.money import Cost
from valuestream.model.names import identify
from valuestream.model.stream import Step, Stream
from valuestream.text import Document


@dataclass(frozen=True, slots=True)
class Unneeded:
    """A step that the outcome does not need, why not, and what it costs as declared."""

    place: int
    step: Step
    why: str
    seconds: float | None
    money: tuple[float, str] | None


@dataclass(frozen=True, slots=True)
class Overlay:
    """Today's stream by what its outcome needs. Steps go by their places.

    Attributes:
        outcome: What the customer is to hold, as written.
        needed: The steps of the smallest set of today's that leads to it.
        unneeded: The others that say what they give.
        unknown: Those that do not say it, so that nobody can tell.
        is_proven: Whether no smaller set leads there.
    """

    stream: Stream
    outcome: tuple[str, ...]
    needed: tuple[int, ...]
    unneeded: tuple[Unneeded, ...]
    unknown: tuple[int, ...]
    is_proven: bool


def overlay(
    document: Document,
    stream: Stream,
    wanted: tuple[str, ...] = (),
    costs: Mapping[str, Cost] = {},
) -> Overlay:
    """What of today's stream an outcome needs; without a word, the one that its last step gives.

    A need that no earlier step gives comes from elsewhere and does not count. `costs` are those of
    participants, an hour. Raises InputError where no step gives the outcome.
    """
    ways = graph(stream)
    read = list(of_stream(document, stream, Home(stream.key, "workspace"), costs))
    places = [p for known, _, _ in read if (p := stream.place(known.name)) is not None]
    names = {identify(name): name for _, written, _ in reversed(read) for name in written}
    steps = [
        replace(known, needs=_met(known.needs, place, stream, ways))
        for place, (known, _, _) in zip(places, read, strict=True)
    ]
    library = Library(tuple(steps), names, tuple(o for _, _, o in read if o))
    goals = tuple(outcome(name, library) for name in wanted) or _own(stream, ways, library)
    plan = smallest(Problem(library, goals))[0]
    needed = sorted(places[step] for step in plan.steps)
    return Overlay(
        stream,
        tuple(map(library.name, goals)),
        tuple(needed),
        tuple(
            Unneeded(
                place, known.step, _why(known, plan.known, library), known.seconds, known.money
            )
            for place, known in zip(places, steps, strict=True)
            if place not in needed
        ),
        tuple(place for place in range(len(stream.steps)) if place not in places),
        plan.is_proven,
    )


def lit(found: Overlay) -> tuple[dict[int, str], str]:
    """What lights up in a picture: by place, a word; and the note that says what that means."""
    outcome = " and ".join(f"“{name}”" for name in found.outcome)
    note = f"Lit up: the steps that {outcome} does not need, by the needs and gives written."
    if found.unknown:
        numbers = ", ".join(str(place + 1) for place in found.unknown)
        note += f" Nothing is known of {numbers}: what it gives is not written."
    return {one.place: "not needed" for one in found.unneeded}, note


def _met(needs: frozenset[str], place: int, stream: Stream, ways: Graph) -> frozenset[str]:
    """Those of the needs that an earlier step gives."""
    earlier = (s for at, s in enumerate(stream.steps) if ways.is_earlier(at, than=place))
    return needs & {identify(thing) for step in earlier for thing in step.gives}


def _own(stream: Stream, ways: Graph, library: Library) -> tuple[str, ...]:
    if library.outcomes:
        return library.outcomes[-1:]
    last = [step for place, step in enumerate(stream.steps) if not ways.ahead[place]]
    things = [identify(thing) for step in last for thing in step.gives]
    if not things:
        raise InputError(
            f"the last step, {last[-1].step!r}, does not say what it gives; write its 'gives', or "
            "name the outcome: valuestream design OUTCOME --over STREAM"
        )
    return tuple(dict.fromkeys(things))


def _why(known: Known, needed: tuple[Known, ...], library: Library) -> str:
    wanted = frozenset[str]().union(*(step.needs for step in needed))
    also = {
        thing: step.name for step in needed for thing in known.gives if thing in step.gives & wanted
    }
    if also:
        thing, name = min(also.items())
        return f"{name!r} gives {library.name(thing)!r}, too"
    return f"nothing on the way needs {' or '.join(map(repr, known.step.gives))}"
