"""Value streams as text: drawn, measured on real events, reviewed.

>>> import valuestream as vs
>>> stream = vs.load("hotel-check-in.stream.yaml")
>>> with vs.read_events("stays.csv") as events:
...     figures = vs.measure(stream, events)
>>> vs.review(stream, figures)
>>> vs.draw(stream, figures=figures).svg
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from valuestream.draw import draw
    from valuestream.events import Columns
    from valuestream.events import read as read_events
    from valuestream.measure import measure
    from valuestream.model.declared import declare
    from valuestream.model.errors import InputError
    from valuestream.model.figures import Figures
    from valuestream.model.findings import Finding
    from valuestream.model.stream import Step, Stream
    from valuestream.review import review
    from valuestream.text import load

__all__ = [
    "Columns",
    "Figures",
    "Finding",
    "InputError",
    "Step",
    "Stream",
    "declare",
    "draw",
    "load",
    "measure",
    "read_events",
    "review",
]

_ROOMS = {
    "Columns": ("events", "Columns"),
    "Figures": ("model.figures", "Figures"),
    "Finding": ("model.findings", "Finding"),
    "InputError": ("model.errors", "InputError"),
    "Step": ("model.stream", "Step"),
    "Stream": ("model.stream", "Stream"),
    "declare": ("model.declared", "declare"),
    "draw": ("draw", "draw"),
    "load": ("text", "load"),
    "measure": ("measure", "measure"),
    "read_events": ("events", "read"),
    "review": ("review", "review"),
}


def __getattr__(name: str) -> Any:
    """Opens the room that a name lives in, when it is first asked for."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'valuestream' has no attribute {name!r}")
    room, own_name = _ROOMS[name]
    return getattr(import_module(f"valuestream.{room}"), own_name)


class _Door(ModuleType):
    """Keeps `vs.draw` the function: importing the room `draw` would bind the module there."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _ROOMS and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
