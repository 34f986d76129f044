"""One rule a file, found by being here; others' come by the entry points `valuestream.rules`.

A rule's module has its page for users as docstring (what it finds, why it matters, an example,
what to write instead), and below it CODE, TITLE, SEVERITY and `find(stream, figures)`.
"""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import ModuleType
from typing import Protocol

from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.model.stream import Stream


class Find(Protocol):
    """What a rule does: look at a stream and its figures, and tell what it finds."""

    def __call__(self, stream: Stream, figures: Figures) -> Iterator[Finding]:
        """The findings, from the stream's first step to its last."""
        ...


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code, which never changes its meaning, and its page for users."""

    code: str
    title: str
    severity: Severity
    page: str
    find: Find


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, by code."""
    own = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    others = [point.load() for point in entry_points(group="valuestream.rules")]
    return tuple(sorted(map(_rule, own + others), key=lambda rule: rule.code))


def _rule(module: ModuleType) -> Rule:
    page = inspect.getdoc(module) or ""
    return Rule(module.CODE, module.TITLE, module.SEVERITY, page, module.find)
