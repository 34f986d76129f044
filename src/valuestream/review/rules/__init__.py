"""One rule a file, found by being here; others' come by the entry points `valuestream.rules`.

A rule's module has its page for users as docstring (what it finds, why it matters, an example,
what to write instead, how it is computed), and below it CODE, TITLE, SEVERITY and
`find(stream, seen)`. The page's example is a stream of which the rule finds something.
"""

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pkgutil import iter_modules
from types import ModuleType
from typing import Protocol

from valuestream.model.errors import InputError
from valuestream.model.findings import Finding, Severity
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream


class Find(Protocol):
    """What a rule does: look at a stream and what was seen of it, and tell what it finds."""

    def __call__(self, stream: Stream, seen: Seen) -> Iterator[Finding]:
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
    """All rules, by code. Raises InputError for a package's rule that is none."""
    own = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
    found: dict[str, Rule] = {}
    for module in [*own, *map(_loaded, entry_points(group="valuestream.rules"))]:
        rule = _rule(module)
        if rule.code in found:
            raise InputError(
                f"two rules have the code {rule.code}: {found[rule.code].title!r} and "
                f"{rule.title!r}; uninstall the package of one of them"
            )
        found[rule.code] = rule
    return tuple(found[code] for code in sorted(found))


def _loaded(point: EntryPoint) -> ModuleType:
    try:
        module: ModuleType = point.load()
    except Exception as error:  # whatever another's module does while it is imported
        raise InputError(
            f"the rule {point.name!r} ({point.value}) cannot be loaded: {error}; "
            "mend or uninstall its package"
        ) from error
    return module


def _rule(module: ModuleType) -> Rule:
    missing = [n for n in ("CODE", "TITLE", "SEVERITY", "find") if not hasattr(module, n)]
    if missing:
        raise InputError(
            f"{getattr(module, '__name__', module)!r} is no rule: it has no {', '.join(missing)}; "
            "mend or uninstall its package"
        )
    page = inspect.getdoc(module) or ""
    return Rule(module.CODE, module.TITLE, module.SEVERITY, page, module.find)
