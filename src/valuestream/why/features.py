"""What is looked at of each case: a feature gives every case one of a few values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from valuestream.why.ranks import Codes, Floats, Mask

MOST_VALUES = 50
_FEW_NUMBERS = 10
_UNIQUE = 0.5
_NOT_THERE = -1


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of all cases looked at.

    Attributes:
        name: Such as `channel`, `first resource`, `weekday`.
        values: Its values, as a person reads them,
        segments: and for each which cases have it, to follow "Cases".
        codes: Of each case the place of its value; -1 where the question does not arise.
        step: The step it is about.
        of_time: Whether it is when the case came.
        late: Whether its values stand only at the last events.
    """

    name: str
    values: tuple[str, ...]
    segments: tuple[str, ...]
    codes: Codes
    step: str | None = None
    of_time: bool = False
    late: bool = False
    asked: tuple[int, ...] | None = None
    """The places of the values that may be reasons; None for all."""


def yes_or_no(name: str, step: str, says: tuple[str, str], has: Mask, applies: Mask) -> Feature:
    """A feature that cases have not or have; `says` which cases these are, in that order."""
    codes = np.where(applies, has.astype(np.int64), _NOT_THERE)
    return Feature(name, ("no", "yes"), says, codes, step)


def named(  # noqa: PLR0913
    name: str,
    given: Sequence[str | None],
    segment: str,
    missing: str | None = None,
    *,
    step: str | None = None,
    late: bool = False,
) -> Feature | None:
    """A feature of names, the most frequent 50 kept; None where all cases have the same.

    `segment` holds `{}` for the value. Without `missing`, cases without a name are passed over.
    """
    counts = Counter(value for value in given if value is not None)
    kept = [value for value, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]
    others = len(kept) > MOST_VALUES
    kept = kept[:MOST_VALUES]
    values, segments = list(kept), [segment.replace("{}", f"'{value}'") for value in kept]
    place = {value: at for at, value in enumerate(kept)}
    fallback, absent = _NOT_THERE, _NOT_THERE
    if others:
        fallback = len(values)
        values.append("other")
        segments.append(segment.replace("{}", f"none of the {MOST_VALUES} most frequent"))
    if missing and len(given) > sum(counts.values()):
        absent = len(values)
        values.append("none")
        segments.append(missing)
    if len(values) < 2:
        return None
    codes = [absent if v is None else place.get(v, fallback) for v in given]
    return Feature(name, tuple(values), tuple(segments), np.array(codes), step, late=late)


def counted(name: str, numbers: Floats, segment: str, *, late: bool = False) -> Feature | None:
    """A feature of numbers, cut at their quartiles; None where these are one.

    `segment` holds `{}` for the words `below 5`, `5 to below 9` or `9 or more`.
    """
    there = ~np.isnan(numbers)
    edges = np.unique(np.quantile(numbers[there], [0.25, 0.5, 0.75]))
    edges = edges[edges > numbers[there].min()]
    if not len(edges):
        return None
    said = [f"{edge:,.6g}" for edge in edges]
    values = [f"below {said[0]}"]
    values += [f"{low} to below {high}" for low, high in pairwise(said)]
    values += [f"{said[-1]} or more"]
    codes = np.where(there, np.searchsorted(edges, numbers, side="right"), _NOT_THERE)
    segments = tuple(segment.replace("{}", value) for value in values)
    return Feature(name, tuple(values), segments, codes, late=late)


def attribute(
    name: str, given: Sequence[str | None], early: bool, late: bool
) -> Feature | str | None:
    """The feature of a column, or the sentence why it is not looked at; None where all is one.

    Of a column that is filled at a later event (not `early`), cases without a value only came not
    so far: they are passed over.
    """
    present = [value for value in given if value is not None]
    distinct = len(set(present))
    numbers = _numbers(given) if distinct > _FEW_NUMBERS else None
    if distinct > _UNIQUE * len(present) and (numbers is None or _are_ids(numbers)):
        if distinct < 2:
            return None
        return f"{name!r} was left out: its values are nearly all different"
    if numbers is not None:
        return counted(name, numbers, f"whose {name!r} is {{}}", late=late)
    missing = f"without a {name!r}" if early else None
    return named(name, given, f"whose {name!r} is {{}}", missing, late=late)


def _numbers(given: Sequence[str | None]) -> Floats | None:
    """The texts as numbers; None where one is none."""
    try:
        found = np.array([np.nan if value is None else float(value) for value in given])
    except ValueError:
        return None
    return found if np.isfinite(found[~np.isnan(found)]).all() else None


def _are_ids(numbers: Floats) -> bool:
    """Whether they are whole numbers of which each stands once, as running numbers are."""
    there = numbers[~np.isnan(numbers)]
    return bool((there == np.floor(there)).all() and len(np.unique(there)) > 0.95 * len(there))
