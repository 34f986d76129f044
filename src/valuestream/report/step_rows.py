"""The rows of the table of steps: what is written, what is known, and why what is absent is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from valuestream.model.figures import Figures, StepFigures
from valuestream.model.findings import Finding
from valuestream.model.stream import Step, Stream

_NEAR = 0.1
"""So far below what is wanted, a promise is still nearly kept."""


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with its figures, and the reasons for those it has not."""

    step: Step
    figures: StepFigures
    waits_most: bool
    provenance: str

    @property
    def verdict(self) -> str:
        """How well the promise is kept: good, near or bad; plain where nothing is wanted."""
        promise = self.figures.promise
        if promise is None or promise.kept is None or promise.target is None:
            return "plain"
        if promise.kept >= promise.target:
            return "good"
        return "near" if promise.kept >= promise.target - _NEAR else "bad"

    @property
    def why_no_wait(self) -> str:
        """Why there is no wait time."""
        return self._why("no wait is declared", "the log does not show when the work began")

    @property
    def why_no_process(self) -> str:
        """Why there is no process time."""
        return self._why("no work is declared", "the log has only one time for each visit")

    @property
    def why_no_elapsed(self) -> str:
        """Why there is no elapsed time."""
        return self._why("it is measured only", "nothing came before these visits")

    @property
    def why_not_right(self) -> str:
        """Why there is no share complete and accurate."""
        return self._why("the step does not declare 'right'", "no case visited the step")

    def _why(self, declared: str, measured: str) -> str:
        if self.provenance == "declared":
            return declared
        if not self.figures.visits:
            return "no case visited the step"
        return measured


def step_rows(
    stream: Stream, figures: Figures, findings: Sequence[Finding] = ()
) -> tuple[StepRow, ...]:
    """A row a step, in the stream's order. The figures are those of this stream."""
    worst = next((f.step for f in findings if f.code == "VS201"), None)
    return tuple(
        StepRow(step, found, found.step == worst, figures.provenance)
        for step, found in zip(stream.steps, figures.steps, strict=True)
    )


class ValueReceived(NamedTuple):
    """A value of a step, and the share of the completed cases that received it."""

    step: str
    receives: str
    share: float


def values_received(stream: Stream, figures: Figures) -> tuple[ValueReceived, ...]:
    """The values that customers received, in the stream's order; none where none is known."""
    shares = figures.received.by_step if figures.received else {}
    return tuple(
        ValueReceived(step.step, step.value.receives, shares[step.step])
        for step in stream.steps
        if step.value and step.step in shares
    )
