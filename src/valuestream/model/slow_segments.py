"""Cases of one value of an attribute that take longer than the others."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SlowSegment:
    """The completed cases of one value of an attribute, against those of all its other values.

    Attributes:
        column: The attribute's name in the log.
        value: The value.
        cases: The cases looked at that have it.
        others: Those that have another.
        lead_time: Their mean lead time in seconds.
        of_others: That of the others.
        z: The difference of the means of the lead times' logarithms over its standard error, the
            smaller one of two halves of the cases.
        compared: How many values of how many columns were compared in all: so many chances.
    """

    column: str
    value: str
    cases: int
    others: int
    lead_time: float
    of_others: float
    z: float
    compared: int
