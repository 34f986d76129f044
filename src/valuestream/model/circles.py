"""Things that lead to others, and the shortest way on which one comes back to itself."""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def way_back(start: T, following: Callable[[T], Iterable[T]]) -> list[T] | None:
    """The shortest circle that leads from the start back to it, begun with it; None if none does.

    Of several equally short ones it is the one whose links are written first.
    """
    came_from: dict[T, T] = {}
    seen, now = {start}, [start]
    while now:
        beyond: list[T] = []
        for one in now:
            for other in following(one):
                if other == start:
                    return _unwound(came_from, one)
                if other not in seen:
                    seen.add(other)
                    came_from[other] = one
                    beyond.append(other)
        now = beyond
    return None


def _unwound(came_from: dict[T, T], last: T) -> list[T]:
    way = [last]
    while way[-1] in came_from:
        way.append(came_from[way[-1]])
    return way[::-1]
