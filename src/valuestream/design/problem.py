"""What is asked for: an outcome, from what the customer brings, by known steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from valuestream.design.library import Library
from valuestream.model.errors import InputError
from valuestream.model.names import did_you_mean, identify

TO_BE_DESIGNED = "to be designed"
"""As a choice: whatever gives the thing today, a new step shall."""
NOBODY = -1
Measure = Literal["steps", "time", "cost"]


@dataclass(frozen=True)
class Problem:
    """An outcome to be reached backwards.

    Attributes:
        library: The known steps.
        goals: The ids of the things that the customer is to hold.
        brought: The ids of what the customer brings.
        by: What is to be the least: steps, time (the longest way through) or cost.
        chosen: The things whose giver somebody has settled: the number of that step, or NOBODY
            where it is to be designed.
    """

    library: Library
    goals: tuple[str, ...]
    brought: frozenset[str] = frozenset()
    by: Measure = "steps"
    chosen: Mapping[str, int] = field(default_factory=dict)

    def givers(self, thing: str) -> tuple[int, ...]:
        """The steps that may give a thing: the one that was chosen, else all that do."""
        if thing in self.chosen:
            return () if self.chosen[thing] == NOBODY else (self.chosen[thing],)
        return tuple(n for n, step in enumerate(self.library.steps) if thing in step.gives)


def outcome(written: str, library: Library) -> str:
    """The id of an outcome. Raises InputError with the nearest name where no step gives it."""
    thing = identify(written)
    if thing in library.given:
        return thing
    if not library.steps:
        raise InputError(
            "no step is known that says what it gives; write 'gives' at the steps of your streams, "
            "or take the templates' steps, too"
        )
    known = [library.name(one) for one in (*library.outcomes, *sorted(library.given))]
    raise InputError(f"no known step gives {written!r}; {did_you_mean(written, known)}")
