"""A stream of a workspace in a few lines: its figures, where its time goes, its worst finding."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from valuestream.model.figures import Figures, StepFigures
from valuestream.report.filters import duration, number, share
from valuestream.report.finding_cards import Card, cards
from valuestream.report.headline import Tile, promises_kept, spread_note, weighted
from valuestream.report.workspace.seen import SeenStream

_NARROWEST = 0.002
"""What takes less of the time is not seen in a ribbon."""


class Piece(NamedTuple):
    """A part of a ribbon: the step, what is done in it, its share of the time, and in words."""

    step: str
    kind: str
    width: float
    says: str


@dataclass(frozen=True, slots=True)
class StreamRow:
    """A stream as a row of the page."""

    own: SeenStream
    facts: tuple[Tile, ...]
    ribbon: tuple[Piece, ...]
    worst: Card | None

    @property
    def longest(self) -> Piece | None:
        """The part that takes the most of the time."""
        return max(self.ribbon, key=lambda piece: piece.width, default=None)


def stream_row(own: SeenStream) -> StreamRow:
    """The row of a stream."""
    grave = [finding for finding in own.findings if finding.severity != "note"]
    worst = next(iter(cards(grave or own.findings, own.figures)), None)
    return StreamRow(own, tuple(_facts(own.figures)), tuple(_ribbon(own.figures)), worst)


def _facts(figures: Figures) -> Iterator[Tile]:
    declared = figures.provenance == "declared"
    spread = figures.lead_time
    yield Tile(
        "Lead time",
        duration(spread.mean if declared else spread.p50),
        "expected, as declared" if declared else spread_note(spread),
        "a step declares neither work nor wait" if declared else "no case was seen",
    )
    efficiency = figures.flow_efficiency
    yield Tile(
        "Flow efficiency",
        share(efficiency),
        "of the lead time is work",
        "it needs the process time of whole cases",
    )
    kept = promises_kept(figures)
    yield Tile(
        "Promises kept",
        share(weighted(kept)),
        f"of {number(sum(of for _, of in kept))} that applied",
        "no promise was checked",
    )
    received = figures.received
    yield Tile(
        "All values received",
        share(received.every if received else None),
        f"of {number(received.cases)} completed cases" if received else "",
        "no completed case was seen",
    )


def _ribbon(figures: Figures) -> Iterator[Piece]:
    """Where the time of a case goes on average: a step counts as often as cases visit it."""
    parts = [part for step in figures.steps for part in _parts(step, figures.cases)]
    total = sum(seconds for _, _, seconds in parts)
    for step, kind, seconds in parts:
        width = seconds / total
        if width >= _NARROWEST:
            what = {"wait": "waiting before", "work": "work at", "elapsed": "until"}[kind]
            says = f"{share(width)} of the time of a case: {what} {step}, {duration(seconds)}"
            yield Piece(step, kind, width, says)


def _parts(step: StepFigures, cases: int | None) -> Iterator[tuple[str, str, float]]:
    often = step.visits / cases if cases and step.visits is not None else 1.0
    wait, work = step.wait_time.mean, step.process_time.mean
    if work is None and wait is None and step.elapsed_time.mean is not None:
        yield step.step, "elapsed", often * step.elapsed_time.mean
    for kind, seconds in (("wait", wait), ("work", work)):
        if seconds:
            yield step.step, kind, often * seconds
