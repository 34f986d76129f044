"""Where the names and numbers of a stream do not meet."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from valuestream.model.findings import Place
from valuestream.model.names import did_you_mean
from valuestream.model.promises import Within
from valuestream.model.shares import format_share

if TYPE_CHECKING:
    from valuestream.model.stream import Change, Step, Stream
    from valuestream.model.ways import Onward


_MOST = 500


class Inconsistency(NamedTuple):
    """A place in the stream (keys and indices, as in its text) and what is wrong there."""

    place: Place
    message: str


def inconsistencies(stream: "Stream") -> list[Inconsistency]:
    """Where they do not, from top to bottom: as many as a person can take in."""
    found = list(islice(_all(stream), _MOST))
    return found or list(_not_possible(stream))


def _all(stream: "Stream") -> Iterator[Inconsistency]:
    yield from _same_names(stream.steps, ("steps",))
    yield from _same_events(stream)
    for index, step in enumerate(stream.steps):
        place: Place = ("steps", index)
        yield from _same_names(step.sub_steps, (*place, "sub-steps"))
        yield from _ways_on(stream, step, step.then, place)
        yield from _promise(stream, step, place)
        yield from _clock(step, place)
    for name, scenario in stream.scenarios.items():
        for index, change in enumerate(scenario.change):
            yield from _change(stream, change, ("scenarios", name, "change", index))


def _change(stream: "Stream", change: "Change", place: Place) -> Iterator[Inconsistency]:
    yield from _unknown(stream, change.step, (*place, "step"))
    at = stream.place(change.step)
    if change.then and at is not None:
        yield from _ways_on(stream, stream.steps[at], change.then, place)
    told = change.structural
    for key in told[1:]:
        yield Inconsistency(
            (*place, key), f"{change.step!r} has {told[0]!r} already; keep one of the two"
        )
    for key, name in (("merge into", change.merge_into), ("together with", change.together_with)):
        if name is not None:
            yield from _unknown(stream, name, (*place, key))
            if stream.place(name) == at is not None:
                yield Inconsistency(
                    (*place, key), f"{name!r} is the step itself; name a neighbour of it"
                )


def _not_possible(stream: "Stream") -> Iterator[Inconsistency]:
    # Here, since changes are made to streams, and streams are made with this module.
    from valuestream.model.scenarios import not_possible

    for name, scenario in stream.scenarios.items():
        found = not_possible(stream, scenario)
        if found:
            index, message = found
            key = scenario.change[index].structural[0]
            yield Inconsistency(("scenarios", name, "change", index, key), message)


def _same_names(steps: "tuple[Step, ...]", place: Place) -> Iterator[Inconsistency]:
    names: dict[str, int] = {}
    keys: dict[str, str] = {}
    for index, step in enumerate(steps):
        folded = step.step.casefold()
        if folded in names:
            yield Inconsistency(
                (*place, index, "step"),
                f"step {names[folded] + 1} is named {step.step!r} too; give one another name",
            )
        elif step.key in keys:
            yield Inconsistency(
                (*place, index, "id" if step.id else "step"),
                f"the id {step.key!r} is that of {keys[step.key]!r} too; set another with 'id:'",
            )
        names.setdefault(folded, index)
        keys.setdefault(step.key, step.step)


def _same_events(stream: "Stream") -> Iterator[Inconsistency]:
    listed: dict[str, str] = {}
    for index, step in enumerate(stream.steps):
        own = {occurrence.activity for occurrence in step.events}
        for activity in dict.fromkeys(step.listed):
            other = listed.setdefault(activity, step.step)
            if other != step.step:
                yield Inconsistency(
                    ("steps", index, "events" if activity in own else "sub-steps"),
                    f"the activity {activity!r} belongs to {other!r} already; "
                    "list it at one of the two",
                )


def _ways_on(
    stream: "Stream", step: "Step", then: "tuple[Onward, ...]", place: Place
) -> Iterator[Inconsistency]:
    for index, way in enumerate(then):
        for name in way.to:
            yield from _unknown(stream, name, (*place, "then", index))
    total = sum(way.share or 0.0 for way in then)
    open_ways = any(way.share is None for way in then)
    too_little = then and not open_ways and not step.end and total < 1 - 1e-9
    if total > 1 + 1e-9 or too_little:
        yield Inconsistency(
            (*place, "then"),
            f"the ways on from {step.step!r} add up to {format_share(total)}; make them 100 %, "
            "or leave the share of one of them out",
        )


def _promise(stream: "Stream", step: "Step", place: Place) -> Iterator[Inconsistency]:
    promise = step.value.promise if step.value else None
    for term in promise.terms if promise else ():
        if isinstance(term, Within) and term.step is not None:
            known = [s.step for s in stream.steps]
            if stream.place(term.step) is None:
                yield Inconsistency(
                    (*place, "value", "promise"),
                    f"a promise is within a time of arriving, of the start, of the request or of "
                    f"a step, and {term.step!r} is none of them; {did_you_mean(term.step, known)}",
                )


def _clock(step: "Step", place: Place) -> Iterator[Inconsistency]:
    if bool(step.begins) != bool(step.finishes):
        one, other = ("from", "to") if step.begins else ("to", "from")
        yield Inconsistency(
            (*place, one), f"{step.step!r} has '{one}' and no '{other}'; say both, or neither"
        )
    if step.states and step.begins:
        yield Inconsistency(
            (*place, "states"),
            f"{step.step!r} is measured by its states or from one event to another; keep one",
        )
    if step.events and step.is_between:
        yield Inconsistency(
            (*place, "events"),
            f"{step.step!r} is measured between events already; leave its 'events' out",
        )


def _unknown(stream: "Stream", name: str, place: Place) -> Iterator[Inconsistency]:
    if stream.place(name) is None:
        known = [s.step for s in stream.steps]
        yield Inconsistency(place, f"no step is named {name!r}; {did_you_mean(name, known)}")
