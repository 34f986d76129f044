"""Which event log a stream is measured on: the one it names, in its workspace or as a file."""

from pathlib import Path

from valuestream.events import Columns
from valuestream.measure.errors import MeasureError
from valuestream.model.names import did_you_mean
from valuestream.text import Document
from valuestream.text.document import SHARED
from valuestream.text.document import read as read_text


def log_of(document: Document) -> tuple[Path, Columns] | None:
    """The file of the log that a stream names, and its columns; None where it names none.

    A log is one of the workspace's `logs`, else a file; both are seen from their own text's folder.
    Raises MeasureError where there is neither.
    """
    if document.stream is None or document.stream.log is None or document.path is None:
        return None
    named, home = document.stream.log, document.path.parent
    logs = _shared_logs(home)
    if named in logs:
        return logs[named]
    if (home / named).exists():
        return home / named, Columns()
    raise MeasureError(
        f"{document.path}: log {named!r} is neither a log of valuestream.yaml nor a file beside "
        f"it; {did_you_mean(named, logs)}"
    )


def _shared_logs(home: Path) -> dict[str, tuple[Path, Columns]]:
    shared = next((home / name for name in SHARED if (home / name).is_file()), None)
    workspace = read_text(shared).workspace if shared else None
    if workspace is None:
        return {}
    return {
        name: (home / log.file, Columns(log.case, log.activity, log.start, log.end, log.resource))
        for name, log in workspace.logs.items()
    }
