"""A document in the course of an operation: its text and its handles change together."""

from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from valuestream.model.findings import Place
from valuestream.model.stream import Step, Stream
from valuestream.store.errors import Refused
from valuestream.store.handles import Fresh, Handled, carried, edited
from valuestream.store.snapshot import Snapshot
from valuestream.text.document import Document
from valuestream.text.edit import apply_at_once
from valuestream.text.edits import Edit, RemoveKey, SetValue
from valuestream.text.nodes import Mapping, Sequence
from valuestream.text.rewrite import rewrite


@dataclass(frozen=True)
class Draft:
    """A document, its handles, and what else is to be said of the operation.

    Attributes:
        snapshot: What the operation started from.
        others: Documents that change, too.
        notes: Sentences on what else came of it.
    """

    snapshot: Snapshot
    document: Document
    handled: Handled
    fresh: Fresh
    others: tuple[Document, ...] = ()
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, snapshot: Snapshot, fresh: Fresh) -> "Draft":
        """Nothing changed yet. Raises Refused where the file cannot be read as YAML."""
        document = snapshot.document
        if document.root is None:
            fault = document.findings[0]
            raise Refused(
                f"{snapshot.key} cannot be edited before this is mended: line {fault.line or 1}: "
                f"{fault.message}; {fault.suggestion}",
                document.findings,
            )
        return cls(snapshot, document, snapshot.handled, fresh)

    @property
    def stream(self) -> Stream:
        """The stream as it was. Raises Refused where its faults are in the way."""
        stream = self.snapshot.document.stream
        if stream is None:
            found = self.snapshot.document.findings
            why = f": {found[0].message}" if found else ""
            raise Refused(f"the ways between steps can be changed after its faults{why}", found)
        return stream

    def edit(self, *edits: Edit) -> "Draft":
        """With edits made one after the other."""
        draft = self
        for edit in edits:
            document = apply_at_once(draft.document, [edit])
            handled = edited(draft.handled, edit, draft.fresh)
            draft = replace(draft, document=document, handled=handled)
        return draft

    def at_once(self, edits: "list[Edit] | list[SetValue]") -> "Draft":
        """With edits of different places made in one go."""
        return replace(self, document=apply_at_once(self.document, edits)) if edits else self

    def toward(self, data: dict[str, Any]) -> "Draft":
        """With the text brought to other data; what both have keeps its lines."""
        document = rewrite(self.document, data)
        handled = carried(document.data, [(self.document.data, self.handled)], self.fresh)
        return replace(self, document=document, handled=handled)

    def set(self, place: Place, value: Any) -> "Draft":
        """With a value at a place, which need not be there yet."""
        while len(place) > 1 and self.document.node(place[:-1]) is None:
            place, value = place[:-1], {place[-1]: value}
        node = self.document.node(place)
        is_block = isinstance(node, Mapping | Sequence) and not node.flow
        return self.put(place, value) if is_block else self.edit(SetValue(place, value))

    def drop(self, place: Place) -> "Draft":
        """Without a key, and without what would be empty then."""
        while len(place) > 1 and isinstance(place[-1], str):
            parent = self.document.node(place[:-1])
            if not isinstance(parent, Mapping) or len(parent.pairs) > 1:
                break
            place = place[:-1]
        return self.edit(RemoveKey(place))

    def put(self, place: Place, value: Any) -> "Draft":
        """With other data at a place."""
        return self.toward(_with(self.document.data, place, value))

    def at(self, place: Place) -> Any:
        """The data at a place."""
        data: Any = self.document.data
        return reduce(lambda data, part: data[part], place, data)

    def step(self, element: str) -> Step:
        """A step as it was, by its handle. Raises Refused where faults are in the way."""
        at = self.snapshot.place(element)[1]
        assert isinstance(at, int)
        return self.stream.steps[at]

    def refuse_sub_steps(self, *elements: str) -> None:
        """Raises Refused where one of the elements stands within a step."""
        for element in elements:
            if len(self.snapshot.place(element)) > 2:
                name = self.snapshot.name(element)
                raise Refused(f"{name} is a sub-step; ways lead between steps")

    def note(self, *notes: str) -> "Draft":
        """With more to say."""
        return replace(self, notes=(*self.notes, *notes))


def _with(data: Any, place: Place, value: Any) -> Any:
    """The data with another value at a place; nothing of the old ones changes."""
    if not place:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[place[0]] = _with(copy[place[0]], place[1:], value) if len(place) > 1 else value
    return copy
