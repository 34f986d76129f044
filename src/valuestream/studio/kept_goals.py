"""Texts of goals as pages name them: by their files, without the ending."""

from dataclasses import dataclass
from urllib.parse import quote

from valuestream.model.errors import InputError
from valuestream.model.goals import Goals
from valuestream.model.names import identify
from valuestream.store import NoDocument, Snapshot
from valuestream.studio.studio import Studio
from valuestream.text import Document

_ENDINGS = (".goals.yaml", ".goals.yml")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class KeptGoals:
    """A text of goals of the workspace."""

    name: str
    snapshot: Snapshot

    @property
    def key(self) -> str:
        """What the store calls it."""
        return self.snapshot.key

    @property
    def document(self) -> Document:
        """Its text as pages show it: the file's, or the last one without faults."""
        snapshot = self.snapshot
        return snapshot.document if snapshot.document.goals else snapshot.good.document

    @property
    def goals(self) -> Goals | None:
        """The objective; None where it was never without faults."""
        return self.snapshot.goals

    @property
    def title(self) -> str:
        """What is to be reached."""
        return self.goals.objective if self.goals else self.name

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/goals/{quote(self.name)}"

    def number(self, handle: str) -> int:
        """The number of a key result, counted from 0. Raises NoElement where it is gone."""
        place = self.snapshot.place(handle)
        if len(place) != 2 or not isinstance(place[1], int):
            raise InputError("this is no key result; name one by its handle")
        return place[1]


def all_goals(studio: Studio) -> tuple[KeptGoals, ...]:
    """Those of the workspace, by name."""
    found = ((name, s) for s in studio.store.documents() if (name := _name(s.key)))
    return tuple(KeptGoals(name, snapshot) for name, snapshot in found)


def goals_of(studio: Studio, name: str) -> KeptGoals:
    """The one of that name. Raises NoDocument where there is none."""
    found = next((kept for kept in all_goals(studio) if kept.name == name), None)
    if found is None:
        raise NoDocument(f"there are no goals {name[:200]!r} in this workspace")
    return found


def free_key(studio: Studio, objective: str) -> str:
    """A document's key for an objective, which no other one has."""
    own = identify(objective)[:_LONGEST].strip("-")
    taken = {snapshot.key for snapshot in studio.store.documents()}
    names = (own, *(f"{own}-{number}" for number in range(2, len(taken) + 3)))
    return next(key for name in names if (key := f"{name}{_ENDINGS[0]}") not in taken)


def _name(key: str) -> str:
    """Empty for what are no goals."""
    ending = next((e for e in _ENDINGS if key.lower().endswith(e)), "")
    return key[: len(key) - len(ending)] if ending else ""
