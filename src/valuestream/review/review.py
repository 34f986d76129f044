"""All rules over a stream and its figures."""

from dataclasses import replace

from valuestream.model.declared import declare
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures, StepFigures
from valuestream.model.findings import Finding
from valuestream.model.seen import Seen
from valuestream.model.stream import Stream
from valuestream.model.system import System
from valuestream.review.rules import rules

_OF_TEXTS = ("VS1", "VS7")
"""What begins so is seen in texts alone: in a stream's own, and in those of its workspace."""
_OF_SYSTEMS = "VS7"
"""What begins so is seen only among the streams of a workspace."""
_ORDER = {"error": 0, "warning": 1, "note": 2}


def review(
    stream: Stream, seen: Seen | Figures | None = None, system: System | None = None
) -> tuple[Finding, ...]:
    """What the rules find: the gravest first, and of these what costs the customer most time.

    Figures alone are enough for most rules; without any, the stream is reviewed by what it declares
    of itself. With the system of its workspace its place among the other streams is judged, too.
    Raises InputError for figures of another stream's steps.
    """
    if not isinstance(seen, Seen):
        seen = Seen(seen or declare(stream))
    seen = replace(seen, system=system or seen.system)
    shown = seen.figures
    if [f.step for f in shown.steps] != [s.step for s in stream.steps]:
        raise InputError(
            f"the figures of {shown.stream!r} are not of the steps of {stream.stream!r}; "
            "measure the stream that is reviewed"
        )
    found = [finding for rule in rules() for finding in rule.find(stream, seen)]
    return tuple(sorted(found, key=_gravity))


def lacking_between(stream: Stream, system: System) -> tuple[Finding, ...]:
    """What a stream lacks among those of its workspace: the rules whose codes are VS7…."""
    return tuple(f for f in lacking(stream, system) if f.code.startswith(_OF_SYSTEMS))


def lacking(stream: Stream, system: System | None = None) -> tuple[Finding, ...]:
    """What texts alone lack, without a look at figures: the rules whose codes are VS1… and VS7…."""
    none = Figures(stream.stream, "declared", tuple(StepFigures(s.step) for s in stream.steps))
    of_texts = [rule for rule in rules() if rule.code.startswith(_OF_TEXTS)]
    seen = Seen(none, system=system)
    found = [finding for rule in of_texts for finding in rule.find(stream, seen)]
    return tuple(sorted(found, key=_gravity))


def _gravity(finding: Finding) -> tuple[int, float, str, tuple[str, ...]]:
    seconds = finding.costs.get("seconds_per_case") or 0.0
    return _ORDER[finding.severity], -seconds, finding.code, tuple(map(_in_order, finding.place))


def _in_order(part: str | int) -> str:
    # Numbers among texts: the tenth step stands behind the second.
    return f"{part:09}" if isinstance(part, int) else part
