"""The finding that costs most, at the foot of a picture."""

from collections.abc import Sequence

from valuestream.draw.paragraphs import fitted, height_of, paragraph
from valuestream.draw.scene import Box, Group, Node, Rect
from valuestream.model.findings import Finding


def costliest(findings: Sequence[Finding]) -> Finding | None:
    """The first finding: a review gives the gravest and costliest first."""
    return findings[0] if findings else None


def callout(finding: Finding, x: float, top: float, room: float) -> Group:
    """The finding in a sentence, and what to do."""
    note = "-note" if finding.severity == "note" else ""
    inner = room - 60
    message = fitted(_sentence(finding.message), inner, f"finding-text{note}", 4)
    advice = fitted(_sentence(finding.suggestion), inner, "suggestion-text", 4)
    has_advice = bool(finding.suggestion)
    tall = height_of(message, "finding-text") + 36
    tall += height_of(advice, "suggestion-text") + 4 if has_advice else 0
    rect = Rect(x, top, room, tall)
    nodes: list[Node] = [
        Box(rect, f"finding{note}", 12),
        Box(Rect(x + 16, top + 18, 5, tall - 36), f"finding-mark{note}", 2.5),
        *paragraph(message, x + 36, top + 18, inner, f"finding-text{note}"),
    ]
    if has_advice:
        below = top + 22 + height_of(message, "finding-text")
        nodes += paragraph(advice, x + 36, below, inner, "suggestion-text")
    return Group("finding", tuple(nodes), title=finding.code, room=rect)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
