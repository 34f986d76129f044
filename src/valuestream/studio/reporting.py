"""The report page of a stream, made in a process of its own (`figures`)."""

from pathlib import Path

from valuestream.measure import log_of
from valuestream.report import Made, gather, render
from valuestream.text import read
from valuestream.text.again import reparse


def report(path: Path, text: str) -> str:
    """The page, measured where the stream's log is there. Raises InputError."""
    document = reparse(read(path), text)
    stream = document.stream
    assert stream is not None
    made = Made(command=f"valuestream report {path.name} -o {path.name.partition('.')[0]}.html")
    log = log_of(document)
    if log is None or log.is_missing:
        return render(gather(stream, None, document=document, made=made))
    with log.read() as events:
        source = Path(events.ledger.source).name
        return render(gather(stream, events, document=document, source=source, made=made))
