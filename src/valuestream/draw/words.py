"""What a picture says in sentences: its line under the title, its description."""

from collections.abc import Iterator
from functools import lru_cache

from valuestream.draw.known import Known, KnownStep, wait_in_words
from valuestream.draw.texts import clean, quoted
from valuestream.model.durations import format_duration
from valuestream.model.figures import Period
from valuestream.model.names import answered
from valuestream.model.shares import format_share
from valuestream.model.stream import Step, Stream


def subtitle(stream: Stream, facts: Known) -> str:
    """What kind of stream it is, for whom, and on what its figures stand."""
    customer = answered(stream.customer)
    whom = f" for the {quoted(customer)}" if customer else ""
    return f"{stream.kind.capitalize()} stream{whom} · {provenance(facts)}"


def provenance(facts: Known) -> str:
    """On what the figures stand, in a few words."""
    figures = facts.measured
    if figures is not None:
        cases = f" on {figures.cases:,} cases" if figures.cases is not None else ""
        period = f", {period_in_words(figures.period)}" if figures.period else ""
        return f"{figures.provenance}{cases}{period}"
    return "declared, not measured" if facts.any_declared else "not measured yet"


def period_in_words(period: Period) -> str:
    """Months and years: `Mar 2026`, `Jan – Mar 2026`, `Dec 2025 – Mar 2026`."""
    start, end = period.start, period.end
    if (start.year, start.month) == (end.year, end.month):
        return f"{end:%b %Y}"
    if start.year == end.year:
        return f"{start:%b} – {end:%b %Y}"
    return f"{start:%b %Y} – {end:%b %Y}"


def receives_heading(stream: Stream) -> str:
    """The heading above the waterline."""
    return f"What the {clean(answered(stream.customer) or 'customer')} receives".upper()


def description(stream: Stream, facts: Known) -> str:
    """The whole picture in words, for those who do not see it."""
    return " ".join(_sentences(stream, facts))


def _sentences(stream: Stream, facts: Known) -> Iterator[str]:
    yield f"{subtitle(stream, facts)}."
    if facts.lead_time:
        yield f"Lead time {format_duration(facts.lead_time.value)}."
    if facts.flow_efficiency is not None:
        yield f"Flow efficiency {format_share(facts.flow_efficiency)}."
    if facts.kept is not None:
        yield f"Promises kept {format_share(facts.kept)}."
    if request := answered(stream.request):
        yield f"It starts with: {clean(request)}."
    for number, (step, of) in enumerate(zip(stream.steps, facts.steps, strict=True), 1):
        yield step_in_words(step, of, number)
    if outcome := answered(stream.outcome):
        yield f"It ends with: {clean(outcome)}."


@lru_cache(maxsize=4000)
def step_in_words(step: Step, facts: KnownStep, number: int) -> str:
    """A step, its value and its figures."""
    by = f" by {', '.join(clean(who) for who in step.by)}" if step.by else ""
    received = answered(step.value.receives) if step.value else None
    value = f"the customer receives: {clean(received)}" if received else ""
    parts = [f"Step {number}, {clean(step.step)}{by}", value or "no value is said"]
    if waits := wait_in_words(facts):
        parts.append(waits)
    if facts.work:
        parts.append(f"work {format_duration(facts.work.value)}{facts.work.mark}")
    if facts.right:
        parts.append(f"right {format_share(facts.right.value)}{facts.right.mark}")
    if facts.promise and facts.promise.kept is not None:
        parts.append(f"promise kept {format_share(facts.promise.kept)}")
    return "; ".join(parts) + "."
