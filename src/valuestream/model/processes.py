"""Value against business process: which process serves which value in which stream."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from valuestream.model.stream import Step, Stream
from valuestream.model.system import steps_of
from valuestream.model.workspace import Process


@dataclass(frozen=True, slots=True)
class Served:
    """A step: the value that it gives, and the places of the processes behind it.

    A step without a value stands here for its processes. The processes of its sub-steps are its,
    too; a sub-step stands here by itself only where it gives a value of its own.
    """

    stream: str
    step: str
    value: str | None
    processes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Serving:
    """A business process: its capability, its owner, and whether the workspace lists it."""

    process: str
    capability: str | None = None
    owner: str | None = None
    is_listed: bool = False


@dataclass(frozen=True)
class Alignment:
    """The steps, those of operational streams first, and the processes: the listed ones first."""

    steps: tuple[Served, ...]
    processes: tuple[Serving, ...]

    @cached_property
    def values(self) -> tuple[Served, ...]:
        """The steps that give a value."""
        return tuple(step for step in self.steps if step.value is not None)

    @cached_property
    def unserved(self) -> tuple[Served, ...]:
        """The values that no process serves."""
        return tuple(step for step in self.values if not step.processes)

    @cached_property
    def serves(self) -> tuple[int, ...]:
        """For each process how many values it serves."""
        return tuple(
            sum(number in step.processes for step in self.values)
            for number in range(len(self.processes))
        )

    @cached_property
    def serving_none(self) -> tuple[Serving, ...]:
        """The processes that serve no value: of no step, or only of steps that give none."""
        both = zip(self.processes, self.serves, strict=True)
        return tuple(process for process, values in both if not values)


def align(streams: Sequence[Stream], listed: Mapping[str, Process] | None = None) -> Alignment:
    """The values of streams against the processes that their steps name and those listed.

    Names are one process whatever the case of their letters, spelled as they are listed, else as
    they come first.
    """
    known: dict[str, Serving] = {
        name.casefold(): Serving(name, process.capability, process.owner, True)
        for name, process in (listed or {}).items()
    }
    places = {name: number for number, name in enumerate(known)}

    def numbered(names: Sequence[str]) -> tuple[int, ...]:
        for name in names:
            known.setdefault(name.casefold(), Serving(name))
            places.setdefault(name.casefold(), len(places))
        return tuple(dict.fromkeys(places[name.casefold()] for name in names))

    steps = tuple(
        Served(stream.stream, step.step, _value(step), numbered(tuple(_behind(step))))
        for stream in sorted(streams, key=lambda stream: stream.kind != "operational")
        for place, step in steps_of(stream)
        if step.has_value or len(place) == 2
    )
    return Alignment(steps, tuple(known.values()))


def _value(step: Step) -> str | None:
    return step.value.receives if step.value and step.has_value else None


def _behind(step: Step) -> Iterator[str]:
    yield from step.process
    for sub in step.sub_steps:
        yield from _behind(sub)
