"""Edits by slices of the text: what is not edited keeps every byte, comments and quotes too."""

from collections.abc import Sequence
from functools import reduce

from valuestream.model.findings import Place
from valuestream.text.again import reparse
from valuestream.text.document import Document
from valuestream.text.edits import (
    AddKey,
    Edit,
    EditRefused,
    InsertStep,
    MoveStep,
    RemoveKey,
    RemoveStep,
    RenameKey,
    SetValue,
)
from valuestream.text.intended import intended, same
from valuestream.text.slices import Slice, applied
from valuestream.text.slices_of_keys import add, remove, rename_key, set_value
from valuestream.text.slices_of_steps import insert_step, move_step, remove_step

__all__ = [
    "AddKey",
    "EditRefused",
    "InsertStep",
    "MoveStep",
    "RemoveKey",
    "RemoveStep",
    "RenameKey",
    "SetValue",
    "apply",
]


def apply(document: Document, edit: Edit) -> Document:
    """The document after an edit.

    The new text is read again. It must hold exactly the data that the edit intends, and no fault
    that was not there before. Else EditRefused is raised, with a sentence, and nothing has changed.
    """
    after = apply_only(document, edit)
    refuse_new_faults(document, after)
    return after


def apply_only(document: Document, edit: Edit) -> Document:
    """As `apply`, but for faults: one of several edits, whose faults only the last one mends."""
    return apply_at_once(document, [edit])


def apply_at_once(document: Document, edits: Sequence[Edit]) -> Document:
    """As `apply_only`, for edits of which none moves what another one is to change."""
    if document.root is None:
        raise EditRefused(f"{document.name} cannot be edited before its faults are mended")
    goal = reduce(intended, edits, document.data)
    if same(document.data, goal):
        return document
    slices = [part for edit in edits for part in _slices(document, edit)]
    after = reparse(document, applied(document.text, slices))
    if after.root is None or not same(after.data, goal):
        raise EditRefused(
            f"{_shown(edits[0])} would change more of {document.name} than was asked for; "
            "edit the text by hand"
        )
    if not any(isinstance(edit, RemoveKey | RemoveStep) for edit in edits):
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
        case RenameKey():
            return rename_key(document, edit)
        case _:
            return _slices_of_steps(document, edit)


def _slices_of_steps(document: Document, edit: InsertStep | RemoveStep | MoveStep) -> list[Slice]:
    match edit:
        case InsertStep():
            return insert_step(document, edit)
        case RemoveStep():
            return remove_step(document, edit.place)
        case MoveStep():
            return move_step(document, edit)


def refuse_new_faults(before: Document, after: Document) -> None:
    """Raises EditRefused where the one has a fault that the other has not."""
    known = {(f.code, f.message) for f in before.findings}
    for found in after.findings:
        if (found.code, found.message) not in known:
            raise EditRefused(f"{found.message}; {found.suggestion}".rstrip("; "))


def refuse_lost_comments(before: Document, after: Document) -> None:
    """Raises EditRefused where a comment of the one is not in the other."""
    if before.comments - after.comments:
        raise EditRefused("a comment would be lost; edit the text by hand")


def _shown(edit: Edit) -> str:
    place: Place = edit.steps if isinstance(edit, InsertStep) else edit.place
    where = " / ".join(str(p + 1) if isinstance(p, int) else p[:40] for p in place)
    return f"this edit of {where!r}"
