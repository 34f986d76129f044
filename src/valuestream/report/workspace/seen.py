"""What the page of a workspace shows, as it was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from valuestream.effects import Helped, Looked, outcomes
from valuestream.goals import MeasuredObjective, MeasuredResult
from valuestream.improvements import Board
from valuestream.improvements.measuring import Measured
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.processes import Alignment
from valuestream.model.stream import Stream
from valuestream.report.page import Made
from valuestream.text.folder import Folder


@dataclass(frozen=True, slots=True)
class SeenStream:
    """A stream, its figures, and what the review noticed.

    `why` says why nothing is measured; it is empty where something is. The figures are then those
    that the stream declares of itself.
    """

    stream: Stream
    figures: Figures
    findings: tuple[Finding, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class WorkspaceReport:
    """What is known of a workspace on a day.

    Attributes:
        folder: Its texts.
        as_of: The day, for goals and improvements. Figures and effects are of the whole logs.
        now: The instant up to which improvements have waited.
        streams: Those without faults, in the order of the texts.
        faulty: The names of the texts that have faults and are left out.
        links: Links to streams and steps that are not there.
        goals: Its objectives, measured.
        looked: What deliveries changed; None where none is known.
        board: Its improvements.
        improving: Their times; None where there are none.
        alignment: Its values and processes.
        made: How the page came to be.
    """

    folder: Folder
    as_of: date
    now: datetime
    streams: tuple[SeenStream, ...]
    faulty: tuple[str, ...]
    links: tuple[Finding, ...]
    goals: tuple[MeasuredObjective, ...]
    looked: Looked | None
    board: Board
    improving: Measured | None
    alignment: Alignment
    made: Made

    @cached_property
    def operational(self) -> tuple[SeenStream, ...]:
        """The streams that give customers value."""
        return tuple(own for own in self.streams if own.stream.kind == "operational")

    @cached_property
    def developmental(self) -> tuple[SeenStream, ...]:
        """The streams that build and improve others."""
        return tuple(own for own in self.streams if own.stream.kind == "developmental")

    @cached_property
    def helped(self) -> tuple[Helped, ...]:
        """What became of each delivery."""
        return outcomes(self.looked.effects) if self.looked else ()

    @cached_property
    def results(self) -> Sequence[MeasuredResult]:
        """The key results of all objectives."""
        return [result for own in self.goals for result in own.results]
