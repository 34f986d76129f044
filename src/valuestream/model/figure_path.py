"""Paths of figures: `hotel-check-in / Check-in at the desk / promise.kept` names one number.

A path is a stream, a step where the figure is one's, and the figure, by names or ids; blanks
around the strokes are free. What can be named is the catalogue here, and nothing else.
"""

from dataclasses import dataclass, replace
from statistics import fmean

from valuestream.model.errors import InputError
from valuestream.model.figures import Figures, StepFigures
from valuestream.model.measurable import FIGURES, OF_STEP, OF_STREAM, Figure
from valuestream.model.names import identify, nearest
from valuestream.model.stream import Stream


class NoSuchFigure(InputError):
    """A path that names nothing that can be measured: what is wrong, and what to write."""

    def __init__(self, message: str, suggestion: str) -> None:
        self.message, self.suggestion = message, suggestion
        super().__init__(f"{message}; {suggestion}")


@dataclass(frozen=True, slots=True)
class FigurePath:
    """One figure of a stream, or of one of its steps; names as written, until they are `found`."""

    stream: str
    step: str | None
    figure: Figure

    def __str__(self) -> str:
        parts = (self.stream, self.step, self.figure.name)
        return " / ".join(part for part in parts if part is not None)

    def found(self, stream: Stream) -> "FigurePath":
        """The path with the step's own name. Raises NoSuchFigure for a step that is not there."""
        step = None if self.step is None else step_named(stream, self.step)
        return replace(self, stream=stream.key, step=step)

    def value_in(self, figures: Figures) -> float | None:
        """The figure's value; None where these figures do not have it.

        Seconds, shares between 0 and 1, cases a week, or a count. Throughput, arrivals and work in
        progress are means over the whole weeks: the log's ends cut the first and the last one.
        """
        if self.step is not None:
            own = next((step for step in figures.steps if _is(step, self.step)), None)
            if own is None:
                return None
            if self.figure.name == "received":
                return figures.received.by_step.get(own.step) if figures.received else None
            return _walk(own, self.figure.name)
        if self.figure.week:
            whole = [getattr(week, self.figure.week) for week in figures.weeks[1:-1]]
            return fmean(whole) if whole else None
        return _walk(figures, self.figure.name)


def step_named(stream: Stream, name: str) -> str:
    """The name of the step of that name or id. Raises NoSuchFigure that names the nearest."""
    place = stream.place(name)
    if place is not None:
        return stream.steps[place].step
    known = [step.step for step in stream.steps]
    near = nearest(name, known)
    raise NoSuchFigure(
        f"{stream.stream!r} has no step named {name!r}",
        f"did you mean {near!r}?" if near else f"its steps are {', '.join(known[:8])}",
    )


def parse(text: str) -> FigurePath:
    """The path in a text. Raises NoSuchFigure, which names the nearest figure there is."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) < 2 or not all(parts):
        raise NoSuchFigure(
            f"{text!r} names no figure of a stream",
            "write 'stream / figure' or 'stream / step / figure', such as "
            "hotel-check-in / lead_time.p85",
        )
    stream, *between, last = parts
    step = " / ".join(between) or None
    return FigurePath(stream, step, figure(last, OF_STREAM if step is None else OF_STEP))


def figure(name: str, among: tuple[Figure, ...] = FIGURES) -> Figure:
    """The figure of a name, however it is joined. Raises NoSuchFigure that names the nearest."""
    wanted = _folded(name)
    named = {own.name: own for own in among}
    if wanted in named:
        return named[wanted]
    elsewhere = next((own for own in FIGURES if own.name == wanted), None)
    if elsewhere is not None:
        raise NoSuchFigure(*_elsewhere(elsewhere))
    if any(own.startswith(f"{wanted}.") for own in named):
        several = ", ".join(own for own in named if own.startswith(f"{wanted}."))
        raise NoSuchFigure(f"{name!r} is several figures", f"write one of {several}")
    near = nearest(wanted, named) or next((own for own in named if wanted in own), None)
    whose = "step" if among is OF_STEP else "stream"
    listed = ", ".join(dict.fromkeys(own.partition(".")[0] for own in named))
    raise NoSuchFigure(
        f"there is no figure {name!r} of a {whose}",
        f"did you mean {near!r}?" if near else f"known are {listed}",
    )


def _elsewhere(found: Figure) -> tuple[str, str]:
    if found.of == "step":
        return f"{found.name!r} is a figure of a step", f"write 'stream / step / {found.name}'"
    message = f"{found.name!r} is a figure of the whole stream, not of a step"
    instead = {"lead_time": "elapsed_time"}.get(found.name.partition(".")[0])
    other = f", or of the step its {instead}" if instead else ""
    return message, f"write 'stream / {found.name}'{other}"


def _folded(name: str) -> str:
    """`Lead time.P85` as `lead_time.p85`."""
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())


def _is(step: StepFigures, name: str) -> bool:
    return step.step.casefold() == name.casefold() or identify(step.step) == identify(name)


def _walk(figures: object, name: str) -> float | None:
    """The value at the end of `lead_time.p85`; None where something on the way is."""
    value: object = figures
    for part in name.split("."):
        value = getattr(value, part, None)
    return float(value) if isinstance(value, int | float) else None
