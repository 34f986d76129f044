"""Steps added, removed, moved, split, merged, and the ways between them."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from valuestream.model.errors import InputError
from valuestream.model.findings import Place
from valuestream.model.scenarios import applied
from valuestream.model.shares import parse_share
from valuestream.model.stream import Change, Scenario, Step, Stream
from valuestream.model.ways import Onward
from valuestream.store.draft import Draft
from valuestream.store.errors import Refused
from valuestream.store.operations import AddStep, RenameStep, SplitStep
from valuestream.store.past import Past
from valuestream.store.renaming import rename_step
from valuestream.text.document import Document
from valuestream.text.edits import InsertStep, MoveStep, RemoveStep

_NEW = "New step"


def add(draft: Draft, operation: AddStep) -> Draft:
    """With a new step behind another one, or between two."""
    holder = draft.snapshot.place(operation.within)
    siblings: Place = (*holder, "sub-steps" if holder else "steps")
    index = _behind(draft, siblings, operation.after)
    name = operation.fields.get("step") or new_name(draft.document)
    fields = {"step": name, **{k: v for k, v in operation.fields.items() if k != "step"}}
    if operation.before is None or operation.after is None:
        return draft.edit(InsertStep(index, fields, siblings))
    one, to = (_name(draft, handle) for handle in (operation.after, operation.before))
    before = _step(draft, operation.after)
    after = _behind(draft, siblings, operation.before) - 1
    if after != index and "then" not in fields:
        fields["then"] = to
    draft = draft.edit(InsertStep(index, fields, siblings))
    if not before.then:
        return draft
    ways = [Onward(tuple(name if n == to else n for n in w.to), w.share) for w in before.then]
    return _ways(draft, one, ways)


def remove(draft: Draft, element: str) -> Draft:
    """Without a step; what led to it leads to where it led."""
    place, name = draft.snapshot.place(element), draft.snapshot.name(element)
    if place[:-1] != ("steps",) or not _is_named(draft, element):
        return draft.edit(RemoveStep(place))
    change = Change(step=_name(draft, element), remove=True)
    draft, rest = _without_mentions(draft, _name(draft, element))
    after = _scenario(draft.stream, change)
    return _toward_stream(draft, after, rest).note(f"{name} is gone with its ways and mentions")


def move(draft: Draft, element: str, after: str | None) -> Draft:
    """With a step behind another one of its list, or first."""
    place = draft.snapshot.place(element)
    to = _behind(draft, place[:-1], after)
    assert isinstance(place[-1], int)
    return draft.edit(MoveStep(place, to - (to > place[-1])))


def split(draft: Draft, operation: SplitStep, past: Past, others: Mapping[str, Document]) -> Draft:
    """With several steps in place of one; the last one has its ways on."""
    if len(operation.names) < 2:
        raise Refused("a step is split into at least two; give two names")
    place = draft.snapshot.place(operation.element)
    data = draft.snapshot.value(operation.element)
    onward = {key: data[key] for key in ("then", "end") if key in data}
    first, *rest = operation.names
    draft = rename_step(draft, RenameStep(operation.element, first), past, others)
    step = _at(draft.document.data, place)
    onward = {key: step[key] for key in onward}
    if onward:
        without = {key: value for key, value in step.items() if key not in onward}
        draft = draft.toward(_with_step(draft.document.data, place, without))
    assert isinstance(place[-1], int)
    for number, name in enumerate(rest, 1):
        last = onward if number == len(rest) else {}
        draft = draft.edit(InsertStep(place[-1] + number, {"step": name, **last}, place[:-1]))
    return draft


def merge(draft: Draft, elements: tuple[str, ...], into: str) -> Draft:
    """With steps merged into a neighbour."""
    _refuse_sub_steps(draft, (*elements, into))
    to = _name(draft, into)
    stream, goal = draft.stream, draft.document.data
    for name in (_name(draft, e) for e in elements):
        goal = _mentions_of_other(goal, name, to)
        stream = _scenario(stream, Change(step=name, merge_into=to))
    return _toward_stream(draft, stream, goal)


def parallel(draft: Draft, elements: tuple[str, ...]) -> Draft:
    """With steps that follow each other done at the same time."""
    _refuse_sub_steps(draft, elements)
    if len(elements) < 2:
        raise Refused("at the same time are at least two steps; choose two")
    stream = draft.stream
    places = sorted(stream.place(_name(draft, e)) or 0 for e in elements)
    names = [stream.steps[at].step for at in places]
    if len(names) == 2:
        after = _scenario(stream, Change(step=names[0], together_with=names[1]))
        return _toward_stream(draft, after, draft.document.data)
    return _several_parallel(draft, stream, places)


def _several_parallel(draft: Draft, stream: Stream, places: list[int]) -> Draft:
    """More than two: only such as follow each other without any other ways."""
    first, last = places[0], places[-1]
    names = [stream.steps[at].step for at in places]
    simple = all(not stream.steps[at].then and not stream.steps[at].end for at in places)
    led_to = any(n in way.to for step in stream.steps for way in step.then for n in names)
    if first == 0 or places != list(range(first, last + 1)) or not simple or led_to:
        raise Refused(
            "several steps can be done at the same time where all cases go straight through them "
            "and another step comes before; make two of them parallel, or write 'then' yourself"
        )
    if stream.steps[first - 1].then or last + 1 >= len(stream.steps):
        raise Refused("the steps before and behind them must be simple ones; write 'then' yourself")
    meet = stream.steps[last + 1].step
    draft = _ways(draft, stream.steps[first - 1].step, [Onward(tuple(names))])
    for name in names[:-1]:
        draft = _ways(draft, name, [Onward((meet,))])
    return draft


def unparallel(draft: Draft, elements: tuple[str, ...]) -> Draft:
    """With steps one after the other that were done at the same time."""
    stream = draft.stream
    names = {_name(draft, e) for e in elements}
    order = [s.step for s in stream.steps if s.step in names]
    where = [
        (step, at)
        for step in stream.steps
        for at, way in enumerate(step.then)
        if len(way.to) > 1 and len(names & set(map(stream_name(stream), way.to))) > 1
    ]
    if not where:
        raise Refused("these steps are not done at the same time; choose such as are")
    for step, at in where:
        ways = list(step.then)
        others = tuple(n for n in ways[at].to if stream_name(stream)(n) not in order)
        ways[at] = Onward((order[0], *others), ways[at].share)
        draft = _ways(draft, step.step, ways)
    for one, following in pairwise(order):
        draft = _ways(draft, one, [Onward((following,))])
    return draft


def connect(draft: Draft, element: str, to: str, share: str | None) -> Draft:
    """With a way from a step to another; the ways that were there stay."""
    _refuse_sub_steps(draft, (element, to))
    step, name = _step(draft, element), _name(draft, to)
    stream = draft.stream
    try:
        part = None if share is None else parse_share(share)
    except ValueError as error:
        raise Refused(str(error)) from None
    ways = list(step.then)
    at = stream.place(step.step)
    following = at is not None and not step.end and at + 1 < len(stream.steps)
    if not ways and following:
        ways = [Onward((stream.steps[(at or 0) + 1].step,))]
    named = stream_name(stream)
    same = [i for i, way in enumerate(ways) if tuple(map(named, way.to)) == (name,)]
    if same:
        ways[same[0]] = Onward((name,), part)
    else:
        ways.append(Onward((name,), part))
    return _ways(draft, step.step, ways)


def disconnect(draft: Draft, element: str, to: str) -> Draft:
    """Without the way from a step to another; a step without any other way ends its cases."""
    _refuse_sub_steps(draft, (element, to))
    step, name, stream = _step(draft, element), _name(draft, to), draft.stream
    named = stream_name(stream)
    at = stream.place(step.step) or 0
    following = stream.steps[at + 1].step if at + 1 < len(stream.steps) else None
    if not step.then:
        if step.end or following != name:
            raise Refused(f"{step.step!r} does not lead to {name!r}")
        return _end(draft, step.step)
    ways = [Onward(tuple(n for n in w.to if named(n) != name), w.share) for w in step.then]
    if ways == list(step.then):
        raise Refused(f"{step.step!r} does not lead to {name!r}")
    left = [way for way in ways if way.to]
    if not left:
        return _end(draft, step.step)
    if len(left) == 1:
        left = [Onward(left[0].to)]
    return _ways(draft, step.step, left)


def stream_name(stream: Stream) -> Any:
    """From how a way names a step to the step's name."""

    def named(written: str) -> str:
        place = stream.place(written)
        return written if place is None else stream.steps[place].step

    return named


