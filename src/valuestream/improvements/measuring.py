"""Improvements measured as what they are: a stream, by the engine that measures all streams."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from valuestream.events import Columns
from valuestream.events import read as read_log
from valuestream.improvements.acts import STATE, State
from valuestream.improvements.delivered import deliveries
from valuestream.improvements.file import read
from valuestream.improvements.fold import CLOSED, Board, fold
from valuestream.measure import Segment, measure
from valuestream.model.errors import InputError
from valuestream.model.figures import UNKNOWN, Figures, Spread
from valuestream.model.stream import Stream
from valuestream.text import parse

_COLUMNS = Columns(case="case", activity="activity", end="time", resource="resource")
_TEXT = "improvements.stream.yaml"
_VERIFIED = "activity = 'verify'"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The open improvements in one state: how many, and for how many seconds they have been."""

    state: State
    improvements: int
    median: float
    longest: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What the acts say of a workspace's improvements.

    Attributes:
        figures: Of the stream "Improvements". Acts are instants: a step's elapsed time is that
            since the act before it, work and wait together.
        to_effect: Seconds from the first act to the verification, of those verified.
        verified: How many they are.
        dropped: How many were dropped; their drop is in no figure.
        waiting: The open ones now, by state. They are in no elapsed time yet.
    """

    figures: Figures
    to_effect: Spread
    verified: int
    dropped: int
    waiting: tuple[Waiting, ...]

    @property
    def slowest(self) -> tuple[str, Spread] | None:
        """The step that the longest median elapsed time leads to; None where none is known."""
        known = [
            (s.elapsed_time.p50, s.step, s.elapsed_time)
            for s in self.figures.steps
            if s.elapsed_time.p50 is not None
        ]
        if not known:
            return None
        _, step, elapsed = max(known, key=lambda found: found[0])
        return step, elapsed


@cache
def stream_text() -> str:
    """The text of the built-in stream."""
    return files(__package__).joinpath(_TEXT).read_text(encoding="utf-8")


@cache
def stream() -> Stream:
    """The built-in developmental stream that improvements go through."""
    found = parse(stream_text(), _TEXT).stream
    assert found is not None
    return found


def measured(board: Board, now: datetime) -> Measured:
    """The figures of a board's acts, those that count. Raises InputError where it has none."""
    if not board.improvements:
        raise InputError(
            "no improvement is there to measure; accept a finding of 'valuestream review' first"
        )
    acts = [a for i in board.improvements for a in i.acts if a.kind != "drop"]
    states = [i.state for i in board.improvements]
    verified = states.count("verified")
    with TemporaryDirectory(prefix="valuestream-") as folder:
        log = Path(folder) / "acts.jsonl"
        log.write_text("".join(f"{act.line}\n" for act in acts), encoding="utf-8")
        with read_log(log, _COLUMNS) as events:
            figures = measure(stream(), events)
            to_effect = UNKNOWN
            if verified:
                to_effect = measure(stream(), events, Segment(where=_VERIFIED)).lead_time
    return Measured(figures, to_effect, verified, states.count("dropped"), _waiting(board, now))


def as_stream(board: Board, found: Measured) -> tuple[Stream, Figures]:
    """The built-in stream with what was rolled out as its deliveries, as a workspace shows it.

    Those under way have no lead time yet: it is that from finding to effect.
    """
    own = stream().model_copy(update={"deliveries": deliveries(board)})
    return own, replace(found.figures, lead_time=found.to_effect)


def under_way(folder: Path, now: datetime) -> tuple[Stream, Figures] | None:
    """A folder's improvements as a stream, likewise; None where there are none."""
    board = fold(read(folder), now)
    return as_stream(board, measured(board, now)) if board.improvements else None


def _waiting(board: Board, now: datetime) -> tuple[Waiting, ...]:
    def ages(state: State) -> Sequence[float]:
        return [i.age(now) for i in board.improvements if i.state == state]

    by_state = {state: ages(state) for state in STATE.values() if state not in CLOSED}
    return tuple(
        Waiting(state, len(own), median(own), max(own)) for state, own in by_state.items() if own
    )
