"""The improvements of a workspace as one of its streams: what was rolled out are its deliveries."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from valuestream.improvements.delivered import deliveries
from valuestream.improvements.file import read
from valuestream.improvements.fold import fold
from valuestream.improvements.measuring import measured, stream
from valuestream.model.figures import Figures
from valuestream.model.stream import Stream


def under_way(folder: Path, now: datetime) -> tuple[Stream, Figures] | None:
    """The built-in stream and its figures; None where no improvement is under way."""
    board = fold(read(folder), now)
    if not board.improvements:
        return None
    changed = stream().model_copy(update={"deliveries": deliveries(board)})
    found = measured(board, now)
    # Those under way have no lead time yet: it is that from finding to effect.
    return changed, replace(found.figures, lead_time=found.to_effect)
