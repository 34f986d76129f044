"""The page of effects: each delivery in a sentence, and its figures with and without it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from valuestream.effects import Helped, Looked, Outcome, Told, outcomes
from valuestream.effects.delivered import day
from valuestream.effects.words import NAMES, clause
from valuestream.report.charts import Chart
from valuestream.report.effect_charts import effect_chart
from valuestream.report.filters import capital
from valuestream.report.fonts import font_faces
from valuestream.report.page import FONTS_PLACE, Made, colours, environment

_UNIT = re.compile(r"(?<=\d) (?=(?:%|ms|s|min|h|d|w|points)(?!\w))")
_USUAL = ("wait_time.mean", "elapsed_time.mean")
_CLASS: dict[Outcome, str] = {
    "helped": "good",
    "better and worse": "near",
    "cannot be told apart": "near",
    "worse": "bad",
}


@dataclass(frozen=True, slots=True)
class ShownDelivery:
    """A delivery, or several that cannot be told apart, as pages show it.

    Attributes:
        outcome: Whether it helped, in a word.
        cls: The class of that.
        names: What was delivered.
        days: When.
        places: Where, and what changed there.
        charts: Of the figures.
    """

    outcome: Outcome
    cls: str
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
            shown=shown_deliveries(outcomes(found.effects)),
            left_out=found.left_out,
            colours=colours(),
            made=made or Made(),
        )
    )
    return page.replace(FONTS_PLACE, font_faces(page), 1)


def outcome_class(outcome: Outcome) -> str:
    """The class of an outcome: good, near, bad, or open."""
    return _CLASS.get(outcome, "open")


def shown_deliveries(helped: Sequence[Helped]) -> tuple[ShownDelivery, ...]:
    """The deliveries for the macro `delivery` of effect_parts.html."""
    return tuple(
        ShownDelivery(
            own.outcome,
            outcome_class(own.outcome),
            tuple(capital(name) for name, _ in own.names),
            tuple(dict.fromkeys(day(on) for _, on in own.names)),
            tuple((_where(place), _together(place.changed)) for place in own.places),
            tuple(charts_of(own.places)),
        )
        for own in helped
    )


def _together(text: str) -> str:
    """The text with numbers and their units in one line."""
    return _UNIT.sub("\N{NO-BREAK SPACE}", text)


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
