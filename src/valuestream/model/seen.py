"""All that was seen of a stream: what a review judges."""

from dataclasses import dataclass, replace

from valuestream.model.conformance import Conformance
from valuestream.model.figures import Figures
from valuestream.model.given_up import GivenUp
from valuestream.model.progress import Age, LittlesLaw
from valuestream.model.queues import Queues
from valuestream.model.resources import Load, Waits
from valuestream.model.slow_segments import SlowSegment
from valuestream.model.switching import Switching
from valuestream.model.system import System


@dataclass(frozen=True, slots=True)
class Seen:
    """A stream's figures, and what its events show beyond them; None what nobody looked at."""

    figures: Figures
    age: Age | None = None
    littles_law: LittlesLaw | None = None
    load: Load | None = None
    waits: Waits | None = None
    queues: Queues | None = None
    at_once: dict[str, tuple[float, ...]] | None = None
    """Of steps that declare their people: the seconds with one, two, three resources at work."""
    given_up: GivenUp | None = None
    switching: Switching | None = None
    segments: tuple[SlowSegment, ...] = ()
    conformance: Conformance | None = None
    unaligned: str | None = None
    """Why the cases could not be laid beside the stream's ways; None where they were."""
    system: System | None = None
    """All streams of its workspace, itself among them."""

    @property
    def conforming(self) -> Figures:
        """The figures with the conformance, for pictures."""
        return replace(self.figures, conformance=self.conformance)
