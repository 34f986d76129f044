"""One kind of change a file, found by being here: what could be taken away from a stream.

A kind's module has its explanation as docstring, and below it KIND and `propose(facts)`.
"""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol

from valuestream.model.stream import Change
from valuestream.review.facts import Facts
from valuestream.review.saving import NOTHING, Lost, Saved


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change at a step (by place), what it saves by its own formula, and what it loses.

    `at_best` are the changes that give the most it can save, where that is not known.
    """

    place: int
    title: str
    why: str
    changes: tuple[Change, ...]
    saved: Saved
    lost: Lost = NOTHING
    asks: tuple[str, ...] = ()
    at_best: tuple[Change, ...] = ()
    value_is_asked: bool = False
    """Whether nobody can tell if the customer would miss something."""


class Propose(Protocol):
    """What a kind does: look at a stream's facts, and tell what could be taken away."""

    def __call__(self, facts: Facts) -> Iterator[Proposal]:
        """The proposals, from the stream's first step to its last."""
        ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of change: its name, how it is computed, and what proposes it."""

    name: str
    page: str
    propose: Propose


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, by name."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found = [Kind(m.KIND, inspect.getdoc(m) or "", m.propose) for m in modules]
    return tuple(sorted(found, key=lambda kind: kind.name))
