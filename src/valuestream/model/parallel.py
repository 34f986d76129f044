"""Which steps a stream does at the same time: their order in a log says nothing."""

from valuestream.model.graph import Graph


def at_same_time(ways: Graph) -> frozenset[int]:
    """The steps (by place) on ways that are taken together, up to where these meet."""
    found: set[int] = set()
    for onward in ways.ways:
        for way in onward:
            if len(way.to) > 1:
                found |= before_they_meet(ways, way.to)
    return frozenset(found)


def before_they_meet(ways: Graph, branches: tuple[int, ...]) -> frozenset[int]:
    """The steps on ways taken together, without the one where all meet and those after it."""
    on_branches = [ways.ahead[b] | {b} for b in branches]
    meeting = min(frozenset.intersection(*on_branches), default=None)
    after = frozenset() if meeting is None else ways.ahead[meeting] | {meeting}
    return frozenset().union(*on_branches) - after
