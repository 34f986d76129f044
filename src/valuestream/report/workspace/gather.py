"""All that the page of a workspace shows, each log of it read once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from valuestream.effects import Given, Looked, of_folder
from valuestream.goals import measured as measured_goals
from valuestream.improvements import Board, deliveries, fold, read
from valuestream.improvements.measuring import measured as measured_improvements
from valuestream.measure.laying import LaidOnce
from valuestream.measure.seeing import see
from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
from valuestream.model.processes import align
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.report.page import Made, Report
from valuestream.report.workspace.seen import SeenStream, WorkspaceReport
from valuestream.review import review
from valuestream.text import Document
from valuestream.text.folder import Folder, workspace
from valuestream.text.links import faults_between

_LOST = "VS053"


def gather_workspace(
    path: Path,
    as_of: date,
    *,
    logs: LaidOnce | None = None,
    known: Sequence[Report] = (),
    made: Made | None = None,
) -> WorkspaceReport:
    """What is known of the workspace of a folder (or of a text in it) at the end of a day.

    What cannot be read is said where it would stand. `logs` are those that are open already,
    `known` the reports of streams that are there already.
    Raises InputError where there is no stream at all.
    """
    if logs is None:
        with LaidOnce() as opened:
            return gather_workspace(path, as_of, logs=opened, known=known, made=made)
    folder = workspace(path)
    if not folder.streams and not folder.system.faulty:
        raise InputError(f"{path} holds no stream; write one with 'valuestream new NAME'")
    now = min(
        datetime.now(UTC), datetime.combine(as_of + timedelta(days=1), datetime.min.time(), UTC)
    )
    reported = {r.stream.key: SeenStream(r.stream, r.figures, r.findings) for r in known}
    board = _board(folder, now)
    listed = folder.workspace.processes if folder.workspace else {}
    return WorkspaceReport(
        folder,
        as_of,
        now,
        tuple(
            reported.get(stream.key) or _seen(folder, document, stream, logs)
            for document, stream in folder.streams
        ),
        tuple(Path(d.name).name for d in folder.documents if d.findings and not _is_read(d)),
        tuple(_lost(folder, as_of)),
        measured_goals(folder, as_of, logs.laid),
        _looked(folder, board, as_of, logs),
        board,
        measured_improvements(board, now) if board.improvements else None,
        align(folder.system.streams, listed),
        made or Made(),
    )


def _is_read(document: Document) -> bool:
    return bool(document.stream or document.goals or document.workspace)


def _seen(folder: Folder, document: Document, stream: Stream, logs: LaidOnce) -> SeenStream:
    seen: Seen | None = None
    why = ""
    try:
        with logs.laid(document) as visits:
            seen = see(visits)
    except InputError as error:
        why = str(error)
    figures = seen.figures if seen else declare(stream)
    located = map(document.locate, review(stream, seen, folder.system))
    return SeenStream(stream, figures, tuple(f for f in located if f is not None), why)


def _board(folder: Folder, now: datetime) -> Board:
    """The improvements as they were known at an instant."""
    acts = read(folder.path)
    return fold(
        replace(acts, lines=tuple(line for line in acts.lines if line.act.time <= now)), now
    )


def _looked(folder: Folder, board: Board, as_of: date, logs: LaidOnce) -> Looked | None:
    given = [Given("improvements", deliveries(board))]
    try:
        return of_folder(folder.path, given, laying=logs.laid)
    except InputError:
        return None


def _lost(folder: Folder, as_of: date) -> Iterator[Finding]:
    for found in faults_between(folder, as_of).values():
        yield from (finding for finding in found if finding.code == _LOST)
