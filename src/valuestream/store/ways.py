"""The ways between steps: added, taken away, run at the same time or in turn."""

from itertools import pairwise

from valuestream.model.findings import Place
from valuestream.model.shares import parse_share
from valuestream.model.stream import Change, Stream
from valuestream.model.ways import Onward
from valuestream.store.draft import Draft
from valuestream.store.errors import Refused
from valuestream.store.modelled import scenario, toward_stream


def connect(draft: Draft, element: str, to: str, share: str | None) -> Draft:
    """With a way from a step to another, or with its share; the ways that were there stay."""
    draft.refuse_sub_steps(element, to)
    step, name, stream = draft.step(element), draft.step(to).step, draft.stream
    try:
        part = None if share is None else parse_share(share)
    except ValueError as error:
        raise Refused(str(error)) from None
    following = _following(stream, step.step)
    ways = list(step.then) or [Onward((n,)) for n in (following,) if n and not step.end]
    known = [at for at, way in enumerate(ways) if _named(stream, way) == (name,)]
    if known:
        ways[known[0]] = Onward((name,), part)
    else:
        ways.append(Onward((name,), part))
    if step.end or not (step.then or following):
        # Cases end there, and the rest of them still do.
        draft = draft.set((*draft.snapshot.place(element), "end"), True)
    return _with_ways(draft, step.step, ways)


def disconnect(draft: Draft, element: str, to: str) -> Draft:
    """Without the way from a step to another; a step without any other way ends its cases."""
    draft.refuse_sub_steps(element, to)
    step, name, stream = draft.step(element), draft.step(to).step, draft.stream
    following = _following(stream, step.step)
    ways = list(step.then) or [Onward((n,)) for n in (following,) if n and not step.end]
    if not any(name in _named(stream, way) for way in ways):
        raise Refused(f"{step.step!r} does not lead to {name!r}; look at its ways")
    left = [_without(stream, way, name) for way in ways if _named(stream, way) != (name,)]
    if not left:
        return _with_end(draft, step.step)
    return _with_ways(draft, step.step, left if len(left) > 1 else [Onward(left[0].to)])


def parallel(draft: Draft, elements: tuple[str, ...]) -> Draft:
    """With steps that follow each other done at the same time."""
    draft.refuse_sub_steps(*elements)
    names = _in_order(draft, elements)
    if len(names) < 2:
        raise Refused("at the same time are at least two steps; choose two")
    if len(names) == 2:
        after = scenario(draft.stream, Change(step=names[0], together_with=names[1]))
        return toward_stream(draft, after, draft.document.data)
    return _several_parallel(draft, draft.stream, names)


def _several_parallel(draft: Draft, stream: Stream, names: list[str]) -> Draft:
    """More than two: only such as all cases go straight through, from one step to another."""
    order = [step.step for step in stream.steps]
    first, last = order.index(names[0]) - 1, order.index(names[-1]) + 1
    through = stream.steps[max(first, 0) : last]
    straight = all(not step.then and not step.end for step in through)
    led_to = any(name in _named(stream, w) for s in stream.steps for w in s.then for name in names)
    if first < 0 or last == len(order) or order[first + 1 : last] != names or not straight | led_to:
        raise Refused(
            "more than two steps can be done at the same time where all cases go straight through "
            "them, with a step before and one behind; choose two, or write 'then' in the text"
        )
    draft = _with_ways(draft, order[first], [Onward(tuple(names))])
    for name in names[:-1]:
        draft = _with_ways(draft, name, [Onward((order[last],))])
    return draft


def unparallel(draft: Draft, elements: tuple[str, ...]) -> Draft:
    """With steps one after the other that were done at the same time."""
    draft.refuse_sub_steps(*elements)
    stream, names = draft.stream, _in_order(draft, elements)
    before = [s for s in stream.steps if any(_together(stream, w, names) for w in s.then)]
    if not before:
        raise Refused("these steps are not done at the same time; choose such as are")
    for step in before:
        ways = [
            _first_of(stream, way, names) if _together(stream, way, names) else way
            for way in step.then
        ]
        draft = _with_ways(draft, step.step, ways)
    for one, following in pairwise(names):
        draft = _with_ways(draft, one, [Onward((following,))])
    return draft


def _together(stream: Stream, way: Onward, names: list[str]) -> bool:
    return len({*_named(stream, way)} & {*names}) > 1


def _first_of(stream: Stream, way: Onward, names: list[str]) -> Onward:
    """A way to the first of several only, and to the others beside them."""
    others = (name for name in _named(stream, way) if name not in names)
    return Onward((names[0], *others), way.share)


def _named(stream: Stream, way: Onward) -> tuple[str, ...]:
    """The names of the steps that a way leads to, which may be written as ids."""
    places = (stream.place(written) for written in way.to)
    return tuple(stream.steps[place].step for place in places if place is not None)


def _without(stream: Stream, way: Onward, name: str) -> Onward:
    return Onward(tuple(to for to in _named(stream, way) if to != name), way.share)


def _in_order(draft: Draft, elements: tuple[str, ...]) -> list[str]:
    names = {draft.step(element).step for element in elements}
    return [step.step for step in draft.stream.steps if step.step in names]


def _following(stream: Stream, name: str) -> str | None:
    at = stream.index[name] + 1
    return stream.steps[at].step if at < len(stream.steps) else None


def _with_ways(draft: Draft, name: str, ways: list[Onward]) -> Draft:
    """With a step's ways on, which need not be said where they are simply the next step."""
    place: Place = ("steps", draft.stream.index[name])
    written = [way.write() for way in ways]
    if any(way.share is None for way in ways) and "end" in draft.at(place):
        draft = draft.drop((*place, "end"))
    step = draft.at(place)
    if written != [_following(draft.stream, name)] or "end" in step:
        then = written[0] if len(written) == 1 else _mapping(written)
        return draft.set((*place, "then"), then)
    return draft.drop((*place, "then")) if "then" in step else draft


def _mapping(ways: list[object]) -> object:
    """`{A: 20 %, B: 80 %}` where every way has its share."""
    if all(isinstance(way, dict) and "together" not in way for way in ways):
        return {name: part for way in ways for name, part in way.items()}  # type: ignore[attr-defined]
    return ways


def _with_end(draft: Draft, name: str) -> Draft:
    """With a step whose cases are completed there."""
    at, stream = draft.stream.index[name], draft.stream
    if "then" in draft.at(("steps", at)):
        draft = draft.drop(("steps", at, "then"))
    draft = draft.set(("steps", at, "end"), True)
    last = len(stream.steps) - 1
    if at == last or any(step.end for step in stream.steps):
        return draft
    # The last step's cases ended by default, and must be said to end now.
    return draft.set(("steps", last, "end"), True)
