"""Operations carried out on a document: an operation in, the document after it out."""

from collections.abc import Mapping

from valuestream.store import scenarios, steps, ways
from valuestream.store.draft import Draft
from valuestream.store.errors import Conflict, NoElement, Refused
from valuestream.store.fields import set_field
from valuestream.store.handles import Fresh, carried
from valuestream.store.merging import Contradiction, brought_together
from valuestream.store.operations import (
    AddScenario,
    AddStep,
    Connect,
    Disconnect,
    MakeParallel,
    MergeSteps,
    MoveStep,
    Operation,
    RemoveStep,
    RenameStep,
    RenameStream,
    SetField,
    SetText,
    SplitStep,
    Unparallel,
)
from valuestream.store.past import Past
from valuestream.store.renaming import rename_step, rename_stream
from valuestream.store.snapshot import Held, Snapshot
from valuestream.text.again import reparse
from valuestream.text.document import Document
from valuestream.text.edit import refuse_new_faults
from valuestream.text.edits import EditRefused

Others = Mapping[str, Document]
"""The other documents of the folder, by key."""


def do(operation: Operation, snapshot: Snapshot, past: Past, others: Others, fresh: Fresh) -> Draft:
    """The document, and others that change with it, after an operation.

    Raises Refused (Conflict, NoElement), or EditRefused, with a sentence.
    """
    if isinstance(operation, SetText):
        return _set_text(operation, snapshot, past, fresh)
    _refuse_gone(operation, snapshot, past)
    draft = _done(operation, Draft.of(snapshot, fresh), past, others)
    refuse_faults(snapshot.document, draft.document)
    return draft


def refuse_faults(before: Document, after: Document) -> None:
    """Raises Refused, with all findings, where an operation would make a fault."""
    try:
        refuse_new_faults(before, after)
    except EditRefused as error:
        raise Refused(str(error), after.findings) from None


def _done(operation: Operation, draft: Draft, past: Past, others: Others) -> Draft:
    match operation:
        case SetField(key=("step",) | ("key result",)) | RenameStep():
            return rename_step(draft, _renaming(operation), past, others)
        case SetField(element=None, key=("stream",), value=value, was=was):
            return rename_stream(draft, RenameStream(value, was), past, others)
        case SetField():
            return set_field(draft, operation, past)
        case RenameStream():
            return rename_stream(draft, operation, past, others)
        case SplitStep():
            return steps.split(draft, operation, past, others)
        case _:
            return _restructured(operation, draft)


def _restructured(operation: Operation, draft: Draft) -> Draft:
    match operation:
        case AddStep():
            return steps.add(draft, operation)
        case RemoveStep(element):
            return steps.remove(draft, element)
        case MoveStep(element, after):
            return steps.move(draft, element, after)
        case MergeSteps(elements, into):
            return steps.merge(draft, elements, into)
        case MakeParallel(elements):
            return ways.parallel(draft, elements)
        case _:
            return _connected(operation, draft)


def _connected(operation: Operation, draft: Draft) -> Draft:
    match operation:
        case Unparallel(elements):
            return ways.unparallel(draft, elements)
        case Connect(element, to, share):
            return ways.connect(draft, element, to, share)
        case Disconnect(element, to):
            return ways.disconnect(draft, element, to)
        case AddScenario(name, scenario):
            return scenarios.add(draft, name, scenario)
        case _:
            raise Refused(f"nobody here does {type(operation).__name__}")


def _renaming(operation: SetField | RenameStep) -> RenameStep:
    if isinstance(operation, RenameStep):
        return operation
    if operation.element is None or operation.value is None:
        raise NoElement("a step has a name; write one")
    return RenameStep(operation.element, operation.value, operation.was)


def _refuse_gone(operation: Operation, snapshot: Snapshot, past: Past) -> None:
    """Raises NoElement with who removed it, where an element is not there any more."""
    for handle in _handles(operation):
        if handle in snapshot.handled.places:
            continue
        remover = past.remover_of(handle)
        if remover is None:
            raise NoElement("this element is not there; look at what is there now")
        name = _name_of(handle, remover.version, snapshot, past)
        raise NoElement(
            f"{remover.author or 'somebody outside'} removed {name} at {remover.at:%H:%M:%S} UTC; "
            "undoing that brings it back"
        )


def _handles(operation: Operation) -> list[str]:
    named = [getattr(operation, k, None) for k in ("element", "after", "before", "within", "into")]
    named += [operation.to] if isinstance(operation, Connect | Disconnect) else []
    return [h for h in (*named, *getattr(operation, "elements", ())) if isinstance(h, str)]


def _name_of(handle: str, version: int, snapshot: Snapshot, past: Past) -> str:
    revision = past.revision(version)
    document = past.document_at(past.before(version), snapshot.document)
    if document is None or revision is None or handle not in revision.handled.places:
        return "it"
    held = Held(document, revision.handled)
    return Snapshot(snapshot.key, version, document, held, held).name(handle)


def _set_text(operation: SetText, snapshot: Snapshot, past: Past, fresh: Fresh) -> Draft:
    now = snapshot.document
    text = _with_line_ends(operation.text.removeprefix("\ufeff"), now)
    base = past.document_at(operation.base, now)
    if base is None:
        raise Conflict("the text", now.text, text)
    theirs = reparse(base, text)
    if base.text == now.text:
        after = reparse(now, text)
    elif theirs.root is None:
        raise Refused(
            f"{theirs.findings[0].message}; {theirs.findings[0].suggestion}", theirs.findings
        )
    else:
        after = _merged(base, now, theirs, past)
    refuse_faults(now, after)
    handled = snapshot.handled
    if after.root is not None:
        handled = carried(after.data, [snapshot.readable.seen], fresh)
    return Draft(snapshot, after, handled, fresh)


def _merged(base: Document, now: Document, theirs: Document, past: Past) -> Document:
    if now.root is None:
        raise Conflict("the text", now.text, theirs.text)
    try:
        return brought_together(base, now, theirs)
    except Contradiction as contradiction:
        one = contradiction.conflicts[0]
        last = past.revisions[-1] if past.revisions else None
        raise Conflict(contradiction.where, one.ours, one.theirs, last) from None


def _with_line_ends(text: str, document: Document) -> str:
    """With the line ends of the document: a page's text field has its own."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return plain.replace("\n", document.lines.newline) if document.text else plain
