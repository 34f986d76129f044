"""Steps added, removed, moved, split and merged."""

from valuestream.model.findings import Place
from valuestream.model.stream import Change
from valuestream.store.draft import Draft
from valuestream.store.errors import Refused
from valuestream.store.mentions import mentions_moved, without_mentions
from valuestream.store.modelled import scenario, toward_stream
from valuestream.store.namings import Renamed, in_ways
from valuestream.store.operations import AddStep, RenameStep, SplitStep
from valuestream.store.past import Past
from valuestream.store.renaming import Others, rename_step
from valuestream.text.document import Document
from valuestream.text.edits import InsertStep, MoveStep, RemoveStep

_NEW = "New step"


def add(draft: Draft, operation: AddStep) -> Draft:
    """With a new step behind another one, or between two."""
    holder = draft.snapshot.place(operation.within)
    siblings: Place = (*holder, "sub-steps" if holder else "steps")
    index = _behind(draft, siblings, operation.after)
    name = operation.fields.get("step") or _free_name(draft.document)
    fields = {"step": name, **{k: v for k, v in operation.fields.items() if k != "step"}}
    if operation.before is None or operation.after is None:
        return draft.edit(InsertStep(index, fields, siblings))
    to = draft.step(operation.before)
    if _behind(draft, siblings, operation.before) - 1 != index:
        fields.setdefault("then", to.step)
    then = draft.snapshot.value(operation.after, ("then",))
    place = (*draft.snapshot.place(operation.after), "then")
    led = in_ways(then, place, Renamed(to.step, to.id, str(name)))
    return draft.at_once(list(led)).edit(InsertStep(index, fields, siblings))


def remove(draft: Draft, element: str) -> Draft:
    """Without a step; what led to it leads to where it led."""
    place = draft.snapshot.place(element)
    if place[:-1] != ("steps",) or draft.snapshot.document.stream is None:
        return draft.edit(RemoveStep(place))
    name = draft.step(element).step
    after = scenario(draft.stream, Change(step=name, remove=True))
    data, notes = without_mentions(draft.document.data, name)
    return toward_stream(draft, after, data).note(*notes)


def move(draft: Draft, element: str, after: str | None) -> Draft:
    """With a step behind another one of its list, or first."""
    place = draft.snapshot.place(element)
    to, own = _behind(draft, place[:-1], after), place[-1]
    assert isinstance(own, int)
    return draft.edit(MoveStep(place, to - (to > own)))


def split(draft: Draft, operation: SplitStep, past: Past, others: Others) -> Draft:
    """With several steps in place of one; the last one has its ways on."""
    if len(operation.names) < 2:
        raise Refused("a step is split into at least two; give two names")
    *siblings, at = draft.snapshot.place(operation.element)
    assert isinstance(at, int)
    first, *rest = operation.names
    draft = rename_step(draft, RenameStep(operation.element, first), past, others)
    step = draft.at((*siblings, at))
    onward = {key: step[key] for key in ("then", "end") if key in step}
    if onward:
        kept = {key: value for key, value in step.items() if key not in onward}
        draft = draft.put((*siblings, at), kept)
    for number, name in enumerate(rest, 1):
        last = onward if number == len(rest) else {}
        draft = draft.edit(InsertStep(at + number, {"step": name, **last}, tuple(siblings)))
    return draft


def merge(draft: Draft, elements: tuple[str, ...], into: str) -> Draft:
    """With steps merged into a neighbour."""
    draft.refuse_sub_steps(*elements, into)
    to, stream, data = draft.step(into).step, draft.stream, draft.document.data
    for name in (draft.step(element).step for element in elements):
        stream = scenario(stream, Change(step=name, merge_into=to))
        data = mentions_moved(data, name, to)
    return toward_stream(draft, stream, data)


def _free_name(document: Document) -> str:
    """A name for a new step that no other one has."""
    steps = document.data.get("steps")
    known = steps if isinstance(steps, list) else []
    taken = {str(step.get("step")).casefold() for step in known if isinstance(step, dict)}
    names = (_NEW, *(f"{_NEW} {number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)


def _behind(draft: Draft, siblings: Place, after: str | None) -> int:
    """The index behind a step of a list; the first one behind none."""
    if after is None:
        return 0
    place = draft.snapshot.place(after)
    if place[:-1] != siblings:
        raise Refused("these two stand in different lists; name one of the same list")
    assert isinstance(place[-1], int)
    return place[-1] + 1
