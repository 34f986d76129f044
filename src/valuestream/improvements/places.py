"""Improvements whose place the workspace no longer has: a step was renamed, or is gone."""

from collections.abc import Iterator

from valuestream.improvements.fold import Board
from valuestream.improvements.lines import Read, Wrong, fault
from valuestream.model.findings import Finding
from valuestream.model.names import did_you_mean
from valuestream.model.system import steps_of
from valuestream.text.folder import Folder


def lost_places(read: Read, board: Board, folder: Folder) -> Iterator[Finding]:
    """A fault for each improvement, open or rolled out, whose place is not in the folder."""
    first: dict[str, int] = {}
    for line in read.lines:
        first.setdefault(line.act.improvement, line.number)
    for own in board.improvements:
        wrong = _lost(own.place, folder) if own.is_open or "roll-out" in own.dates else None
        if wrong:
            yield fault(read.name, first[own.id], wrong)


def _lost(place: str, folder: Folder) -> Wrong | None:
    name, _, step = (part.strip() for part in place.partition("/"))
    if name.casefold() not in folder.by_name:
        if None in folder.by_name.values():
            return None  # It may be the one with faults; those are named, and mended first.
        known = [stream.key for _, stream in folder.streams]
        return _gone(f"no stream of this workspace is {name[:100]!r}", name[:100], known)
    stream = folder.by_name[name.casefold()]
    known = [s.key for _, s in steps_of(stream)] if stream else []
    if stream is None or not step or step in known:
        return None
    return _gone(f"{stream.stream!r} has no step {step[:100]!r}", step[:100], known)


def _gone(message: str, old: str, known: list[str]) -> Wrong:
    advice = f"if it was renamed, give it {f'id: {old}'!r}; {did_you_mean(old, known)}"
    return Wrong("VS087", message, advice, "warning")
