"""The improvements of a workspace as one of its streams."""

from datetime import datetime
from pathlib import Path

from valuestream.improvements.file import read
from valuestream.improvements.fold import fold
from valuestream.improvements.measuring import as_stream, measured
from valuestream.model.figures import Figures
from valuestream.model.stream import Stream


def under_way(folder: Path, now: datetime) -> tuple[Stream, Figures] | None:
    """The built-in stream and its figures; None where no improvement is under way."""
    board = fold(read(folder), now)
    return as_stream(board, measured(board, now)) if board.improvements else None
