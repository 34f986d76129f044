"""How often people change from one step to another, and how much longer work takes them then."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResourceSwitches:
    """One resource: its visits after one of another case, and those of them to another step."""

    resource: str
    visits: int
    switches: int


@dataclass(frozen=True, slots=True)
class SwitchedTo:
    """The visits of a step, by whether whoever did them came from another step.

    Only resources with five visits and more of either kind are compared, each with itself.

    Attributes:
        switched: Those compared that followed a visit of another step.
        same: Those compared that followed one of the same.
        longer: By which share the work takes longer after another step (geometric mean).
        z: That difference over its standard error: beyond 4 it is hardly chance.
        seconds: What it makes for one visit.
    """

    switched: int
    same: int
    longer: float
    z: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Switching:
    """Changes from one step to another, by resource and by step, of the resources looked at.

    Attributes:
        visits: Those with a known process time that followed one of another case.
        switches: Those of them whose resource came from another step.
        resources: Those who switch most, at most 20.
        steps: The steps that can be compared, in the stream's order.
    """

    visits: int
    switches: int
    resources: tuple[ResourceSwitches, ...]
    steps: dict[str, SwitchedTo]
