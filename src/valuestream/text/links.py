"""Where the texts of a workspace speak of each other, and what they name is not there."""

from collections.abc import Iterator, Mapping
from datetime import date

from valuestream.model.circles import way_back
from valuestream.model.findings import Finding, Place
from valuestream.model.names import did_you_mean, nearest
from valuestream.model.stream import Stream
from valuestream.model.system import Lost, steps_of
from valuestream.text.document import Document
from valuestream.text.folder import Folder
from valuestream.text.key_results import faults_of_goals


def faults_between(folder: Folder, today: date) -> dict[str, list[Finding]]:
    """The faults between the documents of a folder, by the document's name.

    `today` tells which days of goals are past.
    """
    found: dict[str, list[Finding]] = {}
    for document, finding in _all(folder, today):
        located = document.locate(finding)
        if located is not None:
            found.setdefault(document.name, []).append(located)
    return found


def _all(folder: Folder, today: date) -> Iterator[tuple[Document, Finding]]:
    yield from _same_ids(folder)
    yield from _circles(folder)
    yield from _links(folder)
    for document, stream in folder.streams:
        for finding in _details(folder, stream):
            yield document, finding
        for finding in (*_shared(folder, document, stream), *_nearly(folder, stream)):
            yield document, finding
    for document in folder.documents:
        for finding in (*faults_of_goals(folder, document, today), *_calendars_of_roles(document)):
            yield document, finding


def _finding(code: str, place: Place, message: str, suggestion: str) -> Finding:
    return Finding(code, "error", message, suggestion, place)


def _same_ids(folder: Folder) -> Iterator[tuple[Document, Finding]]:
    first: dict[str, Document] = {}
    for document, stream in folder.streams:
        key = stream.key.casefold()
        if key in first:
            place: Place = ("id",) if stream.id else ("stream",)
            message = f"the id {stream.key!r} is that of the stream in {first[key].name} too"
            yield document, _finding("VS050", place, message, "rename one, or set another 'id'")
        first.setdefault(key, document)


def _details(folder: Folder, stream: Stream) -> Iterator[Finding]:
    for place, step in steps_of(stream):
        name = step.detailed_in
        if name is not None and name.casefold() not in folder.by_name:
            advice = did_you_mean(name, _stream_names(folder))
            message = f"no stream of this workspace is named {name!r}"
            yield _finding("VS051", (*place, "detailed in"), message, advice)


def _stream_names(folder: Folder) -> list[str]:
    return [name for _, stream in folder.streams for name in (stream.stream, stream.key)]


def _circles(folder: Folder) -> Iterator[tuple[Document, Finding]]:
    documents = {stream.key.casefold(): d for d, stream in reversed(folder.streams)}
    told: set[frozenset[str]] = set()
    for start, document in reversed(documents.items()):
        way = way_back(start, lambda key: _detailing(folder, key))
        if way is None or frozenset(way) in told:
            continue
        told.add(frozenset(way))
        names = [folder.by_name[key] for key in (*way, way[0])]
        circle = " → ".join(s.stream for s in names if s)
        place = _place_of_link(folder, start, way[1] if len(way) > 1 else start)
        message = f"these streams detail each other in a circle: {circle}"
        yield document, _finding("VS052", place, message, "remove one of these links")


def _detailing(folder: Folder, key: str) -> list[str]:
    """The ids of the streams that detail steps of the one."""
    stream = folder.by_name.get(key)
    named = (
        (s.detailed_in.casefold() for _, s in steps_of(stream) if s.detailed_in) if stream else ()
    )
    found = (folder.by_name.get(name) for name in named)
    return [other.key.casefold() for other in found if other]


def _place_of_link(folder: Folder, start: str, to: str) -> Place:
    stream = folder.by_name[start]
    for place, step in steps_of(stream) if stream else ():
        other = folder.by_name.get(step.detailed_in.casefold()) if step.detailed_in else None
        if other and other.key.casefold() == to:
            return (*place, "detailed in")
    return ()


