"""Streams and their figures as pictures: computed boxes, written as SVG.

`draw` draws a view of a stream, `draw_lit` its timeline with some steps lit up, `draw_future` the
map of a scenario, `draw_system` all streams of a workspace, `draw_alignment` their values against
processes; `views` names the views of one stream.
A view is a module in `views/` (or an entry point of the group `valuestream.views`) with a NAME and
`layout(stream, figures, findings) -> Scene`.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from types import ModuleType

from valuestream.draw import matrix, svg
from valuestream.draw import views as _views
from valuestream.draw.conversion import DrawError
from valuestream.draw.embedding import font_faces
from valuestream.draw.picture import Picture
from valuestream.draw.system import page as system_page
from valuestream.draw.system.detail import detail_of
from valuestream.draw.system.shown import Shown
from valuestream.draw.theme import Theme, stylesheet
from valuestream.draw.views.map import layout_future
from valuestream.draw.views.timeline import layout_lit
from valuestream.model.figures import Figures
from valuestream.model.findings import Finding
from valuestream.model.names import did_you_mean
from valuestream.model.processes import Alignment
from valuestream.model.stream import Stream
from valuestream.model.system import System

__all__ = [
    "DrawError",
    "Picture",
    "Theme",
    "draw",
    "draw_alignment",
    "draw_future",
    "draw_lit",
    "draw_system",
    "font_faces",
    "stylesheet",
    "views",
]

FIRST = "timeline"


def draw(
    stream: Stream,
    view: str = FIRST,
    *,
    figures: Figures | None = None,
    findings: Sequence[Finding] = (),
    theme: Theme = "light",
) -> Picture:
    """The picture of a stream.

    `figures` are measured ones; what they lack is taken from what the stream declares, and marked
    so. Of the findings the first is shown. Raises DrawError for an unknown view.
    """
    known = _known_views()
    if view not in known:
        raise DrawError(f"no view is named {view!r}; {did_you_mean(view, views())}")
    scene = known[view].layout(stream, figures, findings)
    return Picture(svg.write(scene, theme), scene.width, scene.height)


def draw_future(
    stream: Stream,
    scenario: str,
    *,
    figures: Figures | None = None,
    findings: Sequence[Finding] = (),
    theme: Theme = "light",
) -> Picture:
    """The map of a stream's current state, and under it the future that a scenario describes.

    Raises InputError for a scenario that is not there or cannot be made.
    """
    scene = layout_future(stream, figures, findings, scenario)
    return Picture(svg.write(scene, theme), scene.width, scene.height)


def draw_system(
    system: System,
    name: str,
    *,
    figures: Mapping[str, Figures] | None = None,
    findings: Mapping[str, int] | None = None,
    theme: Theme = "light",
) -> Picture:
    """All streams of a workspace, and which developmental ones build which steps.

    Figures, and how many findings there are, are given by the ids of the streams.
    """
    shown = Shown(system, detail_of(system), figures or {}, findings or {})
    scene = system_page.layout(shown, name)
    return Picture(svg.write(scene, theme), scene.width, scene.height)


def draw_alignment(found: Alignment, name: str, *, theme: Theme = "light") -> Picture:
    """The matrix of a workspace's values and business processes."""
    scene = matrix.layout(found, name)
    return Picture(svg.write(scene, theme), scene.width, scene.height)


def draw_lit(
    stream: Stream, lit: Mapping[int, str], note: str, *, theme: Theme = "light"
) -> Picture:
    """The timeline of a stream with some steps lit up: by place, a word on each.

    `note` says below the picture what the light means.
    """
    scene = layout_lit(stream, lit, note)
    return Picture(svg.write(scene, theme), scene.width, scene.height)


def views() -> tuple[str, ...]:
    """The names of the views, the timeline first."""
    return tuple(sorted(_known_views(), key=lambda name: (name != FIRST, name)))


@cache
def _known_views() -> dict[str, ModuleType]:
    own = [import_module(f"{_views.__name__}.{m.name}") for m in iter_modules(_views.__path__)]
    others = [point.load() for point in entry_points(group="valuestream.views")]
    return {module.NAME: module for module in (*others, *own)}
