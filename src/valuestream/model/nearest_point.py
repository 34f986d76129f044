"""The measurable point that words come nearest to."""

import re
from collections.abc import Iterable, Sequence

from valuestream.model.figure_path import FigurePath, figure
from valuestream.model.measurable import OF_STEP, OF_STREAM
from valuestream.model.names import identify
from valuestream.model.stream import Step, Stream

_FIGURES = {
    "wait_time.p85": ("wait", "queue"),
    "promise.kept": ("promis", "punctual", "on-time", "within"),
    "rework": ("rework", "repeat", "come-back", "again"),
    "complete_accurate": ("right", "correct", "error", "defect", "quality"),
    "process_time.p85": ("work", "effort"),
    "cost_per_case": ("cost", "money", "cheap", "price", "expens"),
    "throughput": ("throughput", "many", "volume", "capacity"),
    "handoffs.per_case": ("handoff", "handover"),
    "received.every": ("happ", "satisf", "love", "content", "value"),
    "received": ("happ", "satisf", "love", "content", "value", "receiv"),
    "lead_time.p85": ("fast", "quick", "time", "soon", "long", "short"),
    "elapsed_time.p85": ("fast", "quick", "time", "soon", "long", "short"),
}
"""Figures by the starts of words that speak of them; the first that fits is meant."""


def nearest_point(words: str, streams: Sequence[Stream]) -> FigurePath | None:
    """The figure that words most likely speak of, of the step they share most words with.

    None where there is no stream. Where no step shares any, it is one of a whole stream.
    """
    if not streams:
        return None
    said = identify(words)
    shared, stream, step = max(
        ((_shared(said, own.step), stream, own) for stream in streams for own in stream.steps),
        key=lambda found: found[0],
    )
    if not shared:
        stream = max(streams, key=lambda own: _shared(said, own.stream))
        return FigurePath(stream.key, None, figure(_of_stream(said), OF_STREAM))
    return FigurePath(stream.key, step.step, figure(_of_step(said, step), OF_STEP))


def _shared(said: str, name: str) -> int:
    """The letters of the words that both have; those of three letters and less are in all names."""
    return sum(len(word) for word in _words(name) & _words(said))


def _words(name: str) -> set[str]:
    return {word for word in identify(name).split("-") if len(word) > 3}


def _of_stream(said: str) -> str:
    return _meant(said, (own.name for own in OF_STREAM)) or "lead_time.p85"


def _of_step(said: str, step: Step) -> str:
    promises = step.value is not None and step.value.promise is not None
    meant = _meant(said, (own.name for own in OF_STEP))
    if meant is None or (meant == "promise.kept" and not promises):
        return "promise.kept" if promises else "elapsed_time.p85"
    if meant == "received" and not step.has_value:
        return "complete_accurate"
    return meant


def _meant(said: str, known: Iterable[str]) -> str | None:
    names = set(known)
    fitting = (
        name
        for name, starts in _FIGURES.items()
        if name in names and any(re.search(f"(?:^|-)(?:un|dis)?{s}", said) for s in starts)
    )
    return next(fitting, None)