def _links(folder: Folder) -> Iterator[tuple[Document, Finding]]:
    for lost in folder.system.lost:
        yield folder.streams[lost.origin.stream][0], _into_nothing(folder, lost)


def _into_nothing(folder: Folder, lost: Lost) -> Finding:
    if lost.target is None:
        advice = did_you_mean(lost.stream, _stream_names(folder)) + " (a link is 'stream / step')"
        message = f"no stream of this workspace is named {lost.stream!r}"
        return _finding("VS053", lost.place, message, advice)
    target = folder.system.streams[lost.target]
    advice = did_you_mean(lost.step, [s.step for _, s in steps_of(target)])
    message = f"{target.stream!r} has no step named {lost.step!r}"
    return _finding("VS053", lost.place, message, advice)


def _has_step(stream: Stream, name: str) -> bool:
    folded = name.casefold()
    return any(folded in (s.step.casefold(), s.key.casefold()) for _, s in steps_of(stream))


def _shared(folder: Folder, document: Document, stream: Stream) -> Iterator[Finding]:
    """Names of calendars and logs that valuestream.yaml does not have."""
    shared = folder.workspace
    if shared is None:
        return
    if stream.calendar is not None and stream.calendar not in shared.calendars:
        message = f"valuestream.yaml has no calendar named {stream.calendar!r}"
        advice = did_you_mean(stream.calendar, shared.calendars)
        yield _finding("VS054", ("calendar",), message, advice)
    is_named = stream.log is None or stream.log in shared.logs
    if stream.log is not None and not is_named and not _is_a_file(stream.log, folder, document):
        message = f"valuestream.yaml has no log named {stream.log!r}, and no file is"
        yield _finding("VS055", ("log",), message, did_you_mean(stream.log, shared.logs))


def _is_a_file(log: str, folder: Folder, document: Document) -> bool:
    """Whether a log is a file, or is written like one: logs often stay outside of a repository."""
    beside = document.path.parent if document.path else folder.path
    try:
        return "/" in log or "." in log or any((p / log).exists() for p in (beside, folder.path))
    except (OSError, ValueError):
        return False


def _nearly(folder: Folder, stream: Stream) -> Iterator[Finding]:
    """Roles and processes that are nearly ones of valuestream.yaml. Others need not be there."""
    shared = folder.workspace
    if shared is None or not (shared.roles or shared.processes):
        return
    for place, step in steps_of(stream):
        for index, role in enumerate(step.by):
            if near := _near(role, shared.roles):
                yield _is_nearly("VS056", ("role", role, near), (*place, "by", index))
        for index, process in enumerate(step.process):
            if near := _near(process, shared.processes):
                yield _is_nearly("VS070", ("process", process, near), (*place, "process", index))


def _near(name: str, known: Mapping[str, object]) -> str | None:
    near = None if name in known else nearest(name, known)
    return near if near is not None and _is_close(name, near) else None


def _is_nearly(code: str, said: tuple[str, str, str], place: Place) -> Finding:
    kind, name, near = said
    message = f"the {kind} {name!r} is nearly {near!r}, which valuestream.yaml has"
    many = "processes" if kind == "process" else f"{kind}s"
    return Finding(
        code, "warning", message, f"write {near!r}, or add {name!r} under {many!r}", place
    )


def _is_close(one: str, other: str) -> bool:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= 0.85


def _calendars_of_roles(document: Document) -> Iterator[Finding]:
    shared = document.workspace
    for name, role in shared.roles.items() if shared else ():
        if shared and role.calendar is not None and role.calendar not in shared.calendars:
            message = f"there is no calendar named {role.calendar!r} here"
            advice = did_you_mean(role.calendar, shared.calendars)
            yield _finding("VS054", ("roles", name, "calendar"), message, advice)
