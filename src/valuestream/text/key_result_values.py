"""Where key results are to go, as written: limits, units, the sides of baseline and target."""

from collections.abc import Iterator
from dataclasses import dataclass

from valuestream.model.aims import kind_of
from valuestream.model.findings import Finding, Place, Severity
from valuestream.model.goals import KeyResult, Target
from valuestream.model.measurable import Figure
from valuestream.model.targets import read_target

_LIMITS = ("to", "stay above", "stay below")


@dataclass(frozen=True, slots=True)
class Here:
    """A key result and its place."""

    place: Place
    result: KeyResult

    def error(self, code: str, key: str | Place, message: str, suggestion: str) -> Finding:
        """A fault at a key of it, or further in."""
        return self._finding(code, "error", key, message, suggestion)

    def warning(self, code: str, key: str | Place, message: str, suggestion: str) -> Finding:
        """What may be meant, likewise."""
        return self._finding(code, "warning", key, message, suggestion)

    def _finding(
        self, code: str, severity: Severity, key: str | Place, message: str, suggestion: str
    ) -> Finding:
        inside = (key,) if isinstance(key, str) else key
        return Finding(code, severity, message, suggestion, (*self.place, *inside))


def limits(here: Here) -> Iterator[Finding]:
    """Nothing to reach, or two things."""
    result = here.result
    written = [key for key in _LIMITS if getattr(result, key.replace(" ", "_")) is not None]
    if not written:
        advice = "add 'to', 'stay above' or 'stay below'"
        yield here.error("VS059", (), "this key result is to reach nothing", advice)
    if len(written) > 1:
        message = f"{written[0]!r} and {written[1]!r} are both written"
        yield here.error("VS059", written[1], message, "keep one; a range is two key results")
    kept = next((key for key in written if key != "to"), None)
    if kept and result.kind not in (None, kept):
        message = f"the kind is {result.kind!r}, and {kept!r} is written"
        yield here.error("VS059", "kind", message, "leave 'kind' out, or write 'to'")


def values(here: Here, figure: Figure, currency: str | None) -> Iterator[Finding]:
    """Values of another unit, else targets and phases on the wrong side."""
    result, wrong = here.result, []
    for place, written in _written(result):
        try:
            read_target(written, figure.unit, currency)
        except ValueError as error:
            message, _, advice = str(error).partition("; ")
            wrong.append(here.error("VS060", place, message, advice))
    yield from wrong
    if not wrong and result.from_ is not None and result.to is not None:
        yield from _sides(here, figure, currency)


def _written(result: KeyResult) -> Iterator[tuple[Place, Target]]:
    for key in ("from", *_LIMITS):
        value = result.from_ if key == "from" else getattr(result, key.replace(" ", "_"))
        if value is not None:
            yield (key,), value
    for number, phase in enumerate(result.phases):
        yield ("phases", number, "to"), phase.to


def _sides(here: Here, figure: Figure, currency: str | None) -> Iterator[Finding]:
    result = here.result
    values = [read_target(value, figure.unit, currency) for _, value in _written(result)]
    baseline, target, phases = values[0], values[1], values[2:]
    kind = kind_of(result, figure, currency)
    rises = target > baseline
    if baseline == target:
        message, advice = "baseline and target are the same", "write where it is to go"
        yield here.error("VS061", "to", message, advice)
    elif kind in ("increase", "decrease") and rises != (kind == "increase"):
        message = f"to {kind} from {result.from_} is not to come to {result.to}"
        yield here.error("VS061", "to", message, "turn 'from' and 'to', or leave 'kind' out")
    elif figure.better and rises != (figure.better == "higher"):
        yield _away(here, figure)
    turns = [baseline, *phases, target]
    for number, (one, here_, other) in enumerate(zip(turns, turns[1:], turns[2:], strict=False)):
        if not min(one, other) <= here_ <= max(one, other):
            message = f"the phase's target {result.phases[number].to} leads away from the target"
            advice = "write a value between those before and after it"
            yield here.warning("VS064", ("phases", number, "to"), message, advice)


def _away(here: Here, figure: Figure) -> Finding:
    """A target that is worse than the baseline: an error where 'reach' would be reached at once."""
    says = f"{figure.says} is better {figure.better}, and the target is worse than the baseline"
    if here.result.kind == "reach":
        return here.error("VS061", "to", says, "turn 'from' and 'to', or write 'stay below/above'")
    advice = "turn 'from' and 'to'; if it is meant, write its 'kind'"
    if here.result.kind is None:
        return here.warning("VS061", "to", says, advice)
    return here.warning("VS061", "kind", says, "if it is meant, silence this")
