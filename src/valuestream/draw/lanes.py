"""Steps seated in lanes, one a role, and in columns, in the order in which cases come to them."""

from dataclasses import dataclass

from valuestream.draw.texts import clean
from valuestream.model.graph import graph
from valuestream.model.stream import Stream

NOBODY = "Nobody is named"


@dataclass(frozen=True, slots=True)
class Move:
    """A way on from one step to another, by their places, and its share; 1 where all go it."""

    origin: int
    to: int
    share: float


@dataclass(frozen=True, slots=True)
class Seats:
    """Where each step sits: its lane and its column, both counted from 0.

    Attributes:
        lanes: The roles, in the order of the text. Of several roles of a step it is the first.
        lane: For each step the number of its lane.
        column: For each step its column: behind all steps that a case comes from, and alone in
            its lane there.
        moves: The ways on, those back up the text left out.
    """

    lanes: tuple[str, ...]
    lane: tuple[int, ...]
    column: tuple[int, ...]
    moves: tuple[Move, ...]


def seats(stream: Stream) -> Seats:
    """The seats of a stream's steps."""
    roles = [clean(step.by[0]) if step.by else NOBODY for step in stream.steps]
    lanes = tuple(dict.fromkeys(roles))
    lane = tuple(lanes.index(role) for role in roles)
    moves = _moves(stream)
    return Seats(lanes, lane, _columns(stream, lane, moves), moves)


def _moves(stream: Stream) -> tuple[Move, ...]:
    return tuple(
        Move(origin, to, way.share)
        for origin, onward in enumerate(graph(stream).ways)
        for way in onward
        for to in way.to
        if to > origin
    )


def _columns(stream: Stream, lane: tuple[int, ...], moves: tuple[Move, ...]) -> tuple[int, ...]:
    taken: set[tuple[int, int]] = set()
    columns: list[int] = []
    for place in range(len(stream.steps)):
        before = [columns[m.origin] for m in moves if m.to == place]
        # A step that no way leads to stands behind the one above it.
        column = max(before, default=columns[-1] if columns else -1) + 1
        while (column, lane[place]) in taken:
            column += 1
        taken.add((column, lane[place]))
        columns.append(column)
    return tuple(columns)
