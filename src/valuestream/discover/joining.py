"""Steps that could be one: alternatives of one name are joined, the rest is proposed."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from valuestream.discover.seen import Follows, Sequences
from valuestream.discover.steps import Part

APART = 0.5
"""Alternatives: at most so large a share of the cases of either has both, as in rework,"""
NEXT = 0.05
"""at most so large a share of the visits of either is next to the other,"""
SAME_NEIGHBOUR = 0.5
"""and so large a share of the moves from each, and to each, is from and to the same others."""
TOGETHER = 0.9
"""Of two steps' visits, so large a share is followed by the other: proposed as one step,"""
SAME_HANDS = 0.8
"""where so large a share of these moves stays with the same resource, or none is known."""
_FEWEST = 3
_FILLING = {"of", "the", "a", "to", "for", "and", "in", "on", "with", "by", "de", "van", "der"}


def alternatives(
    parts: Sequence[Part], sequences: Sequences, follows: Mapping[tuple[int, int], Follows]
) -> list[tuple[int, ...]]:
    """The sets of parts (by number) that are one step: of a case one of them or another.

    Half of their words, the first ones, are the same (ways to do one thing; last words would be one
    thing done in two ways, as approved or refused); they do not follow each other, few cases have
    both, and they stand between the same steps, no end among them.
    """
    cases, both = _cases(sequences)
    alike = {
        (one, other)
        for one, other in combinations(range(len(parts)), 2)
        if _common(parts[one].name, parts[other].name)
        and both.get((one, other), 0)
        <= APART * (fewer := min(cases.get(n, 0) for n in (one, other)))
        and _next(one, other, follows) <= NEXT * fewer
        and _between_the_same(one, other, follows)
    }
    sets: list[tuple[int, ...]] = []
    for one in range(len(parts)):
        own = (one, *(o for o in range(one + 1, len(parts)) if (one, o) in alike))
        taken = {n for joined in sets for n in joined}
        if len(own) > 1 and not taken & set(own) and set(combinations(own, 2)) <= alike:
            sets.append(own)
    return sets


def joined(parts: Sequence[Part], sets: Sequence[tuple[int, ...]]) -> list[Part]:
    """The parts with each set as one part, in the place of its first."""
    first = {own[0]: own for own in sets}
    gone = {n for own in sets for n in own[1:]}
    names = {part.name.casefold() for part in parts}
    found = []
    for number, part in enumerate(parts):
        if number in first:
            own = [parts[n] for n in first[number]]
            name = _common(own[0].name, own[1].name)
            if name.casefold() in names:
                name = " or ".join(p.name for p in own)
            found.append(Part(name, tuple(a for p in own for a in p.activities)))
        elif number not in gone:
            found.append(part)
    return found


def proposals(
    parts: Sequence[Part], follows: Mapping[tuple[int, int], Follows], visits: Mapping[int, int]
) -> list[str]:
    """What a person might join, a sentence each: chains done by the same hands, and families."""
    chains: list[list[int]] = []
    for (one, other), found in sorted(follows.items()):
        apart = one == other or found.count < _FEWEST
        if apart or found.count < TOGETHER * max(visits.get(one, 0), visits.get(other, 0)):
            continue
        if found.same >= SAME_HANDS * found.known:
            ahead = [c for c in chains if c[-1] == one or c[0] == other]
            chains = [c for c in chains if c not in ahead]
            before = next((c for c in ahead if c[-1] == one), [one])
            chains.append([*before, *next((c for c in ahead if c[0] == other), [other])])
    said = [
        f"{', '.join(repr(parts[n].name) for n in chain)} (nearly always one after the other, "
        "by the same hands)"
        if any(follows[way].known for way in pairwise(chain))
        else f"{', '.join(repr(parts[n].name) for n in chain)} (nearly always one after the other)"
        for chain in sorted(chains)
    ]
    return said + list(_families(parts))


def _next(one: int, other: int, follows: Mapping[tuple[int, int], Follows]) -> int:
    return sum(f.count for w in ((one, other), (other, one)) if (f := follows.get(w)))


def _families(parts: Sequence[Part]) -> Iterator[str]:
    by_stem: dict[str, list[str]] = {}
    for part in parts:
        stem = re.split(r"[_:/|.-]|\s-\s", part.name, maxsplit=1)[0].strip()
        if stem and stem != part.name:
            by_stem.setdefault(stem, []).append(part.name)
    for stem, names in sorted(by_stem.items()):
        if 2 <= len(names) < len(parts) and len(stem) > 1:
            listed = ", ".join(map(repr, names[:4]))
            yield f"{listed}{', …' if len(names) > 4 else ''} (their names begin with {stem!r})"


def _cases(sequences: Sequences) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
    cases: dict[int, int] = defaultdict(int)
    both: dict[tuple[int, int], int] = {}
    for sequence, count in sequences.cases.items():
        own = sorted(set(sequence))
        for step in own:
            cases[step] += count
        for pair in combinations(own, 2):
            both[pair] = both.get(pair, 0) + count
    return cases, both


def _common(one: str, other: str) -> str:
    """The words that two names begin with, if they are half of the words of either."""
    mine, its = one.split(), other.split()
    words = _same(mine, its)
    while words and words[-1].casefold() in _FILLING:
        words.pop()
    return " ".join(words) if words and 2 * len(words) >= max(len(mine), len(its)) else ""


def _same(mine: Sequence[str], its: Sequence[str]) -> list[str]:
    count = 0
    while count < min(len(mine), len(its)) and mine[count].casefold() == its[count].casefold():
        count += 1
    return list(mine[:count])


def _between_the_same(one: int, other: int, follows: Mapping[tuple[int, int], Follows]) -> bool:
    return all(
        _shared(_shares(one, follows, side), _shares(other, follows, side)) >= SAME_NEIGHBOUR
        for side in (0, 1)
    )


def _shares(step: int, follows: Mapping[tuple[int, int], Follows], side: int) -> dict[int, float]:
    """The shares of the steps that come right after (0) or right before (1) a step."""
    counts = {way[1 - side]: f.count for way, f in follows.items() if way[side] == step}
    total = sum(counts.values())
    return {other: count / total for other, count in counts.items()}


def _shared(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    """How much two distributions have in common, between 0 and 1."""
    return sum(min(share, other.get(step, 0.0)) for step, share in one.items())
