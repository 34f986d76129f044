"""The order in which a stream's steps are written: that of their first visits in most cases."""

from valuestream.discover.seen import Sequences

Order = tuple[int, ...]


def usual_order(sequences: Sequences, steps: int) -> Order:
    """The order that contradicts the fewest pairs of first visits, as Kemeny's rule asks.

    First visits alone count, so that rework does not disturb it. From the order of the mean places
    of first visits, steps are moved one at a time while that helps.
    """
    before, places = _first_visits(sequences, steps)
    order = sorted(range(steps), key=lambda step: (places[step], step))
    moved = True
    while moved:
        moved = False
        for step in tuple(order):
            gain, to = _best_move(order, order.index(step), before)
            if gain > 0:
                order.remove(step)
                order.insert(to, step)
                moved = True
    return tuple(order)


def _first_visits(sequences: Sequences, steps: int) -> tuple[list[list[int]], list[float]]:
    """In how many cases each step's first visit is before each other's; their mean places."""
    before = [[0] * steps for _ in range(steps)]
    sums, counts = [0.0] * steps, [0] * steps
    for sequence, cases in sequences.cases.items():
        firsts = tuple(dict.fromkeys(sequence))
        for place, step in enumerate(firsts):
            sums[step] += cases * place / max(1, len(firsts) - 1)
            counts[step] += cases
            for later in firsts[place + 1 :]:
                before[step][later] += cases
    return before, [s / n if n else 1.0 for s, n in zip(sums, counts, strict=True)]


def _best_move(order: list[int], place: int, before: list[list[int]]) -> tuple[int, int]:
    """How many contradictions moving a step saves at best, and the place to move it to."""
    step, best = order[place], (0, place)
    for direction in (-1, 1):
        gain, to = 0, place + direction
        while 0 <= to < len(order):
            passed = order[to]
            gain += direction * (before[passed][step] - before[step][passed])
            if gain > best[0]:
                best = (gain, to)
            to += direction
    return best
