"""The page of goals: one self-contained HTML file of objectives and their key results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from valuestream.goals import MeasuredObjective, MeasuredResult
from valuestream.model.shares import format_share
from valuestream.report import filters
from valuestream.report.fonts import font_faces
from valuestream.report.goal_charts import goal_chart
from valuestream.report.page import FONTS_PLACE, Made, colours, environment

TONES = {
    **dict.fromkeys(("reached", "kept", "on track"), "good"),
    **dict.fromkeys(("behind", "at risk"), "near"),
    **dict.fromkeys(("missed", "broken", "not measurable"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Card:
    """A key result as the page shows it: its facts in words, and its chart twice."""

    own: MeasuredResult
    cls: str
    facts: tuple[tuple[str, str], ...]
    charts: tuple[str, str] | None
    progress: float | None


@dataclass(frozen=True, slots=True)
class ShownObjective:
    """An objective as pages show it: with the class of its state, and a card a key result."""

    own: MeasuredObjective
    cls: str
    cards: tuple[Card, ...]


def shown_objectives(
    objectives: Sequence[MeasuredObjective], as_of: date
) -> tuple[ShownObjective, ...]:
    """The objectives for the macro `objective` of goal_parts.html."""
    return tuple(
        ShownObjective(
            own,
            TONES.get(own.state, "open"),
            tuple(_card(result, as_of) for result in own.results),
        )
        for own in objectives
    )


def render_goals(objectives: Sequence[MeasuredObjective], as_of: date, made: Made) -> str:
    """The page as HTML: nothing in it is asked of any other file or machine."""
    page = (
        environment()
        .get_template("goals.html")
        .render(
            objectives=shown_objectives(objectives, as_of),
            as_of=filters.day(as_of),
            made=made,
            colours=colours(),
        )
    )
    return page.replace(FONTS_PLACE, font_faces(page), 1)


def _card(own: MeasuredResult, as_of: date) -> Card:
    progress = own.judged.progress if own.judged else None
    return Card(
        own, TONES.get(own.state, "open"), tuple(_facts(own)), goal_chart(own, as_of), progress
    )


def _facts(own: MeasuredResult) -> list[tuple[str, str]]:
    aim, judged = own.aim, own.judged
    if aim is None or judged is None:
        return []
    limit = f"at {'least' if aim.rises else 'most'} " if aim.is_guardrail else ""
    by = f" by {filters.day(aim.by)}" if aim.by else ""
    facts = [("now", own.written(judged.value))]
    if judged.expected is not None:
        facts.append(("expected", own.written(judged.expected)))
    facts.append(("to keep" if aim.is_guardrail else "target", f"{limit}{own.written(aim.target)}"))
    if judged.chance is not None:
        what = "chance to hold" if aim.is_guardrail else "chance to arrive"
        facts.append((what + by, format_share(judged.chance)))
    elif by:
        facts.append(("day", by.removeprefix(" by ")))
    if aim.baseline is not None and not aim.is_guardrail:
        facts.append(("from", own.written(aim.baseline)))
    return [(name, filters.unbroken(value)) for name, value in facts]
