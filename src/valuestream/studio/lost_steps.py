"""Improvements whose step has another name since somebody renamed it in an editor.

In the studio a renamed step keeps the id that improvements name it by. Here that is done after:
the step that it is now takes that id.
"""

from dataclasses import dataclass

from valuestream.improvements import Board
from valuestream.improvements.ids import named
from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean
from valuestream.model.system import steps_of
from valuestream.store.operations import SetField
from valuestream.studio.people import Author
from valuestream.studio.studio import Studio
from valuestream.studio.workspace import Contents, Kept


@dataclass(frozen=True, slots=True)
class Lost:
    """The id of a step that is not there, and the steps of its stream that may be it now."""

    id: str
    kept: Kept
    steps: tuple[str, ...]


def lost_step(place: str, contents: Contents) -> Lost | None:
    """What the stream lacks of a place `stream / step`; None where it lacks nothing."""
    name, _, step = (part.strip() for part in place.partition("/"))
    kept = next((k for k in contents.streams if k.stream and k.stream.key == name), None)
    stream = kept.stream if kept else None
    if kept is None or stream is None or not step or kept.is_faulty:
        return None
    if step in {own.key for _, own in steps_of(stream)}:
        return None
    return Lost(step, kept, tuple(own.step for own in stream.steps if own.id is None))


def find_step(studio: Studio, board: Board, improvement: str, step: str, author: Author) -> None:
    """Says which step an improvement is about: it takes the id that the improvement names it by.

    Raises InputError for an unknown one, and where the improvement's step is there.
    """
    known = {own.id: own for own in board.improvements}
    own = known[named(improvement, known)]
    lost = lost_step(own.place, studio.contents())
    if lost is None:
        raise InputError(f"the step of {own.id} is there; nothing is to be said")
    stream = lost.kept.stream
    if stream is None or step not in lost.steps:
        raise InputError(f"{step[:100]!r} cannot be it; {did_you_mean(step[:100], lost.steps)}")
    handle = lost.kept.handle([s.step for s in stream.steps].index(step))
    studio.store.apply(lost.kept.key, SetField(handle, ("id",), lost.id, None), author.id)
