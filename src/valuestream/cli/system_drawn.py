"""A workspace's picture: its streams, the improvements, and what is known of each."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from valuestream.cli import inputs
from valuestream.cli.option_groups import Reading
from valuestream.draw import Picture, Theme, draw_system
from valuestream.improvements.measuring import under_way
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.text import Document


def drawn(path: Path, theme: Theme) -> Picture:
    """The picture of the workspace of a folder or of a stream, each stream with its own log."""
    opened = inputs.open_workspace(path)
    figures: dict[str, Figures] = {}
    findings: dict[str, int] = {}
    for document, stream in opened.streams:
        seen = _seen(document, stream)
        if seen:
            figures[stream.key] = seen.figures
        found = inputs.reviewed(document, stream, seen, opened)
        findings[stream.key] = sum(f.severity != "note" for f in found)
    system = opened.system
    own = under_way(opened.path, datetime.now(UTC))
    if own is not None and own[0].key not in {stream.key for stream in system.streams}:
        stream, measured = own
        system = replace(system, streams=(*system.streams, stream))
        figures[stream.key] = measured
    return draw_system(system, opened.title, figures=figures, findings=findings, theme=theme)


def _seen(document: Document, stream: Stream) -> Seen | None:
    """What was seen of a stream. A log that cannot be read is named, and leaves it unmeasured."""
    try:
        return inputs.seen_of(document, stream, Reading().log(None))
    except InputError as error:
        print(f"valuestream: {stream.stream}: {error}; nothing is measured", file=sys.stderr)
        return None
