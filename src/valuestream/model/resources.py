"""What resources work on, and why work waits for them."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

# JSON has no keys of several parts: where results are kept, each stands in a row with its count.
_LISTED = PlainSerializer(lambda found: [[*pair, count] for pair, count in found.items()])
_PAIRED = BeforeValidator(
    lambda rows: rows if isinstance(rows, dict) else {(a, b): count for a, b, count in rows}
)


@dataclass(frozen=True, slots=True)
class ResourceLoad:
    """One resource's work. Times are those of its visits whose process time is known.

    Attributes:
        resource: Its name in the log.
        visits: All its visits with an end.
        cases: The cases of those; None where only others' were looked at.
        timed: Its visits whose process time is known.
        busy: Seconds in which it was at work: the union of its timed visits; None without any.
        share: Of all resources' busy time; None where nobody was busy.
        at_once: Mean number of visits at once while busy; None where it was never.
        steps: The visits of each step it worked on, in the stream's order.
        present: Seconds of its days (UTC) from their first start to the latest end of the visits
            begun on them; None without any.
    """

    resource: str
    visits: int
    cases: int | None
    timed: int
    busy: float | None
    share: float | None
    at_once: float | None
    steps: dict[str, int]
    present: float | None = None


@dataclass(frozen=True, slots=True)
class Load:
    """The load of all resources, most busy first, then by visits and name.

    Attributes:
        resources: All that have a visit with an end.
        visits: All visits with an end.
        nobody: Those of them whose resource is not known; they are in no resource's load.
        handoffs: From step to step: transitions between different, known resources.
    """

    resources: tuple[ResourceLoad, ...]
    visits: int
    nobody: int
    handoffs: Annotated[dict[tuple[str, str], int], _LISTED, _PAIRED]


@dataclass(frozen=True, slots=True)
class WaitCauses:
    """Seconds that so many visits waited, and of those the seconds of each cause."""

    visits: int
    wait: float
    batching: float
    contention: float
    priority: float
    outside: float


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits before visits by cause, together and by step.

    Attributes:
        total: All that were split.
        steps: The same for each step before which a visit waited, in the stream's order.
        waiting: The visits that waited and whose resource is known.
        nobody: The visits that waited and whose resource is not known: they cannot be split.
    """

    total: WaitCauses
    steps: dict[str, WaitCauses]
    waiting: int
    nobody: int

    @property
    def says(self) -> str | None:
        """What of the waits is not in the figures; None where all is."""
        split = self.total.visits
        parts = []
        if split < self.waiting:
            parts.append(
                f"of {self.waiting:,} waiting visits {split:,} are split by cause, "
                "those of a sample"
            )
        if self.nobody:
            parts.append(f"{self.nobody:,} waits cannot be split: their visits name no resource")
        return "; ".join(parts) or None
