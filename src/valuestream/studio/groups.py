"""The figures of a stream's cases group by group: of each week, of each value of a column."""

from dataclasses import dataclass
from typing import ClassVar

from valuestream.measure import Segment, calendars_of, log_of, workspace_of
from valuestream.measure.figures import measure_groups
from valuestream.measure.groups import divide, foremost
from valuestream.model.errors import InputError
from valuestream.model.figures import Figures
from valuestream.model.figures_json import SHOWN_VARIANTS, with_first
from valuestream.studio.workers import Lane
from valuestream.text.folder import Folder

MOST = 60
"""So many groups are measured."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of cases by its name (None: they have no value), and the days that it lies between.

    `figures` is None where it visited no step.
    """

    name: str | None
    figures: Figures | None
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class GroupsSeen:
    """The groups, how many more there are, and the columns by which cases can be divided."""

    groups: tuple[Group, ...]
    more: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupsOf:
    """The figures of the groups of some of a stream's cases.

    `stream` is its document's key, `by` what `measure --by` takes.
    """

    stream: str
    by: str
    segment: Segment
    lane: ClassVar[Lane] = "slow"

    def look(self, folder: Folder) -> GroupsSeen:
        """Measures them."""
        document = next(d for d in folder.documents if d.name == self.stream)
        stream, log = document.stream, log_of(document)
        if stream is None or log is None:
            raise InputError(f"{self.stream} names no log; add 'log: FILE' to it")
        calendars = calendars_of(stream, workspace_of(document))
        with log.read() as events:
            every = divide(stream, events, self.by, self.segment)
            shown = foremost(every, MOST)
            found = measure_groups(stream, events, shown, calendars)
            named = events.columns
            columns = (*filter(None, (named.resource, named.activity)), *events.attributes)
        groups = tuple(
            Group(name, figures and with_first(figures, SHOWN_VARIANTS), *self._days(own))
            for (name, figures), (_, own) in zip(found, shown, strict=True)
        )
        return GroupsSeen(groups, len(every) - len(shown), tuple(dict.fromkeys(columns)))

    def _days(self, own: Segment) -> tuple[str, str]:
        """From when and until when the cases of a group started, where that is what it is."""
        if (own.start, own.end) == (self.segment.start, self.segment.end):
            return "", ""
        return tuple(at.date().isoformat() if at else "" for at in (own.start, own.end))  # type: ignore[return-value]
