"""Each stream as a lane of one or more rows, with what comes to it and what it sends."""

from dataclasses import dataclass
from functools import cached_property

from valuestream.draw.system.detail import Detail, rows
from valuestream.draw.system.faces import Face, Look, face
from valuestream.draw.system.shown import Shown
from valuestream.model.system import Spot

_FOOT = 8.0


@dataclass(frozen=True)
class Row:
    """Some steps of a stream side by side, and the streams whose lines run under them."""

    stream: int
    steps: range
    faces: tuple[Face, ...]
    detail: Detail
    starts: bool
    ends: bool
    serves: bool
    """Whether it is of an operational stream."""
    sends: tuple[int, ...]
    """The steps that build something elsewhere, -1 for deliveries: their lines leave above."""
    comes: tuple[int, ...]
    """The streams that build something here, in the order of their lines, from the top down."""

    @cached_property
    def above(self) -> float:
        """The height over the line, without the heading."""
        return max(one.above for one in self.faces)

    @cached_property
    def below(self) -> float:
        """The height of the steps under the line."""
        return max(one.below for one in self.faces)

    @property
    def heading(self) -> float:
        """The height of the heading, where it stands over the row."""
        return self.detail.heading if self.starts else self.detail.heading / 2

    @property
    def height(self) -> float:
        """All of it."""
        lines = self.detail.pitch * len(self.comes) + _FOOT
        return self.heading + self.above + self.below + self.detail.arrow + lines


@dataclass(frozen=True)
class Lane:
    """A stream in its rows."""

    rows: tuple[Row, ...]

    @property
    def stream(self) -> int:
        """Its place in the system."""
        return self.rows[0].stream

    @cached_property
    def height(self) -> float:
        """Of all rows, and what stays free under them."""
        return sum(row.height for row in self.rows) + self.rows[0].detail.below


def lanes(shown: Shown, streams: tuple[int, ...], cell: float) -> tuple[Lane, ...]:
    """The lanes of some streams, their steps so wide."""
    return tuple(_lane(shown, stream, cell) for stream in streams)


def _lane(shown: Shown, number: int, cell: float) -> Lane:
    stream = shown.system.streams[number]
    look = Look(shown.detail, cell, stream.kind == "operational")
    cut = rows(len(stream.steps), shown.detail.most)
    return Lane(tuple(_row(shown, number, steps, look) for steps in cut))


def _row(shown: Shown, number: int, steps: range, look: Look) -> Row:
    stream, facts = shown.system.streams[number], shown.facts(number)
    starts = steps.start == 0
    faces = tuple(
        face(stream.steps[at], at + 1, facts.steps[at], shown.builds(Spot(number, at)), look)
        for at in steps
    )
    return Row(
        stream=number,
        steps=steps,
        faces=faces,
        detail=look.detail,
        starts=starts,
        ends=steps.stop == len(stream.steps),
        serves=look.serves,
        sends=_sends(shown, number, steps, starts),
        comes=_comes(shown, number, steps, starts),
    )


def _sends(shown: Shown, stream: int, steps: range, starts: bool) -> tuple[int, ...]:
    sending = shown.sending.get(stream, ())
    return tuple(at for at in (*((-1,) if starts else ()), *steps) if at in sending)


def _comes(shown: Shown, stream: int, steps: range, starts: bool) -> tuple[int, ...]:
    """Who builds something in a row: first those whose lines are the shortest."""
    last: dict[int, int] = {}
    for at in ((-1,) if starts else ()) + tuple(steps):
        for by in shown.feeds.get(Spot(stream, at), ()):
            last[by] = at
    return tuple(sorted(last, key=lambda by: (last[by], by)))
