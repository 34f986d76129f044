"""Steps that could be one: alternatives of one name are joined, the rest is proposed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from valuestream.discover.seen import Follows, Sequences
from valuestream.discover.steps import Part

APART = 0.05
"""Alternatives: at most so large a share of the cases of either has both."""
SAME_NEIGHBOUR = 0.5
"""…and so large a share of the moves from each, and to each, is from and to the same others."""
ALWAYS_TOGETHER = 0.9
"""Of two steps' visits, so large a share is next to the other: proposed as one step."""
SAME_HANDS = 0.9
"""Of the moves between two steps, so large a share stays with the same resource: proposed."""
_FEWEST = 3
_FILLING = {"of", "the", "a", "to", "for", "and", "in", "on", "with", "by", "de", "van", "der"}


def alternatives(
    parts: Sequence[Part], sequences: Sequences, follows: Mapping[tuple[int, int], Follows]
) -> list[tuple[int, ...]]:
    """The sets of parts (by number) that are one step: of a case one of them or another.

    They share half of their words, hardly any case has two of them, and they stand between the
    same steps.
    """
    cases, both = _cases(sequences)
    alike = {
        (one, other)
        for one, other in combinations(range(len(parts)), 2)
        if _common(parts[one].name, parts[other].name)
        and both.get((one, other), 0) <= APART * min(cases.get(one, 0), cases.get(other, 0))
        and min(cases.get(one, 0), cases.get(other, 0)) > 0
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
    """What a person might join, a sentence each: the most sure first."""
    said = []
    for one, other in combinations(range(len(parts)), 2):
        ways = [f for w in ((one, other), (other, one)) if (f := follows.get(w))]
        count, known = sum(f.count for f in ways), sum(f.known for f in ways)
        pair = f"{parts[one].name!r} and {parts[other].name!r}"
        share = count / max(1, visits.get(one, 0), visits.get(other, 0))
        same = sum(f.same for f in ways) / known if known else 0.0
        if count < _FEWEST:
            continue
        if share >= ALWAYS_TOGETHER:
            hands = ", by the same hands" if same >= SAME_HANDS else ""
            said.append((-share - bool(hands), f"{pair} are always next to each other{hands}"))
        elif share >= 0.5 and same >= SAME_HANDS:
            said.append((-share, f"{pair} are done one after the other by the same hands"))
    return [sentence for _, sentence in sorted(said)] + list(_families(parts))


def _families(parts: Sequence[Part]) -> Iterator[str]:
    by_stem: dict[str, list[str]] = {}
    for part in parts:
        stem = re.split(r"[_:/|.-]|\s-\s", part.name, maxsplit=1)[0].strip()
        if stem and stem != part.name:
            by_stem.setdefault(stem, []).append(part.name)
    for stem, names in sorted(by_stem.items()):
        if 2 <= len(names) < len(parts) and len(stem) > 1:
            yield f"{', '.join(map(repr, names))} begin with {stem!r}"


def _cases(sequences: Sequences) -> tuple[dict[int, int], dict[tuple[int, int], int]]:
    cases: dict[int, int] = {}
    both: dict[tuple[int, int], int] = {}
    for sequence, count in sequences.cases.items():
        own = sorted(set(sequence))
        for step in own:
            cases[step] = cases.get(step, 0) + count
        for pair in combinations(own, 2):
            both[pair] = both.get(pair, 0) + count
    return cases, both


def _common(one: str, other: str) -> str:
    """The words that two names begin or end with, if they are half of the words of either."""
    mine, its = one.split(), other.split()
    for words in (_same(mine, its), _same(mine[::-1], its[::-1])[::-1]):
        while words and words[-1].casefold() in _FILLING:
            words.pop()
        if words and 2 * len(words) >= max(len(mine), len(its)):
            return " ".join(words)
    return ""


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
    """How much two distributions have in common; all where neither has any."""
    if not one and not other:
        return 1.0
    return sum(min(share, other.get(step, 0.0)) for step, share in one.items())
