"""Suggested points as a text of goals, ready to be checked, changed and kept."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from valuestream.goals.suggesting import Suggestion
from valuestream.model.figure_path import FigurePath
from valuestream.model.names import answered
from valuestream.model.stream import Stream
from valuestream.model.targets import write_target
from valuestream.text.scalars import write


def goals_text(stream: Stream, found: Sequence[Suggestion], today: date) -> str:
    """The text of a `.goals.yaml`; its period is the next quarter."""
    if not found:
        return _nothing(stream)
    who = f"the {answered(stream.customer) or 'customer'}"
    until = max(s.series.counted[-1].end for s in found) - timedelta(days=1)
    lines = [
        f"# What can be measured in {stream.stream} and matters most to {who}, the first the most.",
        f"# Baselines are those of the 13 whole weeks to {until}; a target is what the best",
        "# quarter of the last 52 weeks reach. Keep two or three and say them in your words.",
        f"objective: {write(f'TODO: What shall be better for {who}?')}",
        f"period: {next_quarter(today)}",
        "key results:",
        *(line for own in found for line in _key_result(own, stream)),
    ]
    return "\n".join(lines) + "\n"


def _nothing(stream: Stream) -> str:
    return (
        f"# {stream.stream}: nothing to suggest. Either its log has fewer than eight whole weeks, "
        "or every\n# week is as good as the best ones.\n"
    )


def next_quarter(today: date) -> str:
    """The quarter after a day's, such as 2026-Q1."""
    after = today.year * 4 + (today.month - 1) // 3 + 1
    return f"{after // 4}-Q{after % 4 + 1}"


def _key_result(own: Suggestion, stream: Stream) -> Iterator[str]:
    unit, currency = own.path.figure.unit, own.series.currency
    target = write(write_target(own.target, unit, currency))
    yield f"  # {brings(own)}"
    yield f"  - key result: {write(said(own))}"
    yield f"    measure: {write(measure_of(own.path, stream))}"
    if own.is_guardrail:
        yield f"    stay above: {target}"
        return
    yield f"    from: {write(write_target(own.baseline, unit, currency))}"
    yield f"    to: {target}"


def measure_of(path: FigurePath, stream: Stream) -> str:
    """A path as a key result has it: by names; by the step's id where its name holds a stroke."""
    step = path.step
    if step is None or "/" not in step:
        return str(path)
    place = stream.place(step)
    key = step if place is None else stream.steps[place].key
    return f"{path.stream} / {key} / {path.figure.name}"


_SAID = {
    "promise.kept": "The promise of {step} is kept more often",
    "wait_time.p85": "Less waiting before {step}",
    "elapsed_time.p85": "Less time until {step} is done",
    "lead_time.p85": "From the first step to the last in less time",
    "rework": "Fewer come back to {step}",
    "received.every": "More receive every value",
}


def said(own: Suggestion) -> str:
    """What the key result says."""
    if own.is_guardrail:
        return f"The promise of {own.path.step} is kept as often as now"
    return _SAID[own.path.figure.name].format(step=own.path.step)


def brings(own: Suggestion) -> str:
    """What it would bring, in a sentence."""
    if own.is_guardrail:
        return "As good as its best weeks already: a guardrail, so that it stays so."
    if not own.gain:
        return "On average no better than now, but more evenly."
    many = f"{own.gain:,.0f}" if own.gain >= 10 else f"{own.gain:.1g}"
    return {
        "promise.kept": f"About {many} more customers a week would get what is promised.",
        "received.every": f"About {many} more customers a week would receive every value.",
        "rework": f"About {many} fewer cases a week would come back.",
    }.get(own.path.figure.name, f"About {many} {own.brings} a week would be saved.")
