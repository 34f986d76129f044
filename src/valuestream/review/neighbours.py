"""Steps of which one follows the other."""

from collections.abc import Iterator

from valuestream.review.facts import Facts


def neighbours(facts: Facts) -> Iterator[tuple[int, int]]:
    """Each two, by place, of which the first leads to the second, and not back up the text."""
    for first, ways in enumerate(facts.ways.ways):
        for second in dict.fromkeys(to for way in ways for to in way.to):
            if second > first:
                yield first, second


def before(facts: Facts, place: int) -> int | None:
    """The earlier step from which most cases come to one; None where none leads to it."""
    leading = [first for first, second in neighbours(facts) if second == place]
    return max(leading, key=lambda a: facts.flows.get((a, place), 0.0), default=None)
