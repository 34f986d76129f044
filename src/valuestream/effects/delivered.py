"""What was delivered to which step of which stream, by the workspace's texts and by who else says.

What cannot be laid over anything is said in a sentence each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from valuestream.model.names import did_you_mean
from valuestream.model.stream import Delivery, Stream
from valuestream.text.folder import Folder


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery at one place.

    Attributes:
        on: The day.
        what: What was delivered.
        by: Who delivered it: the name of a developmental stream, `improvements`, a repository.
        step: The place of the step that it changes; None where it changes the whole stream.
    """

    on: date
    what: str
    by: str
    step: int | None

    @property
    def named(self) -> str:
        """What and when: `Second desk (9 March 2026)`."""
        return f"{self.what} ({day(self.on)})"


@dataclass(frozen=True, slots=True)
class Given:
    """Deliveries, and who delivered them."""

    by: str
    deliveries: Sequence[Delivery]


def delivered(
    folder: Folder, given: Iterable[Given]
) -> tuple[dict[str, tuple[Delivered, ...]], tuple[str, ...]]:
    """The deliveries to each stream (by its id), in order; and what is wrong with others."""
    own = (Given(stream.stream, stream.deliveries) for _, stream in folder.streams)
    found: dict[str, list[Delivered]] = {}
    wrong = []
    for source in (*own, *given):
        for delivery in source.deliveries:
            for place in _places(folder, delivery):
                if isinstance(place, str):
                    wrong.append(f"{_named(delivery)}: {place}")
                    continue
                stream, step = place
                at = Delivered(delivery.on, delivery.what, source.by, step)
                if at not in found.setdefault(stream.key, []):
                    found[stream.key].append(at)
    by_stream = {key: tuple(sorted(all_, key=_order)) for key, all_ in found.items()}
    return by_stream, tuple(dict.fromkeys(wrong))


def day(on: date) -> str:
    """A day such as 9 March 2026."""
    return f"{on.day} {on:%B %Y}"


def developed(stream: Stream) -> tuple[str, ...]:
    """The links to all that a developmental stream's steps develop."""
    left = list(stream.steps)
    found: list[str] = []
    while left:
        step = left.pop(0)
        found += step.develops
        left += step.sub_steps
    return tuple(dict.fromkeys(found))


def _order(own: Delivered) -> tuple[date, str, str]:
    return own.on, own.what, own.by


def _named(delivery: Delivery) -> str:
    return f"{delivery.what[:100]!r} ({day(delivery.on)})"


def _places(folder: Folder, delivery: Delivery) -> Iterator[tuple[Stream, int | None] | str]:
    if not delivery.changes:
        yield "it names no step that it changes; add 'changes: STREAM / STEP' to it"
    for link in delivery.changes:
        yield _resolved(folder, link)


def _resolved(folder: Folder, link: str) -> tuple[Stream, int | None] | str:
    """The stream of a link, and its step where it names one; else what is wrong."""
    whole = folder.by_name.get(link.strip().casefold())
    if whole:
        return whole, None
    name, _, step = (part.strip() for part in link.partition("/"))
    if name.casefold() not in folder.by_name:
        known = [n for _, s in folder.streams for n in (s.stream, s.key)]
        return f"no stream of this workspace is named {name[:100]!r}; {did_you_mean(name, known)}"
    stream = folder.by_name[name.casefold()]
    if stream is None:
        return f"the stream {name[:100]!r} has faults; 'valuestream check' names them"
    place = _place(stream, step)
    if place is None:
        known = [s.step for s in stream.steps]
        return f"{stream.stream!r} has no step named {step[:100]!r}; {did_you_mean(step, known)}"
    return stream, place


def _place(stream: Stream, name: str) -> int | None:
    """The place of a step by its name or id; of a sub-step that of the step it is in."""
    own = stream.place(name)
    if own is not None:
        return own
    folded = name.casefold()
    for place, step in enumerate(stream.steps):
        left = list(step.sub_steps)
        while left:
            sub = left.pop()
            if folded in (sub.step.casefold(), sub.key.casefold()):
                return place
            left += sub.sub_steps
    return None
