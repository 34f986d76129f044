"""A stream with a scenario's changes made."""

from dataclasses import dataclass, replace

from valuestream.model.combined import combined
from valuestream.model.errors import InputError
from valuestream.model.graph import graph
from valuestream.model.names import did_you_mean
from valuestream.model.promises import Within
from valuestream.model.stream import Change, Scenario, Step, Stream
from valuestream.model.ways import Onward
from valuestream.model.wiring import Leg, NotPossible, Wiring
from valuestream.model.work import Work

_SET = ("people", "work", "wait", "right", "then", "by")
_NO_WORK = Work.model_construct(distribution="constant", mean=0.0)
_EPS = 1e-9


def applied(stream: Stream, scenario: str | Scenario) -> Stream:
    """The stream as a scenario of it, by name, would have it; itself without scenarios.

    First every figure, way and role is set, then steps fall away, merge or are done at the same
    time, in the order in which the changes are written. Raises InputError for an unknown name, and
    for a change that the stream's ways do not allow.
    """
    chosen = _named(stream, scenario) if isinstance(scenario, str) else scenario
    changed = _figures_set(stream, chosen)
    structural = [change for change in chosen.change if change.structural]
    if not structural:
        return changed
    state = _state(changed)
    for change in structural:
        state = _rewired(stream, state, change)
    return _stream(stream, _written(changed, state), chosen)


def not_possible(stream: Stream, scenario: Scenario) -> tuple[int, str] | None:
    """The first change of a scenario, by its index, that the ways do not allow, and why."""
    if not any(change.structural for change in scenario.change):
        return None
    state = _state(_figures_set(stream, scenario))
    for index, change in enumerate(scenario.change):
        try:
            state = _rewired(stream, state, change) if change.structural else state
        except NotPossible as error:
            return index, str(error)
    return None


def wiring(stream: Stream) -> Wiring:
    """The stream's steps by name and the ways between them."""
    names = tuple(step.step for step in stream.steps)
    legs = (
        tuple(Leg(tuple(names[to] for to in way.to), way.share) for way in ways)
        for ways in graph(stream).ways
    )
    ends = frozenset(names[place] for place in stream.ends)
    return Wiring(names, dict(zip(names, legs, strict=True)), ends)


@dataclass(frozen=True, slots=True)
class _State:
    wiring: Wiring
    steps: dict[str, Step]
    right: dict[str, float]
    """The share of right visits of the steps whose ways do not say where rework goes."""


def _state(stream: Stream) -> _State:
    wired = wiring(stream)
    right = {s.step: 1.0 if wired.goes_back(s.step) else s.right or 1.0 for s in stream.steps}
    return _State(wired, {step.step: step for step in stream.steps}, right)


def _named(stream: Stream, name: str) -> Scenario:
    if name not in stream.scenarios:
        raise InputError(
            f"{stream.stream!r} has no scenario named {name!r}; "
            f"{did_you_mean(name, stream.scenarios)}"
        )
    return stream.scenarios[name]


def _step(stream: Stream, name: str) -> Step:
    place = stream.place(name)
    if place is None:
        known = [step.step for step in stream.steps]
        raise InputError(f"no step is named {name!r}; {did_you_mean(name, known)}")
    return stream.steps[place]


def _figures_set(stream: Stream, scenario: Scenario) -> Stream:
    steps = {step.step: step for step in stream.steps}
    for change in scenario.change:
        step = _step(stream, change.step)
        steps[step.step] = _set(steps[step.step], change)
    return _stream(stream, tuple(steps.values()), scenario)


def _set(step: Step, change: Change) -> Step:
    new = {key: value for key in _SET if (value := getattr(change, key)) is not None}
    if change.automate:
        # Nobody does it any more: what is not said anew takes no work and costs nobody's time.
        by_visit = step.cost if step.cost and step.cost.per == "visit" else None
        new = {"work": _NO_WORK, "people": None, "by": (), "cost": by_visit, **new}
    return step.model_copy(update=new)


def _stream(stream: Stream, steps: tuple[Step, ...], scenario: Scenario) -> Stream:
    kept = {name: getattr(stream, name) for name in Stream.model_fields}
    arrivals = scenario.arrivals or stream.arrivals
    return Stream(**{**kept, "steps": steps, "arrivals": arrivals, "scenarios": {}})


def _rewired(stream: Stream, state: _State, change: Change) -> _State:
    name = _left(stream, state, change.step)
    if change.merge_into:
        return _joined(stream, state, name, _left(stream, state, change.merge_into))
    if change.together_with:
        other = _left(stream, state, change.together_with)
        return replace(state, wiring=state.wiring.at_once(name, other))
    return _State(state.wiring.without(name), _without(stream, state.steps, name), state.right)


def _left(stream: Stream, state: _State, name: str) -> str:
    """The step's name, if it is still there."""
    step = _step(stream, name).step
    if step not in state.steps:
        raise NotPossible(f"{step!r} is gone by an earlier change of this scenario; leave one out")
    return step


def _joined(stream: Stream, state: _State, one: str, into: str) -> _State:
    joined = state.wiring.joined(one, into)
    first, second = (state.steps[name] for name in state.wiring.in_turn(one, into))
    steps = {**state.steps, into: combined(first, second, state.steps[into])}
    right = {**state.right, into: state.right[one] * state.right[into]}
    return _State(joined, _without(stream, steps, one), right)


def _without(stream: Stream, steps: dict[str, Step], gone: str) -> dict[str, Step]:
    return {n: _without_clock(stream, step, gone) for n, step in steps.items() if n != gone}


def _without_clock(stream: Stream, step: Step, gone: str) -> Step:
    """The step without a promise whose clock a step that is gone started."""
    promise = step.value.promise if step.value else None
    clocks = [t.step for t in promise.terms if isinstance(t, Within) and t.step] if promise else []
    if step.value is None or stream.place(gone) not in map(stream.place, clocks):
        return step
    return step.model_copy(
        update={"value": step.value.model_copy(update={"promise": None, "keep": None})}
    )


def _written(stream: Stream, state: _State) -> tuple[Step, ...]:
    """The steps in their order; `then` and `end` are as before where they say what holds now."""
    wired, before = state.wiring, wiring(stream).ways
    for name in wired.order:
        # Ways back tell of a step's rework; what it told by `right` alone they must tell then.
        if wired.goes_back(name) and state.right[name] < 1:
            wired = wired.repeating(name, state.right[name])
    marked = any(step.end for step in stream.steps) or wired.ends != {wired.order[-1]}
    return tuple(_with_ways(state.steps[name], wired, marked, before[name]) for name in wired.order)


def _with_ways(step: Step, wired: Wiring, marked: bool, before: tuple[Leg, ...]) -> Step:
    legs = wired.ways[step.step]
    total = sum(leg.share for leg in legs)
    is_last = step.step == wired.order[-1]
    end = (marked and step.step in wired.ends) or (total < 1 - _EPS and not (is_last and not legs))
    if step.then and legs == before and end == step.end:
        return step
    onward = () if end or is_last else ((wired.order[wired.order.index(step.step) + 1],),)
    if tuple(leg.to for leg in legs) == onward and (total > 1 - _EPS or not legs):
        return step.model_copy(update={"then": (), "end": end})
    ways = [Onward(leg.to, leg.share) for leg in legs]
    if ways and total > 1 - _EPS:
        # The largest takes what the others leave, so that no rounding makes or loses cases.
        most = max(range(len(ways)), key=lambda at: legs[at].share)
        ways[most] = Onward(ways[most].to)
    return step.model_copy(update={"then": tuple(ways), "end": end})
