"""The page of effects: each delivery in a sentence, and its figures with and without it."""

from collections.abc import Sequence
from dataclasses import dataclass

from valuestream.effects import Effect, Looked, Told, told
from valuestream.effects.words import NAMES, clause, day
from valuestream.report.charts import Chart
from valuestream.report.effect_charts import effect_chart
from valuestream.report.fonts import font_faces
from valuestream.report.page import FONTS_PLACE, Made, colours, environment


@dataclass(frozen=True, slots=True)
class _Shown:
    """A delivery at a place, as the page shows it."""

    names: tuple[tuple[str, str], ...]
    where: str
    says: str
    charts: tuple[Chart, ...]


def effects_page(found: Looked, made: Made | None = None) -> str:
    """The page as HTML: nothing in it is asked of any other file or machine."""
    shown = [_shown(own) for own in told(found.effects)]
    page = environment().get_template("effects.html").render(
        shown=shown, left_out=found.left_out, colours=colours(), made=made or Made()
    )
    return page.replace(FONTS_PLACE, font_faces(page), 1)


def _shown(own: Told) -> _Shown:
    where = f"{own.step} · {own.stream}" if own.step else own.stream
    names = tuple((d.what, day(d.on)) for d in own.deliveries)
    return _Shown(names, where, own.says, _charts(own.effects))


def _charts(effects: Sequence[Effect]) -> tuple[Chart, ...]:
    """Those of the visible effects; where there is none, the first."""
    visible = [e for e in effects if e.is_visible]
    known = [e for e in effects if len(e.course) > 1]
    charts = (effect_chart(e, NAMES[e.figure], clause(e)) for e in visible or known[:1])
    return tuple(chart for chart in charts if chart)
