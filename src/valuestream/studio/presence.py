"""Who is here, and where: one entry for each open page, gone when its line ends."""

from dataclasses import asdict, dataclass
from itertools import count

COLOURS = 6
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a page: the page's own id, a name, a colour's number, and the place."""

    page: str
    name: str
    colour: int
    stream: str | None = None
    step: str | None = None


class Presence:
    """The people at the open pages."""

    def __init__(self) -> None:
        self._here: dict[str, Person] = {}
        self._colours = count()

    def come(self, page: str, name: str, stream: str | None, step: str | None) -> None:
        """Somebody opened a page, or goes to another place on it."""
        known = self._here.get(page)
        colour = known.colour if known else next(self._colours) % COLOURS
        self._here[page] = Person(page, _short(name), colour, stream, step)

    def go(self, page: str) -> None:
        """The page was left."""
        self._here.pop(page, None)

    def here(self) -> list[dict[str, object]]:
        """Everybody, in the order in which they came."""
        return [asdict(person) for person in self._here.values()]


def _short(name: str) -> str:
    shown = "".join(c for c in name if c.isprintable()).strip()
    return shown[:_LONGEST] or "?"
