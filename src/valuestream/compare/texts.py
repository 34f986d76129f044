"""Two streams compared: their texts element by element, and the figures of both."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from valuestream.draw import Picture, Theme
from valuestream.draw.difference import Counterpart, draw_difference
from valuestream.model.declared import declare
from valuestream.model.figures import Figures
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


def compare(
    before: tuple[Document, Stream],
    after: tuple[Document, Stream],
    measured: tuple[Figures, Figures] | None = None,
) -> Compared:
    """The differences of two streams; the figures are the declared ones, else those given."""
    found = changes(_data(before[0]), _data(after[0]))
    figures = measured or (declare(before[1]), declare(after[1]))
    return Compared(found, tuple(_figures(*figures)))


def picture(
    before: tuple[Document, Stream], after: tuple[Document, Stream], theme: Theme = "light"
) -> Picture:
    """Both streams one above the other, what differs marked."""
    found = changes(_data(before[0]), _data(after[0]))
    return draw_difference(before[1], after[1], _columns(before, after, found), theme)


def _data(document: Document) -> dict[str, Any]:
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
    before: tuple[Document, Stream], after: tuple[Document, Stream], found: tuple[Change, ...]
) -> tuple[Counterpart, ...]:
    """The steps of both in columns: those that keep their order share one."""
    one, other = (_data(document)["steps"] for document, _ in (before, after))
    same = pairs(one, other)
    kept, origin = stayed(same), {b: a for a, b in same.items()}
    columns: list[Counterpart] = []
    at = 0
    for place in range(len(other)):
        old = origin.get(place)
        if old is None:
            columns.append(Counterpart(None, place, "added"))
            continue
        lines = _lines(found, after[1].steps[place].step)
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
