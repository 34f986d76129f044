"""The page of effects: each delivery in a sentence, and its figures with and without it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from valuestream.effects import Effect, Looked, Told, told
from valuestream.effects.delivered import day
from valuestream.effects.words import NAMES, clause
from valuestream.report.charts import Chart
from valuestream.report.effect_charts import effect_chart
from valuestream.report.filters import capital
from valuestream.report.fonts import font_faces
from valuestream.report.page import FONTS_PLACE, Made, colours, environment

_USUAL = ("wait_time.mean", "elapsed_time.mean")


@dataclass(frozen=True, slots=True)
class Shown:
    """A delivery, or several that cannot be told apart, as the page shows it.

    Attributes:
        names: What was delivered.
        days: When.
        places: Where, and what changed there.
        charts: Of the figures.
    """

    names: tuple[str, ...]
    days: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]


def effects_page(found: Looked, made: Made | None = None) -> str:
    """The page as HTML: nothing in it is asked of any other file or machine."""
    page = (
        environment()
        .get_template("effects.html")
        .render(
            shown=tuple(shown(found.effects)),
            left_out=found.left_out,
            colours=colours(),
            made=made or Made(),
        )
    )
    return page.replace(FONTS_PLACE, font_faces(page), 1)


def shown(effects: Sequence[Effect]) -> Iterator[Shown]:
    """The same deliveries at several places stand together."""
    found: dict[tuple[tuple[str, date], ...], list[Told]] = {}
    for own in told(effects):
        found.setdefault(tuple((d.what, d.on) for d in own.deliveries), []).append(own)
    for names, places in found.items():
        yield Shown(
            tuple(name for name, _ in names),
            tuple(dict.fromkeys(day(on) for _, on in names)),
            tuple((_where(own), own.changed) for own in places),
            tuple(charts_of(places)),
        )


def _where(own: Told) -> str:
    return f"{own.step} ({own.stream})" if own.step else own.stream


def charts_of(places: Sequence[Told]) -> Iterator[Chart]:
    """Those of the visible effects; where there is none, the wait's, else the first."""
    every = [(own, e) for own in places for e in own.effects if len(e.course) > 1]
    visible = [(own, e) for own, e in every if e.is_visible]
    waits = [(own, e) for own, e in every if e.figure in _USUAL]
    for own, effect in visible or (waits or every)[:1]:
        title = f"{capital(NAMES[effect.figure])}, {own.step or own.stream}"
        chart = effect_chart(effect, title, capital(clause(effect)))
        if chart:
            yield chart
