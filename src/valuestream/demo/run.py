"""The whole way in one go: a workspace laid, its stream measured, drawn and reported."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from valuestream.demo import own_log, workspace
from valuestream.draw import draw
from valuestream.events import Columns, read
from valuestream.measure import NamedLog, calendars_of, lay, log_of, workspace_of
from valuestream.measure.laying import LaidOnce
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.report import (
    Made,
    Report,
    gather_laid,
    gather_workspace,
    render,
    render_workspace,
)
from valuestream.text import load
from valuestream.text import read as read_text
from valuestream.text.whole import write_whole

Tell = Callable[[str], None]
"""Takes a sentence on what is being done."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Where everything lies, and what was found.

    Attributes:
        folder: The workspace.
        stream: The stream's text.
        log: The event log.
        columns: The log's columns, as named or as guessed.
        picture: The timeline, an SVG.
        page: The stream's report, an HTML page.
        whole: The workspace's; None for a log of one's own, which is of one stream.
        figures: The measured figures.
        findings: What the review noticed, the most costly first.
        ledger: In short, what became of the log's rows.
    """

    folder: Path
    stream: Path
    log: Path
    columns: Columns
    picture: Path
    page: Path
    whole: Path | None
    figures: Figures
    findings: tuple[Finding, ...]
    ledger: str


def run(
    folder: Path,
    log: Path | None = None,
    columns: Columns | None = None,
    tell: Tell = lambda _: None,
    *,
    time_format: str | None = None,
) -> Demo:
    """Lays, measures, draws and reports the hotel's check-in, or a log of one's own.

    Of one's own log a first stream is written, its values left as questions. What a person
    changed in a demo's folder stays. Raises InputError where the folder holds something else,
    where the log cannot be read, or where the stream's text is at fault.
    """
    if log is None:
        tell("Laying the hotel's workspace, with a made-up year of its events")
        workspace.lay(folder)
        stream, log = folder / workspace.STREAM, folder / workspace.LOG
    else:
        tell(f"Reading {log}, and writing a first stream of it")
        with read(log, columns or Columns(), time_format=time_format) as events:
            stream = own_log.lay(folder, log, events, time_format)
    return _shown(folder, stream, log, tell)


def _shown(folder: Path, stream: Path, log: Path, tell: Tell) -> Demo:
    document = read_text(stream)
    named = log_of(document) or NamedLog(str(log))
    tell(f"Measuring {stream.name} on {log.name}, reviewing it, writing its report")
    command = f"valuestream report {stream.name} -o {_named(stream, '.html').name}"
    with named.read() as events, LaidOnce() as logs:
        calendars = calendars_of(load(stream), workspace_of(document))
        visits = lay(load(stream), events, calendars=calendars)
        logs.keep(document, visits)
        made = Made(command=command)
        found = gather_laid(visits, events.ledger, document=document, source=log.name, made=made)
        whole = _whole(folder, found, logs, tell) if stream.name == workspace.STREAM else None
    picture, page = _named(stream, ".svg"), _named(stream, ".html")
    drawn = draw(found.stream, figures=found.figures, findings=found.findings, theme="auto")
    write_whole(picture, drawn.svg.encode())
    write_whole(page, render(found).encode())
    return Demo(
        folder=folder,
        stream=stream,
        log=log,
        columns=events.columns,
        picture=picture,
        page=page,
        whole=whole,
        figures=found.figures,
        findings=found.findings,
        ledger=events.ledger.short(),
    )


def _whole(folder: Path, found: Report, logs: LaidOnce, tell: Tell) -> Path:
    """Writes the page of the whole hotel, with its check-in as it was reported."""
    tell("Measuring its other streams, its goals, and whether what was changed helped")
    page, day = folder / workspace.PAGE, workspace.LAST_DAY
    command = f"valuestream report {folder} --as-of {day} -o {folder / page.name}"
    of_all = gather_workspace(folder, day, logs=logs, known=(found,), made=Made(command=command))
    write_whole(page, render_workspace(of_all).encode())
    return page


def _named(stream: Path, ending: str) -> Path:
    """The file beside the stream with its name and another ending."""
    return stream.with_name(stream.name.removesuffix(".stream.yaml") + ending)
