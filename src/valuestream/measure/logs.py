"""Which event log a stream is measured on: the one it names, in its workspace or as a file."""

from dataclasses import dataclass, field
from glob import has_magic
from pathlib import Path

from valuestream.events import Columns, Events, read
from valuestream.measure.errors import MeasureError
from valuestream.model.names import did_you_mean
from valuestream.model.workspace import Log, Workspace
from valuestream.text import Document
from valuestream.text.document import SHARED
from valuestream.text.document import read as read_text


@dataclass(frozen=True, slots=True)
class NamedLog:
    """A log: where it is, and what its workspace says of its columns and times."""

    source: str
    """A file, a folder, a pattern or an address."""
    columns: Columns = field(default_factory=Columns)
    time_format: str | None = None
    time_zone: str | None = None
    engine: str = "duckdb"
    """Where it is measured: here, or at an address where the log lies."""
    memory: int | None = None
    """What the engine here may take, in bytes."""

    @property
    def is_missing(self) -> bool:
        """Whether it is a file that is not there."""
        named = has_magic(self.source) or "://" in self.source or self.engine != "duckdb"
        return not named and not Path(self.source).exists()

    def read(self) -> Events:
        """Opens the log. Raises EventsError where it cannot be read."""
        zone = self.time_zone
        if self.engine != "duckdb":
            from valuestream.events.elsewhere import read_at

            return read_at(self.engine, self.source, self.columns, time_zone=zone)
        form, memory = self.time_format, self.memory
        return read(self.source, self.columns, time_format=form, time_zone=zone, memory=memory)


def log_of(document: Document) -> NamedLog | None:
    """The log that a stream names; None where it names none.

    A log is one of the workspace's `logs`, else a file; both are seen from their own text's folder.
    Raises MeasureError where there is neither.
    """
    if document.stream is None or document.stream.log is None or document.path is None:
        return None
    named, home = document.stream.log, document.path.parent
    logs = _shared_logs(home)
    if named in logs:
        return logs[named]
    if (home / named).exists() or has_magic(named) or "://" in named:
        return NamedLog(_seen_from(home, named))
    raise MeasureError(
        f"{document.path}: log {named!r} is neither a log of valuestream.yaml nor a file beside "
        f"it; {did_you_mean(named, logs)}"
    )


def workspace_of(document: Document) -> Workspace | None:
    """What the streams beside a document share, where there is something."""
    return _workspace(document.path.parent) if document.path else None


def _workspace(home: Path) -> Workspace | None:
    shared = next((home / name for name in SHARED if (home / name).is_file()), None)
    return read_text(shared).workspace if shared else None


def _shared_logs(home: Path) -> dict[str, NamedLog]:
    workspace = _workspace(home)
    if workspace is None:
        return {}
    zone = workspace.time_zone
    return {name: named_log(home, log, zone) for name, log in workspace.logs.items()}


def _seen_from(home: Path, named: str) -> str:
    return named if "://" in named else str(home / named)


def named_log(home: Path, log: Log, zone: str | None) -> NamedLog:
    """A log of a workspace in a folder, whose times are of a zone where they name none."""
    columns = Columns(log.case, log.activity, log.start, log.end, log.resource)
    return NamedLog(_seen_from(home, log.file), columns, log.time_format, log.time_zone or zone)
