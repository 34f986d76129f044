"""All rules over a stream and its figures."""

from valuestream.model.declared import declare
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.stream import Stream
from valuestream.review.rules import rules

_COMPLETENESS = "VS1"
_ORDER = {"error": 0, "warning": 1, "note": 2}


def review(stream: Stream, figures: Figures | None = None) -> tuple[Finding, ...]:
    """What the rules find: the gravest first, and of these what costs the customer most time.

    Without figures the stream is reviewed by what it declares of itself.
    """
    shown = figures or declare(stream)
    found = [finding for rule in rules() for finding in rule.find(stream, shown)]
    return tuple(sorted(found, key=_gravity))


def lacking(stream: Stream) -> tuple[Finding, ...]:
    """What the text alone lacks, without a look at figures: the rules whose codes are VS1…."""
    return tuple(f for f in review(stream) if f.code.startswith(_COMPLETENESS))


def _gravity(finding: Finding) -> tuple[int, float, str, tuple[str, ...]]:
    seconds = finding.costs.get("seconds_per_case") or 0.0
    return _ORDER[finding.severity], -seconds, finding.code, tuple(map(str, finding.place))
