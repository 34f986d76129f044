"""Findings on their way to an effect: a developmental stream of the workspace itself."""

from valuestream.improvements.acting import Said, accept, advance
from valuestream.improvements.acts import KINDS, STATE, Act, Kind, State
from valuestream.improvements.delivered import deliveries
from valuestream.improvements.file import NAME, home, read
from valuestream.improvements.fold import Board, Improvement, fold
from valuestream.improvements.lines import Read, read_lines

__all__ = [
    "KINDS",
    "NAME",
    "STATE",
    "Act",
    "Board",
    "Improvement",
    "Kind",
    "Read",
    "Said",
    "State",
    "accept",
    "advance",
    "deliveries",
    "fold",
    "home",
    "read",
    "read_lines",
]
