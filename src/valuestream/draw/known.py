"""What is known of a stream: each figure as measured, else as declared, and which of the two."""

from collections.abc import Callable
from dataclasses import dataclass

from valuestream.model.conformance import DEPARTURES, Departure
from valuestream.model.declared import declare
from valuestream.model.durations import format_duration
from valuestream.model.figures import Figures, Kept, Provenance, Spread, StepFigures
from valuestream.model.once import once
from valuestream.model.stream import Step, Stream

SHOWN_FROM = 0.02
"""What fewer cases than this share do would bury the rest."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure and where it comes from. Durations are seconds, shares lie between 0 and 1."""

    value: float
    provenance: Provenance

    beside: Provenance = "measured"
    """Where the picture says its figures come from."""

    @classmethod
    def of(cls, value: float | None, provenance: Provenance, beside: Provenance) -> "Fact | None":
        """The fact of a figure; None where it is not known."""
        return None if value is None else cls(value, provenance, beside)

    @property
    def mark(self) -> str:
        """What to add to a label, where the figure comes from elsewhere than the others."""
        return "" if self.provenance == self.beside else f" · {self.provenance}"


@dataclass(frozen=True, slots=True)
class KnownStep:
    """The facts of a step; None for what nobody knows."""

    work: Fact | None = None
    wait: Fact | None = None
    elapsed: Fact | None = None
    right: Fact | None = None
    rework: float | None = None
    visited: float | None = None
    """The measured share of the cases that visit the step."""
    promise: Kept | None = None
    departures: tuple[tuple[Departure, float], ...] = ()
    """How cases left the stream here, and what share of all; without what hardly any did."""


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of a stream, and of its steps in their order."""

    steps: tuple[KnownStep, ...]
    lead_time: Fact | None
    lead_time_p85: float | None
    process_time: Fact | None
    flow_efficiency: float | None
    right: Fact | None
    kept: float | None
    promises: int
    measured: Figures | None
    times: str
    """What the measured times are: medians or means."""
    any_declared: bool


Of = Callable[[Spread], float | None]
"""Which figure of a spread."""


def median(spread: Spread) -> float | None:
    """The median, or the mean where a distribution is known by that alone."""
    return spread.p50 if spread.p50 is not None else spread.mean


def mean(spread: Spread) -> float | None:
    """The mean: of several steps, means add up and medians do not."""
    return spread.mean


def known(stream: Stream, figures: Figures | None, of_spread: Of = median) -> Known:
    """The measured figures, completed by the declared ones."""
    return _known(stream, figures, of_spread)


@once
def _known(stream: Stream, figures: Figures | None, of_spread: Of) -> Known:
    declared = declare(stream)
    measured = {s.step: s for s in figures.steps} if figures else {}
    nothing = StepFigures("")
    steps = tuple(
        _step(step, (measured.get(step.step, nothing), of_step), figures, of_spread)
        for step, of_step in zip(stream.steps, declared.steps, strict=True)
    )
    of = figures or Figures(stream.stream, "declared", ())
    judged = [s.promise for s in steps if s.promise and s.promise.kept is not None]
    visits = sum(p.of for p in judged)
    kept = sum((p.kept or 0.0) * p.of for p in judged) / visits if visits else None
    lead_time = _fact(of, declared, lambda f: of_spread(f.lead_time))
    process_time = _fact(of, declared, lambda f: of_spread(f.process_time))
    own = of if process_time and process_time.provenance != "declared" else declared
    return Known(
        steps=steps,
        lead_time=lead_time,
        lead_time_p85=of.lead_time.p85,
        process_time=process_time,
        flow_efficiency=own.flow_efficiency,
        right=_fact(of, declared, lambda f: f.rolled_complete_accurate),
        kept=kept,
        promises=visits,
        measured=figures,
        times="means" if of_spread is mean else "medians",
        any_declared=any(_is_declared(s) for s in steps),
    )


def _step(
    step: Step, both: tuple[StepFigures, StepFigures], figures: Figures | None, of_spread: Of
) -> KnownStep:
    of, declared = both
    guessed: Provenance = "guessed" if step.work and step.work.guess else "declared"
    source: Provenance = figures.provenance if figures else "declared"
    wait = Fact.of(of_spread(of.wait_time), source, source)
    instant = of_spread(of.process_time) is None
    elapsed = Fact.of(of_spread(of.elapsed_time), source, source) if instant else None
    return KnownStep(
        work=Fact.of(of_spread(of.process_time), source, source)
        or Fact.of(of_spread(declared.process_time), guessed, source),
        # What a log of instants can tell is measured: it comes before a declared wait.
        wait=wait
        or (None if elapsed else Fact.of(of_spread(declared.wait_time), "declared", source)),
        elapsed=None if wait else elapsed,
        right=Fact.of(of.complete_accurate, source, source)
        or Fact.of(declared.complete_accurate, "declared", source),
        rework=of.rework,
        visited=of.cases / figures.cases
        if figures and figures.cases and of.cases is not None
        else None,
        promise=of.promise,
        departures=_departures(step, figures),
    )


def _departures(step: Step, figures: Figures | None) -> tuple[tuple[Departure, float], ...]:
    conformance = figures.conformance if figures else None
    own = next((s for s in conformance.steps if s.step == step.step), None) if conformance else None
    if conformance is None or own is None:
        return ()
    times = (own.skipped, own.added, own.repeated, own.out_of_order)
    shares = (
        (what, t.cases / conformance.cases) for what, t in zip(DEPARTURES, times, strict=True)
    )
    return tuple((what, share) for what, share in shares if share >= SHOWN_FROM)


def _fact(
    measured: Figures, declared: Figures, figure: Callable[[Figures], float | None]
) -> Fact | None:
    source = measured.provenance
    found = Fact.of(figure(measured), source, source)
    return found or Fact.of(figure(declared), declared.provenance, source)


def _is_declared(step: KnownStep) -> bool:
    return any(f and f.provenance == "declared" for f in (step.work, step.wait, step.right))


def wait_in_words(step: KnownStep) -> str | None:
    """What stands on the line before a step: `waits 14 min`, `after 2 d 4 h`, or nothing."""
    if step.wait is not None:
        if step.wait.value <= 0:
            return "no wait" + step.wait.mark
        return f"waits {format_duration(step.wait.value)}{step.wait.mark}"
    if step.elapsed is not None:
        return f"after {format_duration(step.elapsed.value)}"
    return None