def new_name(document: Document) -> str:
    """A name for a new step that no other one has."""
    steps = document.data.get("steps")
    taken = (
        {str(s.get("step")).casefold() for s in steps if isinstance(s, dict)}
        if isinstance(steps, list)
        else set()
    )
    names = (_NEW, *(f"{_NEW} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)


def _behind(draft: Draft, siblings: Place, after: str | None) -> int:
    if after is None:
        return 0
    place = draft.snapshot.place(after)
    if place[:-1] != siblings:
        raise Refused("these two stand in different lists; name one of the same list")
    assert isinstance(place[-1], int)
    return place[-1] + 1


def _is_named(draft: Draft, element: str) -> bool:
    """Whether the ways can be followed: the stream is without faults."""
    return draft.snapshot.document.stream is not None and bool(element)


def _step(draft: Draft, element: str) -> Step:
    place = draft.snapshot.place(element)
    at = place[1]
    assert isinstance(at, int)
    return draft.stream.steps[at]


def _name(draft: Draft, element: str) -> str:
    return str(draft.snapshot.value(element, ("step",))).strip()


def _refuse_sub_steps(draft: Draft, elements: tuple[str, ...]) -> None:
    for element in elements:
        if len(draft.snapshot.place(element)) > 2:
            raise Refused(f"{draft.snapshot.name(element)} is a sub-step; ways lead between steps")


def _scenario(stream: Stream, change: Change) -> Stream:
    try:
        return applied(stream, Scenario(change=(change,)))
    except InputError as error:
        raise Refused(str(error)) from None


def _toward_stream(draft: Draft, after: Stream, data: dict[str, Any]) -> Draft:
    """With the text brought to what the steps say after a change of the model."""
    before = {step.step: step for step in draft.stream.steps}
    written = {str(s["step"]).strip(): s for s in data["steps"]}
    steps = [_written(written[s.step], before[s.step], s) for s in after.steps]
    return draft.toward({**data, "steps": steps})


def _written(data: dict[str, Any], before: Step, after: Step) -> dict[str, Any]:
    """A step's data with what differs in the model."""
    if before == after:
        return data
    one, other = (
        s.model_dump(mode="json", by_alias=True, exclude_defaults=True) for s in (before, after)
    )
    said = dict(data)
    for key in dict.fromkeys((*one, *other)):
        if one.get(key) == other.get(key):
            continue
        if key in other:
            said[key] = _short(key, other[key])
        else:
            said.pop(key, None)
    return said


def _short(key: str, value: Any) -> Any:
    """As a person writes it: one way or one role without brackets."""
    if key in ("then", "by", "process", "needs", "gives") and isinstance(value, list):
        return value[0] if len(value) == 1 else value
    return value


def _ways(draft: Draft, name: str, ways: list[Onward]) -> Draft:
    """With a step's ways on written, shortly where they are simple."""
    steps = draft.document.data["steps"]
    at = next(i for i, s in enumerate(steps) if str(s.get("step")).strip() == name)
    following = str(steps[at + 1].get("step")) if at + 1 < len(steps) else None
    step = {k: v for k, v in steps[at].items() if k != "then"}
    shared = [way.write() for way in ways]
    if shared != [following] or "end" in step:
        if "end" in step and all(way.share is None for way in ways):
            del step["end"]
        step["then"] = shared[0] if len(shared) == 1 else _mapping(shared)
    return draft.toward(_with_step(draft.document.data, ("steps", at), _in_order(steps[at], step)))


def _mapping(shared: list[object]) -> object:
    """`{A: 20 %, B: 80 %}` where every way has its share."""
    if all(isinstance(way, dict) and "together" not in way for way in shared):
        return {name: part for way in shared for name, part in way.items()}  # type: ignore[attr-defined]
    return shared


def _in_order(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    order = [*before, *(k for k in after if k not in before)]
    return {key: after[key] for key in order if key in after}


def _end(draft: Draft, name: str) -> Draft:
    """With a step whose cases are completed there."""
    steps = draft.document.data["steps"]
    at = next(i for i, s in enumerate(steps) if str(s.get("step")).strip() == name)
    step = {k: v for k, v in steps[at].items() if k != "then"}
    data = _with_step(draft.document.data, ("steps", at), {**step, "end": True})
    if not any(s.get("end") for s in steps) and at + 1 < len(steps):
        # The last step's cases ended by default, and must be said to end now.
        data = _with_step(data, ("steps", len(steps) - 1), {**data["steps"][-1], "end": True})
    return draft.toward(data)


def _with_step(data: Any, place: Place, step: Any) -> Any:
    if not place:
        return step
    copy = dict(data) if isinstance(data, dict) else list(data)
    copy[place[0]] = _with_step(copy[place[0]], place[1:], step)  # type: ignore[index]
    return copy


def _at(data: Any, place: Place) -> Any:
    for part in place:
        data = data[part]
    return data


def _without_mentions(draft: Draft, name: str) -> tuple[Draft, dict[str, Any]]:
    """The data without the flows of information and the scenarios' changes of a step."""
    data = dict(draft.document.data)
    folded = name.casefold()
    flows = data.get("information")
    if isinstance(flows, list):
        kept = [f for f in flows if folded not in _folded(f, ("from", "to"))]
        draft = _noted(draft, len(flows) - len(kept), "flows of information")
        data = {k: v for k, v in data.items() if k != "information"} if not kept else data
        if kept:
            data["information"] = kept
    scenarios = data.get("scenarios")
    if isinstance(scenarios, dict):
        keys = ("step", "merge into", "together with")
        count = 0
        new = {}
        for title, scenario in scenarios.items():
            changes = scenario.get("change") if isinstance(scenario, dict) else None
            left = [c for c in changes or () if folded not in _folded(c, keys)]
            count += len(changes or ()) - len(left)
            rest = {k: v for k, v in (scenario or {}).items() if k != "change"}
            new[title] = {**rest, "change": left} if left else rest or None
            if not changes:
                new[title] = scenario
        data["scenarios"] = new
        draft = _noted(draft, count, "changes of scenarios")
    return draft, data


def _noted(draft: Draft, count: int, what: str) -> Draft:
    return draft.note(f"{count} {what} fell away with it") if count else draft


def _folded(data: Any, keys: tuple[str, ...]) -> list[str]:
    found = [data.get(key) for key in keys] if isinstance(data, dict) else []
    return [text.strip().casefold() for text in found if isinstance(text, str)]


def _mentions_of_other(data: dict[str, Any], name: str, to: str) -> dict[str, Any]:
    """The data with another step named where flows of information named one."""
    flows = data.get("information")
    if not isinstance(flows, list):
        return data
    folded = name.casefold()
    new = [
        {
            k: to if k in ("from", "to") and str(v).strip().casefold() == folded else v
            for k, v in f.items()
        }
        for f in flows
    ]
    return {**data, "information": new}
