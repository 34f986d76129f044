"""Who is here and where: kept in memory, told to everyone, forgotten after a while."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from valuestream.model.findings import Place

STAYS = 30.0
"""For how many seconds a person who is not heard of is still here."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is here.

    Attributes:
        id: Tells people, or their windows, apart.
        name: As others see it.
        colour: As others see it, as CSS has it.
        key: The document that they look at.
        element: The handle of the element in which they are.
        field: The key path of the field.
        at: When they were last heard of.
    """

    id: str
    name: str
    colour: str
    key: str | None
    element: str | None
    field: Place
    at: datetime


@dataclass(frozen=True, slots=True)
class Present:
    """All who are here now."""

    people: tuple[Person, ...]


class Presence:
    """Who is here. Safe between threads."""

    def __init__(self, tell: Callable[[Present], None]) -> None:
        self._tell = tell
        self._people: dict[str, Person] = {}
        self._lock = threading.Lock()

    @property
    def people(self) -> tuple[Person, ...]:
        """Who is here, in the order in which they came."""
        with self._lock:
            return tuple(self._people.values())

    def set(  # noqa: PLR0913
        self,
        id: str,  # noqa: A002
        name: str,
        colour: str,
        *,
        key: str | None = None,
        element: str | None = None,
        field: Place = (),
    ) -> None:
        """Somebody is here, or is still here, or has moved on."""
        person = Person(id, name, colour, key, element, tuple(field), datetime.now(UTC))
        with self._lock:
            known = self._people.get(id)
            self._people[id] = person
        if known is None or _shown(known) != _shown(person):
            self._tell(Present(self.people))

    def leave(self, id: str) -> None:  # noqa: A002
        """Somebody went."""
        with self._lock:
            gone = self._people.pop(id, None)
        if gone:
            self._tell(Present(self.people))

    def expire(self, seconds: float = STAYS) -> None:
        """Forgets those who were not heard of for so long."""
        limit = datetime.now(UTC) - timedelta(seconds=seconds)
        with self._lock:
            gone = [id for id, person in self._people.items() if person.at < limit]  # noqa: A001
            for id in gone:  # noqa: A001
                del self._people[id]
        if gone:
            self._tell(Present(self.people))


def _shown(person: Person) -> tuple[object, ...]:
    return person.name, person.colour, person.key, person.element, person.field
