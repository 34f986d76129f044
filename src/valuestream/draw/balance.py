"""Things of different heights in columns of about the same height."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def balanced(
    things: Sequence[T], count: int, height: Callable[[T], float]
) -> tuple[tuple[T, ...], ...]:
    """The things in so many columns, in their order; none is empty while there are enough."""
    left = sum(map(height, things))
    found: list[tuple[T, ...]] = []
    at = 0
    for columns in range(count, 0, -1):
        first, own = at, 0.0
        most = len(things) - (columns - 1)
        while at < len(things) and (
            columns == 1
            or at == first
            or (at < most and own + height(things[at]) / 2 <= left / columns)
        ):
            own += height(things[at])
            at += 1
        left -= own
        found.append(tuple(things[first:at]))
    return tuple(found)
