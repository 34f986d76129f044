"""Improvements rolled out, as what a developmental stream delivered."""

from valuestream.improvements.acts import LONGEST
from valuestream.improvements.fold import Board
from valuestream.model.stream import Delivery


def deliveries(board: Board) -> tuple[Delivery, ...]:
    """What was rolled out, by day (UTC): what was done, and the `stream / step` that it changes.

    One that was dropped later is among them: its step was changed for a while, too.
    """
    rolled_out = [i for i in board.improvements if "roll-out" in i.dates]
    return tuple(
        Delivery(
            on=i.dates["roll-out"].date(),
            what=(i.done or i.message or f"{i.finding} at {i.place}")[:LONGEST],
            changes=(i.place[:LONGEST],),
        )
        for i in sorted(rolled_out, key=lambda i: i.dates["roll-out"])
    )
