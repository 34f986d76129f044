"""All that was seen of a stream: what a review judges."""

from dataclasses import dataclass

from valuestream.model.figures import Figures
from valuestream.model.progress import Age, LittlesLaw
from valuestream.model.resources import Load, Waits


@dataclass(frozen=True, slots=True)
class Seen:
    """A stream's figures, and what its events show beyond them; None what nobody looked at."""

    figures: Figures
    age: Age | None = None
    littles_law: LittlesLaw | None = None
    load: Load | None = None
    waits: Waits | None = None
