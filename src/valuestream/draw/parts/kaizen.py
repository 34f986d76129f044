"""Kaizen bursts: what a review found at a step, in a few words."""

import re
from collections.abc import Sequence

from valuestream.draw.breaking import Lines
from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.parts.symbols import burst
from valuestream.draw.scene import Group, Node, Rect, Text
from valuestream.draw.texts import clean
from valuestream.model.findings import Finding

_MOST = 2
_CLAUSE = re.compile(r"[:;,.](?=\s|$)")
_STAR, _TALL, _GAP = 58.0, 44.0, 10.0


def shown(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that get a burst: what is amiss before what is only noted."""
    return tuple(sorted(findings, key=lambda f: f.severity == "note"))[:_MOST]


def kaizen_height(findings: Sequence[Finding], room: float) -> float:
    """What the bursts of a step need under its data box."""
    return sum(_height(finding, room) + _GAP for finding in shown(findings))


def _height(finding: Finding, room: float) -> float:
    return max(_TALL, height_of(_words(finding, room), "burst-text"))


def _words(finding: Finding, room: float) -> Lines:
    """The first clause of what it says: the burst stands at the step that it names."""
    here = finding.message.replace(repr(finding.step), "this step")
    return fitted(_CLAUSE.split(here, maxsplit=1)[0], room - _STAR - 8, "burst-text", 3)


def kaizen(findings: Sequence[Finding], x: float, top: float, room: float) -> list[Node]:
    """The bursts of a step under each other."""
    nodes: list[Node] = []
    for finding in shown(findings):
        top += _GAP
        tall = _height(finding, room)
        middle, note = top + tall / 2, "-note" if finding.severity == "note" else ""
        words = _words(finding, room)
        beside = middle - height_of(words, "burst-text") / 2
        inside: tuple[Node, ...] = (
            burst(x + _STAR / 2, middle, _STAR / 2, _TALL / 2, f"burst{note}"),
            Text(x + _STAR / 2, middle + 3.8, finding.code, f"burst-code{note}", "middle"),
            *paragraph(words, x + _STAR + 8, beside, room - _STAR - 8, "burst-text"),
        )
        rect = Rect(x, top, room, tall)
        nodes.append(Group("kaizen", inside, title=clean(finding.message), room=rect))
        top += tall
    return nodes
