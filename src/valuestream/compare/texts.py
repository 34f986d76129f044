"""Two streams compared: their texts element by element, and the figures of both."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuestream.compare.written_out import written_out
from valuestream.draw import Picture, Theme
from valuestream.draw.difference import Counterpart, draw_difference
from valuestream.model.declared import declare
from valuestream.model.figures import Figures
from valuestream.model.scenarios import applied
from valuestream.model.stream import Stream
from valuestream.text import Document
from valuestream.text.changes import Change, changes, stayed
from valuestream.text.items import pairs
from valuestream.text.nodes import plain


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure of both streams: durations in seconds, shares from 0 to 1."""

    figure: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs between two streams; figures that are known of neither are left out."""

    changes: tuple[Change, ...]
    figures: tuple[FigureChange, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """A state of a stream: as its text has it, or as one of its scenarios would."""

    document: Document
    stream: Stream
    scenario: str | None = None

    @classmethod
    def of(cls, document: Document, stream: Stream, scenario: str | None = None) -> "Version":
        """The version of a text. Raises InputError for a scenario that it has not."""
        return cls(document, applied(stream, scenario) if scenario else stream, scenario)


def compare(
    before: Version, after: Version, measured: tuple[Figures, Figures] | None = None
) -> Compared:
    """The differences of two streams; the figures are the declared ones, else those given."""
    found = changes(*_data(before, after))
    figures = measured or (declare(before.stream), declare(after.stream))
    return Compared(found, tuple(_figures(*figures)))


def picture(before: Version, after: Version, theme: Theme = "light") -> Picture:
    """Both streams one above the other, what differs marked."""
    data = _data(before, after)
    columns = _columns(data, after.stream, changes(*data))
    return draw_difference(before.stream, after.stream, columns, theme)


def _data(before: Version, after: Version) -> tuple[dict[str, Any], dict[str, Any]]:
    """What both say: as it is written, or in one form where one of them is a scenario."""
    if before.scenario or after.scenario:
        return written_out(before.stream), written_out(after.stream)
    return _written(before.document), _written(after.document)


def _written(document: Document) -> dict[str, Any]:
    data = plain(document.root) if document.root else {}
    return data if isinstance(data, dict) else {}


def _figures(before: Figures, after: Figures) -> Iterator[FigureChange]:
    for figure, one, other in (
        ("lead_time", before.lead_time, after.lead_time),
        ("process_time", before.process_time, after.process_time),
    ):
        for part in ("mean", "p50", "p85"):
            pair = getattr(one, part), getattr(other, part)
            if pair != (None, None):
                yield FigureChange(f"{figure}.{part}", *pair)
    for figure in ("flow_efficiency", "rolled_complete_accurate"):
        pair = getattr(before, figure), getattr(after, figure)
        if pair != (None, None):
            yield FigureChange(figure, *pair)


def _columns(
    data: tuple[dict[str, Any], dict[str, Any]], after: Stream, found: tuple[Change, ...]
) -> tuple[Counterpart, ...]:
    """The steps of both in columns: those that keep their order share one."""
    one, other = (part["steps"] for part in data)
    same = pairs(one, other)
    kept, origin = stayed(same), {b: a for a, b in same.items()}
    columns: list[Counterpart] = []
    at = 0
    for place in range(len(other)):
        old = origin.get(place)
        if old is None:
            columns.append(Counterpart(None, place, "added"))
            continue
        lines = _lines(found, after.steps[place].step)
        if old not in kept:
            columns.append(Counterpart(None, place, "moved", lines))
            continue
        columns += [_left(gone, same) for gone in range(at, old)]
        at = old + 1
        columns.append(Counterpart(old, place, "changed" if lines else "", lines))
    columns += [_left(gone, same) for gone in range(at, len(one))]
    return tuple(columns)


def _left(place: int, same: dict[int, int]) -> Counterpart:
    """What stands before in a column of its own: it fell away, or is elsewhere now."""
    return Counterpart(place, None, "moved" if place in same else "removed")


def _lines(found: tuple[Change, ...], step: str) -> tuple[str, ...]:
    """What is said of a step, without its name."""
    lines = []
    for change in found:
        if change.kind == "renamed" and change.way == (change.before,) and change.after == step:
            lines.append(f"was {change.before}")
        elif change.way[0] == step and len(change.way) > 1:
            lines.append(change.says.removeprefix(f"{step} / "))
    return tuple(lines)
