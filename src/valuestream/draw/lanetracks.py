"""Tracks of lines that must not lie on each other: in the gutters, and between the lanes."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Span = tuple[float, float]
Line = TypeVar("Line", bound=Hashable)


def tracks(spans: Mapping[Line, Span]) -> dict[Line, int]:
    """For each line the number of its track; lines of one track do not meet.

    Lines that start first take the lowest free track.
    """
    ends: list[float] = []
    found: dict[Line, int] = {}
    for line, (start, end) in sorted(spans.items(), key=lambda item: (item[1], str(item[0]))):
        track = next((n for n, reached in enumerate(ends) if reached < start - 1), len(ends))
        ends[track : track + 1] = [end]
        found[line] = track
    return found
