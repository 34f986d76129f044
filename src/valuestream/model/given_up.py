"""Cases that were begun and never completed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GivenUpAtStep:
    """The cases that were given up and visited a step.

    Attributes:
        visited: How many they are.
        last: Those of them whose last visit was to it.
        work: Seconds of their visits to it, of those whose process time is known; None without any.
    """

    visited: int
    last: int
    work: float | None


@dataclass(frozen=True, slots=True)
class GivenUp:
    """Cases without a visit for so long that they will hardly be completed.

    Attributes:
        after: So many seconds: the 95th percentile of the completed cases' lead times; None where
            fewer than 20 were completed, and nothing is known.
        cases: How many are given up.
        steps: The steps that they visited, in the stream's order.
    """

    after: float | None
    cases: int
    steps: dict[str, GivenUpAtStep]
