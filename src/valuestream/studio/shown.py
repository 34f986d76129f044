"""A stream as pages show it: its steps with their figures, and what was found of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.draw.known import Fact, KnownStep, known
from valuestream.draw.parts.promise import tone_of
from valuestream.model.figures import Figures, StepFigures
from valuestream.model.findings import Finding
from valuestream.model.stream import Step, Stream


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step on a page: what its text says, what is known of it, what was found."""

    number: int
    step: Step
    facts: KnownStep
    measured: StepFigures | None
    findings: tuple[Finding, ...]

    @property
    def alone(self) -> "StepShown":
        """Without what was measured and found: what its row says is made of the rest."""
        return StepShown(self.number, self.step, self.facts, None, ())

    @property
    def key(self) -> str:
        """What addresses call it."""
        return self.step.key

    @property
    def tone(self) -> str:
        """How its value does: good, near, bad, plain where nothing is known, empty without one."""
        if not self.step.has_value:
            return "empty"
        promise = self.facts.promise
        return tone_of(promise.kept, promise.target) if promise else "plain"

    @property
    def wait(self) -> Fact | None:
        """How long it waited, or what passed since the step before where nobody saw more."""
        return self.facts.wait or self.facts.elapsed


def steps_shown(
    stream: Stream, figures: Figures | None, findings: Sequence[Finding] = ()
) -> tuple[StepShown, ...]:
    """The steps in their order."""
    facts = known(stream, figures)
    measured = {s.step: s for s in figures.steps} if figures else {}
    return tuple(
        StepShown(
            number,
            step,
            of,
            measured.get(step.step),
            tuple(f for f in findings if f.step == step.step),
        )
        for number, (step, of) in enumerate(zip(stream.steps, facts.steps, strict=True), 1)
    )
