"""Edits by slices of the text: what is not edited keeps every byte, comments and quotes too."""

from collections import Counter

from valuestream.model.findings import Place
from valuestream.text.comments import comments
from valuestream.text.document import Document, reparse
from valuestream.text.edits import (
    AddKey,
    Edit,
    EditRefused,
    InsertStep,
    MoveStep,
    RemoveKey,
    RemoveStep,
    SetValue,
)
from valuestream.text.intended import intended, same
from valuestream.text.nodes import plain
from valuestream.text.slices import Slice, applied
from valuestream.text.slices_of_keys import add, remove, set_value
from valuestream.text.slices_of_steps import insert_step, move_step, remove_step

__all__ = [
    "AddKey",
    "EditRefused",
    "InsertStep",
    "MoveStep",
    "RemoveKey",
    "RemoveStep",
    "SetValue",
    "apply",
]


def apply(document: Document, edit: Edit) -> Document:
    """The document after an edit.

    The new text is read again. It must hold exactly the data that the edit intends, and no fault
    that was not there before. Else EditRefused is raised, with a sentence, and nothing has changed.
    """
    after = apply_only(document, edit)
    _refuse_new_faults(document, after)
    return after


def apply_only(document: Document, edit: Edit) -> Document:
    """As `apply`, but for faults: one of several edits, whose faults only the last one mends."""
    if document.root is None:
        raise EditRefused(f"{document.name} cannot be edited before its faults are mended")
    before = plain(document.root)
    goal = intended(before, edit)
    if same(before, goal):
        return document
    after = reparse(document, applied(document.text, _slices(document, edit)))
    if after.root is None or not same(plain(after.root), goal):
        raise EditRefused(
            f"{_shown(edit)} would change more of {document.name} than was asked for; "
            "edit the text by hand"
        )
    if not isinstance(edit, RemoveKey | RemoveStep):
        refuse_lost_comments(document, after)
    return after


def _slices(document: Document, edit: Edit) -> list[Slice]:
    match edit:
        case SetValue():
            return set_value(document, edit)
        case AddKey():
            return add(document, edit.place, edit.data)
        case RemoveKey():
            return remove(document, edit.place)
        case InsertStep():
            return insert_step(document, edit)
        case RemoveStep():
            return remove_step(document, edit.place)
        case MoveStep():
            return move_step(document, edit)


def _refuse_new_faults(before: Document, after: Document) -> None:
    known = {(f.code, f.message) for f in before.findings}
    for found in after.findings:
        if (found.code, found.message) not in known:
            raise EditRefused(f"{found.message}; {found.suggestion}".rstrip("; "))


def refuse_lost_comments(before: Document, after: Document) -> None:
    """Raises EditRefused where a comment of the one is not in the other."""
    if _comments(before) - _comments(after):
        raise EditRefused("a comment would be lost; edit the text by hand")


def _comments(document: Document) -> Counter[str]:
    if document.root is None:
        return Counter()
    lines = document.lines
    ends = ((at, lines.start(lines.number(at) + 1)) for at in comments(document.root, lines))
    return Counter(document.text[at:end].strip() for at, end in ends)


def _shown(edit: Edit) -> str:
    place: Place = edit.steps if isinstance(edit, InsertStep) else edit.place
    where = " / ".join(str(p + 1) if isinstance(p, int) else p for p in place)
    return f"this edit of {where!r}"
