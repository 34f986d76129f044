"""What commands are given, opened: streams, event logs, and what follows from the two."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from valuestream.cli.findings_shown import line
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding

if TYPE_CHECKING:
    from valuestream.events import Columns, Events
    from valuestream.measure import Calendars, NamedLog
    from valuestream.measure.kept_results import Measured
    from valuestream.model.figures import Figures
    from valuestream.model.seen import Seen
    from valuestream.model.stream import Stream
    from valuestream.text import Document
    from valuestream.text.folder import Folder


class LogGiven(NamedTuple):
    """What the command line says of the event log; a source of None is the stream's own log."""

    source: str | None
    columns: "Columns"
    time_format: str | None = None
    engine: str = "duckdb"
    memory: int | None = None


def open_stream(path: Path) -> "tuple[Document, Stream]":
    """The stream in a file. With faults: each is said and the command ends with status 1."""
    from valuestream.text import read

    return stream_of(read(path), str(path))


def stream_of(document: "Document", path: str) -> "tuple[Document, Stream]":
    """A document and the stream in it, likewise."""
    if document.stream is not None:
        return document, document.stream
    for finding in document.findings:
        print(line(finding), file=sys.stderr)
    if not document.findings:
        raise InputError(f"{path} holds no stream; name a .stream.yaml file")
    raise typer.Exit(1)


def open_workspace(path: Path) -> "Folder":
    """The workspace of a folder, or of a stream. Says which of its streams have faults.

    Raises InputError where it has no stream.
    """
    from valuestream.text.folder import workspace

    if not path.exists():
        raise InputError(f"{path} is not there; name the folder of a workspace")
    found = workspace(path)
    if not found.streams and not found.system.faulty:
        raise InputError(f"{path} holds no stream; write one with 'valuestream new NAME'")
    faulty = [Path(d.name).name for d in found.documents if d.stream is None and d.findings]
    if faulty:
        more = f" and {len(faulty) - 3:,} more" if len(faulty) > 3 else ""
        named = f"{', '.join(faulty[:3])}{more}"
        print(
            f"valuestream: not read for their faults, which 'check' names: {named}", file=sys.stderr
        )
    return found


def named_log(document: "Document", given: LogGiven) -> "NamedLog | None":
    """The log given, else the one that the stream names. Columns given count first."""
    from dataclasses import replace

    from valuestream.measure import NamedLog, log_of

    own = NamedLog(given.source) if given.source else log_of(document)
    return own and replace(
        own,
        columns=replace(own.columns, **given.columns.found()),
        time_format=given.time_format or own.time_format,
        engine=given.engine,
        memory=given.memory,
    )


@contextmanager
def open_events(document: "Document", given: LogGiven) -> "Iterator[Events | None]":
    """The log given, else the one that the stream names, else None. Columns given count first."""
    own = named_log(document, given)
    if own is None:
        yield None
        return
    with own.read() as events:
        yield events


def calendars(document: "Document", stream: "Stream") -> "Calendars | None":
    """The calendars that a stream's figures go by, of the workspace beside it."""
    from valuestream.measure import calendars_of, workspace_of

    return calendars_of(stream, workspace_of(document))


@contextmanager
def open_events_there(document: "Document", given: LogGiven) -> "Iterator[Events | None]":
    """As `open_events`; but where the stream's own log is not there, it says so and gives None.

    A stream that came without its log can still be drawn, reviewed and reported as declared.
    """
    missing = None if given.source else _missing_log(document)
    if missing:
        print(f"valuestream: {missing}; nothing is measured", file=sys.stderr)
        yield None
        return
    with open_events(document, given) as events:
        yield events


def _missing_log(document: "Document") -> str | None:
    from valuestream.measure import MeasureError, log_of

    try:
        own = log_of(document)
    except MeasureError as error:
        return str(error)
    return f"the log {own.source} is not there" if own and own.is_missing else None


def figures_of(document: "Document", stream: "Stream", given: LogGiven) -> "Figures | None":
    """The stream's figures on its log; None where it has none. Says what the reader left out."""
    from valuestream.measure.kept_results import measured

    found = _found_by(measured, document, stream, given)
    return found.figures if found else None


def seen_of(document: "Document", stream: "Stream", given: LogGiven) -> "Seen | None":
    """What a review judges of the stream on its log; None where it has none."""
    from valuestream.measure.kept_results import seen

    found = _found_by(seen, document, stream, given)
    return found.seen if found else None


def seen_with_conformance_of(
    document: "Document", stream: "Stream", given: LogGiven
) -> "Seen | None":
    """The same with the conformance of the cases. Says where they cannot be laid beside it."""
    from valuestream.measure.kept_results import seen_with_conformance

    found = _found_by(seen_with_conformance, document, stream, given)
    if found and found.seen.unaligned:
        why = found.seen.unaligned
        print(f"valuestream: {why}; where cases leave the stream is not shown", file=sys.stderr)
    return found.seen if found else None


def _found_by(
    by: "Callable[..., Measured]", document: "Document", stream: "Stream", given: LogGiven
) -> "Measured | None":
    missing = None if given.source else _missing_log(document)
    if missing:
        print(f"valuestream: {missing}; nothing is measured", file=sys.stderr)
    log = None if missing else named_log(document, given)
    if log is None:
        return None
    from valuestream.cli.progress import working
    from valuestream.measure.kept_results import cache_folder

    with working("measuring"):
        found = by(stream, log, calendars=calendars(document, stream), folder=cache_folder())
    print(found.ledger.short(), file=sys.stderr)
    return found


def reviewed(
    document: "Document", stream: "Stream", seen: "Seen | None", folder: "Folder | None" = None
) -> tuple[Finding, ...]:
    """The findings of a stream with their places, but for those that its text silences.

    It is judged among the streams of its workspace, which are read unless the folder is given.
    """
    from valuestream.review import review
    from valuestream.text.folder import around

    if folder is None and document.path:
        folder = around(document.path)
    system = folder.system if folder else None
    return located(document, review(stream, seen, system))


def located(document: "Document", findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with their places, but for those that the text silences."""
    return tuple(found for f in findings if (found := document.locate(f)) is not None)


def checked(paths: Sequence[Path]) -> list[Finding]:
    """The faults of texts and, where a stream's text has none, what it lacks."""
    from datetime import UTC, datetime

    from valuestream.review import lacking
    from valuestream.text.check import faults
    from valuestream.text.folder import read_folders

    folders = read_folders(paths)
    findings = list(faults(folders, datetime.now(UTC).date()))
    for folder in folders:
        for document in folder.documents:
            if document.stream is not None:
                findings += located(document, lacking(document.stream, folder.folder.system))
    return findings + _faults_of_acts(paths, [folder.folder for folder in folders])


def _faults_of_acts(paths: Sequence[Path], folders: "Sequence[Folder]") -> list[Finding]:
    """The faults of the acts on improvements in folders that are checked."""
    from datetime import UTC, datetime

    from valuestream.improvements.file import in_folders, read
    from valuestream.improvements.fold import fold
    from valuestream.improvements.places import lost_places

    by_path = {folder.path: folder for folder in folders}
    found: list[Finding] = []
    for where in in_folders(paths):
        acts = read(where)
        board = fold(acts, datetime.now(UTC))
        folder = by_path.get(Path(os.path.abspath(where)))  # noqa: PTH100
        found += [*board.faults, *(lost_places(acts, board, folder) if folder else ())]
    return found
