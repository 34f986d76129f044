"""What commands are given, opened: streams, event logs, and what follows from the two."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from valuestream.cli.findings_shown import line
from valuestream.model.errors import InputError
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream

if TYPE_CHECKING:
    from valuestream.events import Columns, Events
    from valuestream.model.figures import Figures
    from valuestream.text import Document


def open_stream(path: Path) -> "tuple[Document, Stream]":
    """The stream in a file. With faults: each is said and the command ends with status 1."""
    from valuestream.text import read

    document = read(path)
    if document.stream is None and not document.findings:
        raise InputError(f"{path} holds no stream; name a .stream.yaml file")
    if document.stream is None:
        for finding in document.findings:
            print(line(finding), file=sys.stderr)
        raise typer.Exit(1)
    return document, document.stream


def check(paths: Sequence[Path]) -> list[Finding]:
    """The faults of texts and, where a text has none, what the rules of review miss in it."""
    from valuestream.review import review
    from valuestream.text import check as faults
    from valuestream.text import read, stream_files

    findings = list(faults(paths))
    at_fault = {f.file for f in findings if f.severity == "error"}
    for path in stream_files(paths):
        if str(path) not in at_fault and (stream := (document := read(path)).stream):
            findings += _located(document, review(stream))
    return findings


def _located(document: "Document", findings: Sequence[Finding]) -> list[Finding]:
    return [found for f in findings if (found := document.locate(f)) is not None]
