"""What the hotel changed in its year: two changes help, one does not, and the season hides it.

The sign went up when the season began to fall, so that whoever looks at the weeks before and after
sees shorter waits that it has not made. The second receptionist came when it began to rise again.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Changes:
    """The first day of each change; None for a year without it."""

    breakfast_on_the_bill: date | None = date(2025, 6, 2)
    """What is noted at the restaurant's door is on the bill at once: fewer have to be corrected."""
    sign_in_the_lobby: date | None = date(2025, 9, 15)
    """It shows the way to the desk. Nothing in the simulation asks for it: it helps nobody."""
    second_receptionist: date | None = date(2025, 11, 3)
    """Every day from three to six: two guests are served at once."""


CHANGES = Changes()
