"""Findings as the page's cards: the most costly first, many of a kind as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePath
from typing import Any

from markupsafe import Markup

from valuestream.model.figures import Figures
from valuestream.model.findings import Finding, Severity
from valuestream.report.filters import capital, duration, number, share
from valuestream.report.finding_pictures import finding_picture
from valuestream.review import rules

_GRAVITY = {"error": 0, "warning": 1, "note": 2}
_MANY = 4
"""From so many findings of one code on, they stand on one card."""
_NAMED = 10
"""So many of the steps that they are about are named."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is wrong, what to do, and what it stands on.

    `count` findings stand on the card; of several, `steps` are those that they are about.
    """

    code: str
    severity: Severity
    title: str
    suggestion: str
    facts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    count: int = 1
    picture: Markup | None = None


def cards(findings: Iterable[Finding], figures: Figures) -> tuple[Card, ...]:
    """By the time that they cost a case, then by how grave they are; else as they were found."""
    ordered = sorted(findings, key=lambda f: (-_seconds(f), _GRAVITY[f.severity]))
    by_code: dict[str, list[Finding]] = {}
    for finding in ordered:
        by_code.setdefault(finding.code, []).append(finding)
    found = []
    for code, _ in groupby(ordered, key=lambda f: f.code):
        alike = by_code.pop(code, [])
        found += [_of_many(alike)] if len(alike) >= _MANY else [_card(f, figures) for f in alike]
    return tuple(found)


def _seconds(finding: Finding) -> float:
    return finding.costs.get("seconds_per_case") or 0.0


def _card(finding: Finding, figures: Figures) -> Card:
    facts = (*_costs(finding), *_evidence(finding), *_place(finding))
    title, suggestion = sentence(finding.message), sentence(finding.suggestion)
    picture = finding_picture(finding, figures)
    return Card(finding.code, finding.severity, title, suggestion, facts, picture=picture)


def _of_many(alike: list[Finding]) -> Card:
    first = alike[0]
    titles = {rule.code: rule.title for rule in rules()}
    steps = [f.step for f in sorted(alike, key=_place_in_text) if f.step]
    more = [f"and {len(steps) - _NAMED:,} more"] if len(steps) > _NAMED else []
    return Card(
        first.code,
        first.severity,
        sentence(titles.get(first.code, first.message)),
        sentence(first.suggestion),
        steps=(*steps[:_NAMED], *more),
        count=len(alike),
    )


def _place_in_text(finding: Finding) -> int:
    return next((part for part in finding.place if isinstance(part, int)), 0)


def sentence(text: str) -> str:
    """The text with a capital and a full stop; nothing of nothing."""
    written = text.strip()
    if not written:
        return ""
    return capital(written if written.endswith((".", "!", "?", "…")) else f"{written}.")


def _costs(finding: Finding) -> list[str]:
    costs = finding.costs
    said = []
    if costs.get("seconds_per_case"):
        said.append(f"costs {duration(costs['seconds_per_case'])} a case")
    if costs.get("seconds"):
        said.append(f"{duration(costs['seconds'])} in all")
    others = {k: v for k, v in costs.items() if k not in ("seconds_per_case", "seconds")}
    return said + [f"{name.replace('_', ' ')} {_value(v)}" for name, v in others.items() if v]


def _evidence(finding: Finding) -> list[str]:
    shown = {k: v for k, v in finding.evidence.items() if isinstance(v, str | int | float)}
    return [
        f"{name.replace('_', ' ')} {_value(value)}"
        for name, value in shown.items()
        if not isinstance(value, bool)
    ]


def _place(finding: Finding) -> list[str]:
    if finding.file is None:
        return []
    # The page travels: folders of the machine that it was made on mean nothing elsewhere.
    name = PurePath(finding.file).name
    return [f"{name}:{finding.line}" if finding.line else name]


def _value(value: Any) -> str:
    if isinstance(value, float):
        return share(value) if 0 <= value <= 1 else f"{value:,.1f}"
    return number(value) if isinstance(value, int) else str(value)
