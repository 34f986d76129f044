"""All faults of texts: each one's own, and those between them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from valuestream.model.findings import Finding
from valuestream.text.folder import CheckedFolder, read_folders
from valuestream.text.links import faults_between


def check(paths: Iterable[str | Path], today: date | None = None) -> tuple[Finding, ...]:
    """All faults of the texts at the paths, and between them and the texts beside them.

    Folders are looked through for `*.stream.yaml`, `*.goals.yaml` and `valuestream.yaml`. A path
    that does not exist is a fault like any other. Ordered by file, as named, and by line.
    `today` tells which days of goals are past.
    """
    return faults(read_folders(paths), today or datetime.now(UTC).date())


def faults(folders: Sequence[CheckedFolder], today: date) -> tuple[Finding, ...]:
    """The faults of documents that have been read, as `check` gives them."""
    found: list[Finding] = []
    for checked in folders:
        between = faults_between(checked.folder, today)
        for document in checked.documents:
            own = [*document.findings, *between.get(document.name, ())]
            found += sorted(own, key=lambda f: (f.line or 0, f.column or 0))
    return tuple(found)
